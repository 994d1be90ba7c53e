"""Late, left, excused and undone; the list of a workshop; what was noted of one person."""

from __future__ import annotations

import io
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from kwartaal.blueprints.attendance.forms import NoteForm
from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, MarkKind
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.people_list import EVERYBODY
from kwartaal.models.person import Role, RoleGrant
from tests.attendance_samples import Door, everybody_on
from tests.blueprints.test_attendance import counters, names, press
from tests.conftest import NOON
from tests.factories import START, a_person
from tests.html_tree import find
from tests.reading import table_rows

SESSION = {"name": "Tablet ingang"}


class OnTheDay(Door):
    """It is ten minutes before the start; who registers did so weeks ago."""

    def publish(self):
        super().publish()
        self.pass_to(-10)

    def pass_to(self, minutes):
        self.clock.moment = START + timedelta(minutes=minutes)

    def register(self, *args):
        now, self.clock.moment = self.clock.moment, NOON
        key = super().register(*args)
        self.clock.moment = now
        return key


@pytest.fixture
def door(app, save, clock):
    door = OnTheDay(app, save, clock)
    door.publish()
    return door


def stands(door, item=None):
    """By name: (arrived, late, left, excused) with minutes since the start of the meeting."""
    with door.app.app_context():
        meeting = db.session.get_one(Meeting, door.meeting.id)
        people = everybody_on(Attendance(meeting, EVERYBODY, item.id if item else None))
        return {
            one.name: (
                minutes(one.arrived_at),
                one.is_late,
                minutes(one.left_at),
                minutes(one.excused_at),
            )
            for one in people
        }


def minutes(moment):
    return None if moment is None else (moment - START) / timedelta(minutes=1)


def rows(door):
    with door.app.app_context():
        found = db.session.query(AttendanceMark).order_by(AttendanceMark.id)
        return [(row.said, row.item_id, row.device, row.marked_by_id) for row in found]


def note(browser, door, who, at="", **fields):
    """As somebody who just opened the page of the person."""
    page = browser.get(door.at(f"/{who}{at}")).text
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    filled = {"key": str(uuid.uuid4()), "said": "arrived", "seen": seen[1] if seen else ""}
    return browser.post(door.at(f"/{who}/noteren{at}"), data=filled | fields)


