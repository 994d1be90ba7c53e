"""The attendance list at the desk: who sees whom, finding people, and marking who is there."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, MarkKind
from kwartaal.models.body import Body, Membership
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import OrganisationKind
from kwartaal.models.person import Role, RoleGrant
from tests.attendance_samples import Door
from tests.factories import a_meeting, a_person, an_organisation, staff
from tests.html_tree import find
from tests.reading import table_rows

FRAGMENT = {"X-Kwartaal-Fragment": "attendance-results"}
NAMES = re.compile(r'id="row-[^>]+>\s*<th[^>]+><span class="kw-table__name">(?:<a[^>]*>)?([^<]+)')
COUNTERS = re.compile(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>")


@pytest.fixture
def griffier(door, save, browser_of):
    """The griffier of Zwijndrecht."""
    person = a_person("Gerda", "Griffier")
    person.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.town.id))
    save(person)
    return browser_of(person)


def names(answer):
    assert answer.status_code == 200
    return NAMES.findall(answer.text)


def counters(answer):
    return {label: number for label, number in COUNTERS.findall(answer.text)}


def marks(door):
    with door.app.app_context():
        rows = db.session.query(AttendanceMark).order_by(AttendanceMark.id)
        return [(row.said, row.marked_by_id, row.at) for row in rows]


def press(browser, door, who, said="arrived", key=None, at="", **options):
    data = {"key": str(key or uuid.uuid4()), "said": said}
    return browser.post(door.at(f"/{who}{at}"), data=data, **options)


def test_list_has_placed_waiting_and_walk_ins_by_last_name(door, organiser):
    door.register(door.somebody("Zoë", "Zeeman"), door.dikes)
    door.register(door.somebody("Bram", "Aalbers"), door.dikes)
    door.let_in(door.somebody("Inge", "Loop", email=None))
    gone = door.somebody("Wim", "Weg")
    door.register(gone)
    door.withdraw(gone)

    assert names(organiser.get(door.at())) == ["Aalbers, Bram", "Loop, Inge", "Zeeman, Zoë"]


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        ("stand=zzz", "Stand"),
        ("onderdeel=zzz", "Lijst"),
        ("organisatie=zzz&doelgroep=zzz", "Organisatie, Groep"),
        (f"zoek={'a' * 3000}", "Zoek op naam of organisatie"),
        ("stand=binnen&zoek=jan", None),
    ],
    ids=["stand", "part", "two", "long", "known"],
)
def test_what_cannot_be_asked_for_is_named_above_the_list(door, organiser, asked, left_out):
    page = organiser.get(door.at(f"?{asked}")).text

    said = re.search(r"Dit filter kan niet en is weggelaten: ([^.]+)\.", page)
    assert (said and said[1]) == left_out


@pytest.mark.parametrize(
    ("asked", "places"), [("", ["/inloop"]), ("?zoek=ja", ["/inloop?zoek=ja"] * 2)]
)
def test_walk_in_is_beside_the_search_and_behind_what_was_found(door, organiser, asked, places):
    links = re.findall(r'href="([^"]*/inloop[^"]*)"', organiser.get(door.at(asked)).text)

    assert links == [door.at(place) for place in places]


def test_speakers_have_a_section_of_their_own(door, organiser):
    door.register(door.somebody("Anna", "Jansen"))
    door.speaks(door.heat, "Naam Alleen")

    page = organiser.get(door.at()).text

    speakers = page.split('id="speakers-heading"')[1]
    assert NAMES.findall(speakers) == ["Naam Alleen"]


def test_registered_speaker_stands_in_the_list_alone(door, organiser):
    person = door.somebody("Sanne", "Spreker")
    door.register(person)
    door.speaks(door.heat, person=person)

    page = organiser.get(door.at())

    assert names(page) == ["Spreker, Sanne"]
    assert "Zwijndrecht, raadslid, spreker" in page.text


def test_row_says_where_from_and_which_workshops(door, organiser):
    door.register(door.somebody("Eerst", "Jansen"), door.dikes)
    door.register(door.somebody("Wacht", "Pieters"), door.dikes, door.money)

    page = organiser.get(door.at()).text

    assert "1A (wachtlijst 1) / 2A" in page
    assert "Zwijndrecht, raadslid" in page


def test_walk_in_is_marked_as_such(door, organiser):
    door.let_in(door.somebody("Inge", "Loop", email=None))

    assert ">Inloop</span>" in organiser.get(door.at()).text


def test_counters_count(door, organiser):
    came = door.register(door.somebody("Is", "Er"), door.dikes, door.lunch)
    door.register(door.somebody("Komt", "Nog"), door.dikes, door.lunch)
    gone = door.somebody("Wim", "Weg")
    door.register(gone, door.lunch)
    door.withdraw(gone)
    door.let_in(door.somebody("Inge", "Loop", email=None))
    door.speaks(door.heat, "Naam Alleen")
    door.mark(came)

    assert counters(organiser.get(door.at())) == {
        "Binnen, van de 4, met 1 spreker": "2",
        "Nog verwacht": "2",
        "Op een wachtlijst": "1",
        "Inloop": "1",
        "Lunch": "2",
        "Afgemeld": "1",
    }


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"zoek": "cel"}, ["Çelik, Zoë van der"]),
        ({"zoek": "papendrecht"}, ["Aalbers, Bram"]),
        ({"zoek": "zoë zwijndrecht"}, ["Çelik, Zoë van der"]),
        ({"zoek": "100%"}, []),
        ({"stand": "binnen"}, ["Çelik, Zoë van der"]),
        ({"stand": "verwacht"}, ["Aalbers, Bram"]),
        ({"stand": "wachtlijst"}, ["Aalbers, Bram"]),
        ({"stand": "inloop"}, []),
        ({"doelgroep": "raad"}, ["Aalbers, Bram", "Çelik, Zoë van der"]),
        ({"doelgroep": "bedrijf"}, []),
        ({"doelgroep": "onzin", "stand": "onzin"}, ["Aalbers, Bram", "Çelik, Zoë van der"]),
    ],
)
def test_list_is_narrowed(door, organiser, narrowed, found):
    zoe = door.somebody("Zoë", "Çelik", prefix="van der")
    door.mark(door.register(zoe, door.dikes))
    door.register(door.somebody("Bram", "Aalbers", door.other_town), door.dikes)

    assert names(organiser.get(door.at(), query_string=narrowed)) == found


def test_list_is_narrowed_to_a_workshop(door, organiser):
    door.register(door.somebody("Zoë", "Zeeman"), door.heat)
    door.register(door.somebody("Bram", "Aalbers"), door.dikes)

    found = organiser.get(door.at(), query_string={"onderdeel": str(door.heat.public_id)})

    assert names(found) == ["Zeeman, Zoë"]


@pytest.mark.on_both
def test_slash_leads_to_the_list(door, organiser):
    answer = organiser.get(door.at("/?zoek=a&slug=b"))

    assert (answer.status_code, answer.location) == (308, door.at("?zoek=a"))


def test_mark_is_appended_with_time_and_by_whom(door, organiser, clock):
    who = door.register(door.somebody("Anna", "Jansen"))

    answer = press(organiser, door, who)

    assert (answer.status_code, answer.location) == (303, door.at(f"?laatst={who}#laatst"))
    assert marks(door) == [(MarkKind.ARRIVED, door.organiser.id, clock.moment)]


def test_undoing_appends_a_mark(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"))
    press(organiser, door, who)
    press(organiser, door, who, "undone")

    assert [said for said, *_ in marks(door)] == [MarkKind.ARRIVED, MarkKind.UNDONE]
    assert "Verwacht" in organiser.get(door.at()).text


def test_row_says_since_when(door, browser_of, clock):
    who = door.register(door.somebody("Anna", "Jansen"))
    clock.moment = door.meeting.starts_at
    clock.pass_(minutes=14)
    organiser = browser_of(door.organiser)
    press(organiser, door, who)

    assert "Binnen, 12.14\N{NO-BREAK SPACE}uur" in organiser.get(door.at()).text


def test_same_form_twice_is_one_mark(door, organiser):
    who, key = door.register(door.somebody("Anna", "Jansen")), uuid.uuid4()
    answers = [press(organiser, door, who, key=key).status_code for _ in range(2)]

    assert (answers, len(marks(door))) == ([303, 303], 1)


@pytest.mark.on_both
def test_mark_keeps_what_the_list_was_narrowed_to(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"))

    answer = press(organiser, door, who, at="?zoek=jans&pagina=2")

    assert answer.location == door.at(f"?zoek=jans&pagina=2&laatst={who}#laatst")


def test_script_gets_the_list_and_the_counters(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"))

    answer = press(organiser, door, who, headers=FRAGMENT, follow_redirects=True)

    assert answer.status_code == 200
    assert "<h1" not in answer.text
    assert names(answer) == ["Jansen, Anna"]
    assert 'data-announce="Anna Jansen is binnen. 1 van de 1 mensen is binnen."' in answer.text
    assert 'id="attendance-counters" data-swap-too' in answer.text


@pytest.mark.on_both
def test_speaker_is_marked(door, organiser):
    who = door.speaks(door.heat, "Naam Alleen")
    door.speaks(door.money, "Naam Alleen")
    press(organiser, door, who)

    page = organiser.get(door.at())

    assert counters(page)["Binnen, van de 1, met 1 spreker"] == "1"
    assert names(page) == ["Naam Alleen"]


def test_speaker_who_registers_later_stays_present(door, organiser):
    person = door.somebody("Sanne", "Spreker")
    press(organiser, door, door.speaks(door.heat, person=person))
    door.register(person)

    assert counters(organiser.get(door.at()))["Binnen, van de 1"] == "1"


@pytest.mark.on_both
def test_who_withdrew_meanwhile_is_not_marked(door, organiser):
    person = door.somebody("Wim", "Weg")
    who = door.register(person)
    door.withdraw(person)

    in_background = press(organiser, door, who, headers=FRAGMENT)
    answer = press(organiser, door, who, follow_redirects=True)

    assert (in_background.status_code, marks(door)) == (409, [])
    assert "Wim Weg heeft zich net afgemeld." in answer.text


@pytest.mark.on_both
@pytest.mark.parametrize("said", ["", "1", "ja"])
def test_mark_says_something_we_know(door, organiser, said):
    who = door.register(door.somebody("Anna", "Jansen"))

    assert press(organiser, door, who, said).status_code == 400
    assert marks(door) == []


def test_unknown_person_is_not_found(door, organiser):
    assert press(organiser, door, uuid.uuid4()).status_code == 404


def test_registration_for_another_meeting_is_not_found(door, organiser, save):
    other = a_meeting()
    save(other)
    who = door.register(door.somebody("Anna", "Jansen"))
    elsewhere = f"/beheer/bijeenkomsten/{other.slug}/aanwezigheid/{who}"

    assert organiser.post(elsewhere, data={"said": "arrived"}).status_code == 404
    assert marks(door) == []


@pytest.mark.on_both
def test_cancelled_meeting_takes_no_marks(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"))
    with door.app.app_context():
        db.session.merge(door.meeting).state = MeetingState.CANCELLED
        db.session.commit()

    press(organiser, door, who)
    page = organiser.get(door.at()).text

    assert marks(door) == []
    assert "Is binnen" not in page


def test_concept_has_no_list_yet(app, save, clock, browser_of):
    door = Door(app, save, clock, state=MeetingState.CONCEPT)
    organiser = browser_of(door.organiser)
    speaker = door.speaks(door.heat, "Naam Alleen")

    page = organiser.get(door.at()).text
    overview = organiser.get(f"/beheer/bijeenkomsten/{door.meeting.slug}/").text

    assert "nog een concept" in page
    assert door.at() not in overview
    press(organiser, door, speaker)
    assert marks(door) == []


def test_tab_and_desk_lead_to_the_list(door, organiser):
    assert door.at() in organiser.get(f"/beheer/bijeenkomsten/{door.meeting.slug}/").text
    assert door.at() in organiser.get("/beheer/aanwezigheid/").text
    assert "/beheer/aanwezigheid/" in organiser.get("/beheer/").text


def test_every_button_has_its_own_key(door, organiser):
    for number in range(2):
        door.register(door.somebody("Anna", f"Jansen{number}"))

    inputs = [node[1] for node in find(organiser.get(door.at()).text, "input")]
    keys = [one["value"] for one in inputs if one.get("name") == "key"]

    assert len(set(keys)) == 2


@pytest.mark.parametrize("path", ["", "/cijfers", ".csv", ".xlsx"])
def test_griffier_reads_own_municipality_only(door, griffier, path):
    door.register(door.somebody("Eigen", "Zwijndrechter"))
    door.register(door.somebody("Ander", "Papendrechter", door.other_town))
    door.let_in(door.somebody("Inge", "Papendrechter", email=None))

    answer = griffier.get(door.at(path))

    assert answer.status_code == 200
    if path != ".xlsx":
        assert "Papendrechter" not in answer.text
        assert ">Papendrecht<" not in answer.text


def test_griffier_sees_own_people_and_speakers(door, griffier):
    door.register(door.somebody("Eigen", "Zwijndrechter"), door.lunch)
    door.register(door.somebody("Ander", "Papendrechter", door.other_town), door.lunch)
    door.speaks(door.heat, person=door.somebody("Spreekt", "Zwijndrechter"))
    door.speaks(door.heat, person=door.somebody("Spreekt", "Papendrechter", door.other_town))
    door.speaks(door.heat, "Naam Alleen")

    page = griffier.get(door.at())

    assert names(page) == ["Zwijndrechter, Eigen", "Zwijndrechter, Spreekt"]
    assert counters(page)["Lunch"] == "1"
    assert "U ziet wie er komt namens Zwijndrecht." in page.text


@pytest.mark.on_both
def test_griffier_marks_nobody(door, griffier):
    who = door.register(door.somebody("Eigen", "Zwijndrechter"))

    assert "Is binnen" not in griffier.get(door.at()).text
    assert press(griffier, door, who).status_code == 404
    assert griffier.get(door.at("/inloop")).status_code == 404
    assert griffier.get(door.waiting_list()).status_code == 404


@pytest.mark.on_both
def test_griffier_reads_the_published_title(door, griffier):
    with door.app.app_context():
        db.session.merge(door.meeting).title = "Nog geheim"
        db.session.commit()

    assert "Nog geheim" not in griffier.get(door.at()).text
    assert "Nog geheim" not in griffier.get("/beheer/aanwezigheid/").text


def test_griffier_does_not_find_a_concept(app, save, clock, browser_of):
    door = Door(app, save, clock, state=MeetingState.CONCEPT)
    person = a_person("Gerda", "Griffier")
    person.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.town.id))
    save(person)

    assert browser_of(person).get(door.at()).status_code == 404


@pytest.mark.parametrize("path", ["", "/", "/inloop", "/cijfers", ".csv", ".xlsx"])
@pytest.mark.parametrize("openness", [Openness.BESLOTEN, Openness.DATUM])
def test_closed_meeting_is_for_members(door, organiser, openness, path):
    body = Body(slug="gremium", name="Gremium")
    with door.app.app_context():
        meeting = db.session.merge(door.meeting)
        meeting.openness = openness
        meeting.series.body = body
        db.session.commit()

    assert organiser.get(door.at(path)).status_code == 404
    assert door.at() not in organiser.get("/beheer/aanwezigheid/").text


@pytest.mark.on_both
def test_member_who_plans_sees_a_closed_meeting(door, organiser):
    with door.app.app_context():
        meeting = db.session.merge(door.meeting)
        meeting.openness = Openness.BESLOTEN
        meeting.series.body = Body(slug="gremium", name="Gremium")
        member = Membership(person_id=door.organiser.id, body=meeting.series.body)
        member.starts_on = door.clock().date()
        db.session.add(member)
        db.session.commit()

    assert organiser.get(door.at()).status_code == 200


def test_administrator_has_no_lists(door, save, browser_of):
    person = staff(Role.BEHEERDER)
    save(person)

    assert browser_of(person).get(door.at()).status_code == 404


@pytest.mark.on_both
@pytest.mark.parametrize("path", ["", "/cijfers", "/inloop?zoek=jansen"])
def test_number_of_queries_does_not_grow(door, organiser, count_queries, path):
    def fill(numbers):
        for number in numbers:
            person = door.somebody("Anna", f"Jansen{number}")
            door.register(person, door.dikes, door.money, door.lunch)

    fill(range(3))
    few = count_queries(lambda: organiser.get(door.at(path)))
    fill(range(3, 60))
    many = count_queries(lambda: organiser.get(door.at(path)))

    assert few == many


def test_long_list_has_pages(door, organiser):
    for number in range(52):
        door.register(door.somebody("Anna", f"Jansen{number:02}"))

    pages = [names(organiser.get(door.at(f"?pagina={number}"))) for number in (1, 2, 99, -1)]

    assert [len(page) for page in pages] == [50, 2, 2, 50]
    assert "1 tot en met 50 van 52 mensen" in organiser.get(door.at()).text


def test_figures_per_group_municipality_and_workshop(door, organiser):
    door.mark(door.register(door.somebody("Is", "Er"), door.dikes))
    door.register(door.somebody("Wacht", "Nog"), door.dikes)
    door.let_in(door.somebody("Inge", "Loop", email=None), door.other_town)

    rows = table_rows(organiser.get(door.at("/cijfers")).text)

    people = ["Uitgenodigd", "Aangemeld", "Wacht op de bijeenkomst", "Inloop", "Binnen"]
    assert [row[:6] for row in rows[:7]] == [
        ["Groep", *people],
        ["raadsleden", "– niet bekend", "2", "0", "1", "2"],
        ["Samen", "– niet bekend", "2", "0", "1", "2"],
        ["Gemeente", *people],
        ["Papendrecht", "– niet bekend", "0", "0", "1", "1"],
        ["Zwijndrecht", "– niet bekend", "2", "0", "0", "1"],
        ["Samen", "– niet bekend", "2", "0", "1", "2"],
    ]
    whole = "lijst van de bijeenkomst"
    assert [row[:6] for row in rows[7:]] == [
        ["Onderdeel", "Aangemeld", "Maximum", "Op de wachtlijst", "Binnen", "Geteld in"],
        ["Lunch", "0", "geen", "0", "0", whole],
        ["1A Dijken", "1", "1", "1", "1", whole],
        ["1B Warmte", "0", "20", "0", "0", whole],
        ["2A Geld", "0", "20", "0", "0", whole],
    ]


def test_figures_of_who_comes_for_another_organisation(door, save, organiser):
    company = an_organisation("Scheepswerf", OrganisationKind.COMPANY)
    save(company)
    door.let_in(door.somebody("Inge", "Loop", email=None), company)

    rows = table_rows(organiser.get(door.at("/cijfers")).text)

    assert ["Scheepswerf", "– niet bekend", "0", "0", "1", "1"] in [row[:6] for row in rows]


def test_who_had_a_place_and_was_not_seen_is_absent_once_it_is_over(door, clock, browser_of):
    door.mark(door.register(door.somebody("Is", "Er"), door.heat))
    door.register(door.somebody("Komt", "Niet"), door.heat)
    early = table_rows(browser_of(door.organiser).get(door.at("/cijfers")).text)
    clock.moment = door.meeting.ends_at

    late = table_rows(browser_of(door.organiser).get(door.at("/cijfers")).text)

    assert "Niet gekomen" not in early[0]
    absent = {row[0]: row[-2] for row in late}
    assert (absent["raadsleden"], absent["1B Warmte"], absent["Lunch"]) == ("1", "1", "0")


def test_bars_are_drawn_from_the_numbers(door, organiser):
    door.mark(door.register(door.somebody("Is", "Er"), door.heat))
    door.register(door.somebody("Komt", "Nog"), door.heat)

    bars = [bar for bar in find(organiser.get(door.at("/cijfers")).text, "svg") if "role" in bar[1]]
    of_workshop = next(bar for bar in bars if bar[2][0][1]["width"] == "10.0")

    assert of_workshop[1]["aria-label"] == "1 binnen van 2 aangemeld"
    assert [rect[1]["width"] for rect in of_workshop[2]] == ["10.0", "5.0"]


@pytest.mark.on_both
def test_two_doors_at_once_mark_everybody_once(door, browser_of):
    """Real requests on real connections: of what both say alike one mark is there afterwards."""
    people = [door.register(door.somebody("Anna", f"Jansen{number}")) for number in range(20)]
    doors = [browser_of(door.organiser), browser_of(door.griffie)]
    start = Barrier(len(doors))

    def tick(browser):
        start.wait()
        return [press(browser, door, who).status_code for who in people]

    with ThreadPoolExecutor(len(doors)) as pool:
        answers = [status for found in pool.map(tick, doors) for status in found]

    assert answers == [303] * 40
    assert len(marks(door)) == 20
    page = browser_of(door.organiser).get(door.at())
    assert counters(page)["Binnen, van de 20"] == "20"


@pytest.mark.on_both
def test_same_form_at_once_is_one_mark(door, browser_of):
    who, key = door.register(door.somebody("Anna", "Jansen")), uuid.uuid4()
    browsers = [browser_of(door.organiser) for _ in range(4)]
    start = Barrier(len(browsers))

    def tick(browser):
        start.wait()
        return press(browser, door, who, key=key).status_code

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(tick, browsers))

    assert (answers, len(marks(door))) == ([303] * 4, 1)


def test_numbers_of_meals_stand_in_one_line_for_a_phone(door, organiser):
    door.register(door.somebody("Anna", "Jansen"), door.lunch)

    assert '<p class="kw-door__meals">Lunch: 1.</p>' in organiser.get(door.at()).text