def test_list_of_a_part_that_is_not_there_takes_no_marks(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"), door.heat)
    door.mark(who, item=door.heat)
    gone = f"?onderdeel={uuid.uuid4()}"
    before = rows(door)

    answers = [press(organiser, door, who, "left", at=gone), note(organiser, door, who, gone)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert rows(door) == before


def test_list_of_no_part_is_that_of_the_whole_meeting(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"))
    press(organiser, door, who, at="?onderdeel=")

    assert [row[:2] for row in rows(door)] == [("arrived", None)]


def in_list_of(item):
    return f"?onderdeel={item.public_id}"


@pytest.mark.on_both
def test_figures_of_a_workshop_count_its_own_list_where_there_is_one(door, organiser):
    there = door.register(door.somebody("Is", "Daar"), door.heat)
    inside = door.register(door.somebody("Is", "Binnen"), door.heat, door.money)
    beside = [door.register(door.somebody("Komt", name)) for name in ("Zomaar", "Ook")]
    press(organiser, door, inside)
    for who in (there, *beside):
        note(organiser, door, who, at=in_list_of(door.heat))

    rows = table_rows(organiser.get(door.at("/cijfers")).text)

    numbers = {row[0]: (row[1], row[4], row[5]) for row in rows}
    assert numbers["1B Warmte"] == ("2", "3", "eigen lijst")
    assert numbers["2A Geld"] == ("1", "1", "lijst van de bijeenkomst")


@pytest.mark.on_both
def test_who_comes_after_the_first_part_began_is_late(door, organiser, browser_of):
    early = door.register(door.somebody("Op", "Tijd"))
    late = door.register(door.somebody("Te", "Laat"))
    press(organiser, door, early)
    door.pass_to(66)  # the first round begins after an hour, before it is lunch
    organiser = browser_of(door.organiser)
    press(organiser, door, late)

    assert stands(door) == {
        "Te Laat": (66, True, None, None),
        "Op Tijd": (-10, False, None, None),
    }
    assert names(organiser.get(door.at("?stand=laat"))) == ["Laat, Te"]


@pytest.mark.on_both
def test_who_left_has_been_there(door, organiser, browser_of):
    who = door.register(door.somebody("Anna", "Jansen"))
    press(organiser, door, who)
    door.pass_to(110)
    organiser = browser_of(door.organiser)
    press(organiser, door, who, "left")

    page = organiser.get(door.at())

    assert stands(door) == {"Anna Jansen": (-10, False, 110, None)}
    assert counters(page)["Binnen, van de 1"] == "0"
    assert ">Weg, 13.50\N{NO-BREAK SPACE}uur<" in page.text
    assert names(organiser.get(door.at("?stand=weg"))) == ["Jansen, Anna"]


@pytest.mark.on_both
def test_who_phones_is_excused_and_may_come_after_all(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"))
    note(organiser, door, who, said="excused")
    excused = stands(door)
    page = organiser.get(door.at("?stand=afgemeld"))
    door.pass_to(-1)
    press(organiser, door, who)

    assert excused == {"Anna Jansen": (None, False, None, -10)}
    assert (names(page), counters(page)["Afgemeld"]) == (["Jansen, Anna"], "1")
    assert stands(door) == {"Anna Jansen": (-1, False, None, None)}


@pytest.mark.on_both
def test_who_withdrew_is_found_among_the_excused_and_let_in(door, organiser):
    person = door.somebody("Wim", "Weg")
    door.register(person, door.heat)
    door.withdraw(person)

    excused, listed, found = (
        names(organiser.get(door.at(path))) for path in ("?stand=afgemeld", "", "?zoek=weg")
    )
    who = door.registration_of(person).public_id
    data = {"key": str(uuid.uuid4()), "said": "arrived", "after_all": "1"}
    organiser.post(door.at(f"/{who}"), data=data)

    assert (excused, listed, found) == (["Weg, Wim"], [], ["Weg, Wim"])
    assert stands(door) == {"Wim Weg": (-10, False, None, None)}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("left", "Anna Jansen is nog niet binnen. Noteer dat eerst."), ("undone", "Anna Jansen")],
    ids=["left", "undone"],
)
def test_what_cannot_be_said_yet_changes_nothing(door, organiser, said, sentence):
    who = door.register(door.somebody("Anna", "Jansen"))

    answer = press(organiser, door, who, said, follow_redirects=True)

    assert rows(door) == []
    assert sentence in answer.text


def test_undo_of_an_older_screen_says_what_happened(door, organiser, browser_of):
    who = door.register(door.somebody("Anna", "Jansen"))
    press(organiser, door, who)
    page = organiser.get(door.at()).text
    seen = next(one[1]["value"] for one in find(page, "input") if one[1].get("name") == "seen")
    press(browser_of(door.griffie), door, who, "left")
    data = {"key": str(uuid.uuid4()), "said": "undone", "seen": seen}

    answer = organiser.post(door.at(f"/{who}"), data=data, follow_redirects=True)

    assert "Iemand anders noteerde net iets over Anna Jansen." in answer.text
    assert stands(door) == {"Anna Jansen": (-10, False, -10, None)}


@pytest.mark.on_both
def test_what_a_colleague_noted_is_not_noted_again_and_so_not_undone(door, organiser, browser_of):
    who = door.register(door.somebody("Anna", "Jansen"))
    press(browser_of(door.griffie), door, who)

    answer = press(organiser, door, who, follow_redirects=True)

    assert [row[0::3] for row in rows(door)] == [(MarkKind.ARRIVED, door.griffie.id)]
    sentence = f"Anna Jansen staat er al zo: {door.griffie.full_name} noteerde dit om 11.50 uur."
    assert sentence in answer.text
    assert 'id="laatst"' not in answer.text


def test_who_is_in_the_workshop_and_left_the_meeting_is_back_in_both(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"), door.heat)
    at = in_list_of(door.heat)
    press(organiser, door, who, at=at)
    press(organiser, door, who, "left")
    press(organiser, door, who, at=at)

    assert stands(door) == stands(door, door.heat) == {"Anna Jansen": (-10, False, None, None)}


@pytest.mark.parametrize(("late", "offered"), [(False, 0), (True, 1)])
def test_on_time_is_offered_to_who_is_late(door, organiser, late, offered):
    who = door.register(door.somebody("Anna", "Jansen"))
    door.mark(who, MarkKind.LATE if late else MarkKind.ARRIVED)

    assert organiser.get(door.at(f"/{who}")).text.count("Was op tijd") == offered


def test_file_for_the_newest_mark_is_as_nothing_seen(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"))

    data = {"key": str(uuid.uuid4()), "said": "arrived", "seen": (io.BytesIO(b"x"), "seen")}
    answer = organiser.post(door.at(f"/{who}"), data=data)

    assert answer.status_code == 303
    assert len(rows(door)) == 1


@pytest.mark.on_both
def test_key_of_another_mark_is_refused_with_a_sentence(door, organiser):
    first, second = (door.register(door.somebody("Anna", f"Jansen{n}")) for n in range(2))
    key = uuid.uuid4()
    press(organiser, door, first, key=key)

    answer = press(organiser, door, second, key=key, follow_redirects=True)

    assert len(rows(door)) == 1
    assert "Iemand anders heeft hier net iets veranderd." in answer.text


def test_each_screen_shows_what_the_other_did_after_its_next_action(door, browser_of):
    first = door.register(door.somebody("Anna", "Aalbers"))
    second = door.register(door.somebody("Bram", "Bakker"))
    here, there = browser_of(door.organiser), browser_of(door.griffie)
    press(there, door, first)

    answer = press(here, door, second, follow_redirects=True)

    assert counters(answer)["Binnen, van de 2"] == "2"


def test_mark_says_on_which_device(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"))
    named = organiser.post(door.at("/apparaat"), data=SESSION, follow_redirects=True)
    press(organiser, door, who)

    assert "Dit apparaat: Tablet ingang" in named.text
    assert rows(door) == [(MarkKind.ARRIVED, None, "Tablet ingang", door.organiser.id)]


def test_name_of_a_device_is_short(door, organiser):
    answer = organiser.post(door.at("/apparaat"), data={"name": "x" * 41}, follow_redirects=True)

    assert "Gebruik niet meer dan 40 tekens." in answer.text


def test_workshop_has_a_list_of_its_own(door, organiser):
    chose = door.register(door.somebody("Anna", "Jansen"), door.heat)
    door.register(door.somebody("Bram", "Bakker"), door.dikes)
    door.speaks(door.heat, "Naam Alleen")
    at = in_list_of(door.heat)
    press(organiser, door, chose, at=at)
    door.mark(chose, MarkKind.LEFT)

    page = organiser.get(door.at(at))

    assert names(page) == ["Jansen, Anna", "Naam Alleen"]
    assert stands(door, door.heat)["Anna Jansen"] == (-10, False, None, None)
    assert stands(door)["Anna Jansen"] == (-10, False, -10, None)


def test_who_comes_into_a_workshop_is_at_the_meeting_and_both_are_undone_together(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"), door.heat)
    press(organiser, door, who, at=in_list_of(door.heat))
    both = stands(door), stands(door, door.heat)
    press(organiser, door, who, "undone", at=in_list_of(door.heat))

    assert both == ({"Anna Jansen": (-10, False, None, None)},) * 2
    assert stands(door) == stands(door, door.heat) == {"Anna Jansen": (None, False, None, None)}
    assert [said for said, *_ in rows(door)] == [MarkKind.ARRIVED] * 2 + [MarkKind.UNDONE] * 2


@pytest.mark.on_both
def test_who_goes_to_another_workshop_is_found_and_marked_there(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"), door.dikes)
    at = in_list_of(door.heat)

    offered = organiser.get(door.at(f"{at}&zoek=jansen")).text
    press(organiser, door, who, at=at)

    assert "Wel op de bijeenkomst, niet op deze lijst" in offered
    assert names(organiser.get(door.at(f"{at}&stand=inloop"))) == ["Jansen, Anna"]


@pytest.mark.on_both
def test_known_visitor_is_on_the_list_in_one_press(door, organiser):
    person = door.somebody("Inge", "Loop")
    page = organiser.get(door.at("?zoek=loop")).text
    action = next(
        form[1]["action"] for form in find(page, "form") if "inloop" in form[1].get("action", "")
    )

    organiser.post(action, data={"key": str(uuid.uuid4())})

    assert "Bekend, niet aangemeld" in page
    assert stands(door) == {person.full_name: (-10, False, None, None)}


def test_time_of_the_day_is_noted_afterwards(door, browser_of):
    who = door.register(door.somebody("Anna", "Jansen"))
    door.pass_to(480)
    organiser = browser_of(door.organiser)
    for said, moment in (("arrived", "12.01"), ("late", ""), ("left", "16:30")):
        assert note(organiser, door, who, said=said, moment=moment).status_code == 303

    assert stands(door) == {"Anna Jansen": (1, True, 270, None)}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"said": ""}, "Kies wat u wilt noteren."),
        ({"said": "onzin"}, "Deze keuze bestaat niet. Kies uit de lijst."),
        ({"moment": "25:00"}, "Deze tijd bestaat niet."),
        ({"moment": "23:59"}, "Deze tijd is nog niet geweest."),
        ({"moment": "10:59"}, "Vul een tijd in van 11.00 tot "),
        ({"moment": ""}, "Anna Jansen staat er al zo: "),
        ({"said": "left", "moment": "11:00"}, "Anna Jansen kwam pas later binnen."),
    ],
    ids=["nothing", "unknown", "no time", "later", "outside", "again", "before"],
)
def test_wrong_note_says_why_and_stores_nothing(door, organiser, fields, sentence):
    who = door.register(door.somebody("Anna", "Jansen"))
    press(organiser, door, who)

    answer = note(organiser, door, who, **fields)

    assert (answer.status_code, len(rows(door))) == (422, 1)
    assert sentence in answer.text
    assert f'value="{fields.get("moment", "")}"' in answer.text


@pytest.mark.parametrize(
    ("moment", "happened_at", "errors"),
    [
        (
            "02:30",
            None,
            [
                "Deze tijd bestaat niet: op zondag 28 maart 2027 gaat de klok van 2.00 naar "
                "3.00 uur."
            ],
        ),
        ("03:00", datetime(2027, 3, 28, 1, tzinfo=UTC), []),
    ],
)
def test_a_time_that_the_clock_skips_that_day_is_none(app, moment, happened_at, errors):
    sent = {"key": str(uuid.uuid4()), "said": "arrived", "moment": moment}
    with app.test_request_context(method="POST", data=sent):
        form = NoteForm(date(2027, 3, 28))
        form.validate()

        assert (form.happened_at, list(form.moment.errors)) == (happened_at, errors)


@pytest.mark.on_both
def test_history_says_who_noted_what_when_where_and_what_was_undone(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"), door.heat)
    organiser.post(door.at("/apparaat"), data=SESSION)
    press(organiser, door, who, at=in_list_of(door.heat))
    press(organiser, door, who, "undone")

    table = organiser.get(door.at(f"/{who}")).text.split('id="history"')[1]
    cells = cells_of(table)

    assert "<s" in table and "(ongedaan gemaakt)" in table
    assert cells[1::5] == ["Hele bijeenkomst", "Hele bijeenkomst", "1B Warmte"]
    assert cells[3::5] == [door.organiser.full_name] * 3
    assert cells[4::5] == ["Tablet ingang"] * 3


def cells_of(html):
    """The text of every cell but the first of each row."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in cells]


@pytest.mark.on_both
def test_narrowed_to_an_organisation_with_subtotals(door, organiser):
    press(organiser, door, door.register(door.somebody("Anna", "Jansen")))
    door.register(door.somebody("Bram", "Bakker", door.other_town))

    page = organiser.get(door.at("?organisatie=Papendrecht"))
    sums = page.text.split("Per organisatie")[1].split("</table>")[0]

    assert names(page) == ["Bakker, Bram"]
    assert cells_of(sums) == [*"10000", *"01000"]


def test_announced_meeting_takes_marks_and_a_cancelled_one_says_why_not(
    app, save, clock, browser_of
):
    door = Door(app, save, clock, state=MeetingState.ANNOUNCED)
    organiser = browser_of(door.organiser)
    who = door.speaks(door.heat, "Naam Alleen")
    press(organiser, door, who)
    with app.app_context():
        db.session.merge(door.meeting).state = MeetingState.CANCELLED
        db.session.commit()

    answer = press(organiser, door, who, "left", follow_redirects=True)

    assert len(rows(door)) == 1
    assert "De bijeenkomst is geannuleerd. Wijzigen kan niet meer." in answer.text
    assert "U kunt niets meer noteren." in answer.text


@pytest.mark.on_both
def test_list_of_a_cancelled_workshop_is_read_and_takes_no_marks(door, organiser):
    who = door.register(door.somebody("Anna", "Jansen"), door.dikes)
    at = in_list_of(door.heat)
    press(organiser, door, who, at=at)
    noted = rows(door)
    door.cancel(door.heat)

    page = organiser.get(door.at(at))
    answers = [
        press(organiser, door, who, "left", at=at, follow_redirects=True),
        note(organiser, door, who, at),
    ]

    assert "1B Warmte (gaat niet door)" in page.text
    assert f"/{who}?" not in page.text
    assert names(page) == ["Jansen, Anna"]
    closed = "Dit onderdeel gaat niet door. Er is niets meer te noteren."
    assert [closed in one.text for one in (page, *answers)] == [True] * 3
    assert rows(door) == noted


@pytest.mark.on_both
def test_database_keeps_a_mark_as_it_was(door):
    door.mark(door.register(door.somebody("Anna", "Jansen")))

    with door.app.app_context(), pytest.raises(sa.exc.DatabaseError, match="never changed"):
        db.session.execute(sa.text("UPDATE attendance_mark SET device = 'x'"))


@pytest.mark.on_both
def test_griffier_reads_no_history_and_notes_nothing(door, save, browser_of):
    person = a_person("Gerda", "Griffier")
    person.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.town.id))
    save(person)
    griffier, who = browser_of(person), door.register(door.somebody("Anna", "Jansen"))

    answers = [griffier.get(door.at(f"/{who}")), note(griffier, door, who)]
    answers.append(griffier.post(door.at("/apparaat"), data=SESSION))

    assert [answer.status_code for answer in answers] == [404] * 3
