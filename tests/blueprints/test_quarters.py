"""Turnout over the quarters at the desk, and how many were told that they could register."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kwartaal.db import db
from kwartaal.domain import invitations
from kwartaal.models.attendance import MarkKind
from kwartaal.models.body import Body
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.person import Person, Role, RoleGrant
from kwartaal.models.turnout import Quarter
from tests.attendance_samples import Door
from tests.factories import a_meeting, a_person, an_office, an_office_kind, an_organisation, staff
from tests.html_tree import find
from tests.publishing import store
from tests.reading import table_rows

PAGE = "/beheer/aanwezigheid/cijfers"
OTHER_QUARTER = datetime(2027, 5, 25, 10, 0, tzinfo=UTC)


@pytest.fixture
def door(app, save, clock):
    made = Door(app, save, clock)
    made.publish()
    return made


@pytest.fixture
def organiser_afterwards(door, clock, browser_of):
    """Whoever signs in once everything is over; fill first."""

    def sign_in():
        clock.moment = door.meeting.ends_at
        return browser_of(door.organiser)

    return sign_in


def invite(door):
    with door.app.app_context():
        clerk = db.session.get_one(Person, door.griffie.id)
        invitations.invite(db.session.get_one(Meeting, door.meeting.id), clerk, door.clock())
        db.session.commit()


def gives_office(door, person, organisation, kind):
    with door.app.app_context():
        office = an_office(
            db.session.get_one(Person, person.id),
            organisation=db.session.merge(organisation, load=False),
            kind=db.session.merge(kind, load=False),
        )
        db.session.add(office)
        db.session.commit()


def fill(door):
    """Somebody comes, somebody stays away, somebody walks in, and two were told in vain."""
    people = [door.somebody("Anna", f"Jansen{number}") for number in range(3)]
    people.append(door.somebody("Piet", "Papendrecht", door.other_town))
    invite(door)
    door.mark(door.register(people[0]))
    door.register(people[3])
    door.let_in(door.somebody("Inge", "Loop", email=None), door.town)


def quarters(browser, query=""):
    """The rows of the table, without the picture."""
    answer = browser.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return [row[:-1] for row in table_rows(answer.text)[1:]]


def test_a_quarter_that_is_over(door, organiser_afterwards):
    fill(door)

    [row] = quarters(organiser_afterwards())

    assert row[:2] == [
        "1e kwartaal 2027 , januari tot en met maart",
        "Aan de rivier , 23 maart 2027",
    ]
    assert row[2:] == ["4", "2", "2", "1", "0", "1", "50 %"]


def test_who_said_not_to_come_is_not_absent(door, organiser_afterwards):
    door.mark(door.register(door.somebody("Belt", "Af")), MarkKind.EXCUSED)
    door.register(door.somebody("Komt", "Niet"))

    [row] = quarters(organiser_afterwards())

    assert row[3:] == ["2", "0", "0", "1", "1", "0 %"]


def test_who_withdrew_gave_up_the_place_and_is_not_among_them(door, organiser_afterwards):
    person = door.somebody("Meldt", "Af")
    door.register(person)
    door.withdraw(person)
    browser = organiser_afterwards()

    pages = [browser.get(path).text for path in (PAGE, door.at("/cijfers"))]

    explained = "Wie zich zelf afmeldde, gaf de plek vrij en telt daar niet bij."
    for page in pages:
        heads = {cell for row in table_rows(page) for cell in row if cell.startswith("Afgemeld")}
        assert (heads, explained in page) == ({"Afgemeld met een plek"}, True)


def test_nobody_is_absent_before_the_end(door, organiser):
    fill(door)

    [row] = quarters(organiser)

    assert row[2:] == ["4", "2", "2", "1", "0", "– niet bekend", "–"]


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?doelgroep=raad", ["4", "2", "2", "1", "0", "1", "50 %"]),
        ("?doelgroep=college", ["0", "0", "0", "0", "0", "0", "–"]),
        ("?doelgroep=koningen", ["4", "2", "2", "1", "0", "1", "50 %"]),
    ],
)
def test_narrowed_to_a_group(door, organiser_afterwards, query, numbers):
    fill(door)

    [row] = quarters(organiser_afterwards(), query)

    assert row[2:] == numbers


@pytest.mark.on_both
def test_narrowed_to_a_municipality(door, organiser_afterwards):
    fill(door)

    [row] = quarters(organiser_afterwards(), f"?gemeente={door.other_town.slug}")

    assert row[2:] == ["1", "1", "0", "0", "0", "1", "0 %"]


def test_griffier_counts_the_own_municipality(door, save, clock, browser_of):
    fill(door)
    clock.moment = door.meeting.ends_at
    person = a_person("Gerda", "Griffier")
    person.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.town.id))
    save(person)
    griffier = browser_of(person)

    [row] = quarters(griffier, f"?gemeente={door.other_town.slug}")

    assert row[2:] == ["3", "1", "2", "1", "0", "0", "100 %"]
    assert door.other_town.slug not in griffier.get(PAGE).text


@pytest.mark.on_both
def test_invited_per_group_and_municipality_of_one_meeting(door, organiser):
    fill(door)

    rows = table_rows(organiser.get(door.at("/cijfers")).text)

    invited = {row[0]: row[1] for row in rows}
    assert (invited["raadsleden"], invited["Papendrecht"], invited["Zwijndrecht"]) == (
        "4",
        "1",
        "3",
    )


def test_who_has_two_offices_is_invited_once_in_all(door, organiser):
    both = door.somebody("Anna", "Jansen")
    gives_office(door, both, door.other_town, door.council)
    invite(door)

    rows = table_rows(organiser.get(door.at("/cijfers")).text)
    [quarter] = quarters(organiser)

    invited = [row[:2] for row in rows if row[0] in ("Papendrecht", "Zwijndrecht", "Samen")]
    assert invited == [["Samen", "1"], ["Papendrecht", "1"], ["Zwijndrecht", "1"], ["Samen", "1"]]
    assert quarter[2] == "1"


def test_other_organisations_tell_how_many_were_invited(door, save, organiser):
    company = an_organisation("Scheepswerf", OrganisationKind.COMPANY)
    director = an_office_kind("directeur", company=Audience.BEDRIJF)
    person = a_person("Bea", "Bedrijf")
    save(company, director, person)
    gives_office(door, person, company, director)
    invite(door)

    rows = table_rows(organiser.get(door.at("/cijfers")).text)

    invited = {row[0]: row[1] for row in rows}
    assert (invited["Scheepswerf"], invited["Samen"]) == ("1", "1")


def test_a_quarter_in_which_nothing_was_counted_has_no_numbers(door, organiser_afterwards):
    [row] = quarters(organiser_afterwards())

    assert row[2:] == ["– niet bekend"] * 6 + ["–"]


def test_newest_quarter_first_and_oldest_at_the_left(door, app, organiser):
    store(app, a_meeting(starts_at=OTHER_QUARTER))

    rows = quarters(organiser)
    [picture] = [svg for svg in find(organiser.get(PAGE).text, "svg") if "role" in svg[1]][:1]

    names = [row[0][:16] for row in rows]
    assert names == ["2e kwartaal 2027", "1e kwartaal 2027", "Samen"]
    assert [text for text in texts_of(picture) if "kwartaal" in text] == [
        "1e kwartaal",
        "2e kwartaal",
    ]


def texts_of(picture):
    return [node[2][0] for node in picture[2] if not isinstance(node, str) and node[0] == "text"]


def test_quarters_without_a_meeting_are_a_break_in_both_pictures(door, app, organiser):
    store(app, a_meeting(starts_at=OTHER_QUARTER.replace(year=2028)))

    page = organiser.get(PAGE).text
    wide, small = [svg for svg in find(page, "svg") if "kw-trend" in svg[1].get("class", "")]

    assert texts_of(wide)[-6:] == [
        *("1e kwartaal", "2027", "4 kwartalen", "zonder", "2e kwartaal", "2028"),
    ]
    assert texts_of(small)[-6:] == ["kw 1", "2027", "4 kw", "zonder", "kw 2", "2028"]
    assert "streepjes: kwartalen zonder bijeenkomst" in page


def test_quarters_together_are_in_one_line(door, app, organiser_afterwards):
    fill(door)
    store(app, a_meeting(starts_at=OTHER_QUARTER))

    *_quarters, total = quarters(organiser_afterwards())

    assert total == ["Samen", "2", "4", "2", "2", "1", "0", "1", "50 %"]


@pytest.mark.parametrize("query", ["doelgroep=koningen", "gemeente=nergens"])
def test_group_or_municipality_that_does_not_exist_is_told(door, organiser, query):
    assert "Deze keuze bestaat niet. Kies uit de lijst." in organiser.get(f"{PAGE}?{query}").text


@pytest.mark.on_both
def test_meetings_of_a_body_are_not_counted(door, organiser):
    with door.app.app_context():
        meeting = db.session.merge(door.meeting)
        meeting.openness = Openness.BESLOTEN
        meeting.series.body = Body(slug="gremium", name="Gremium")
        db.session.commit()

    assert "Er is nog geen bijeenkomst om te tellen." in organiser.get(PAGE).text


def test_nobody_else_has_the_page(door, save, browser_of, client):
    administrator, person = staff(Role.BEHEERDER), a_person()
    save(administrator, person)

    assert browser_of(administrator).get(PAGE).status_code == 404
    assert browser_of(person).get(PAGE).status_code == 404
    assert client.get(PAGE).status_code == 303


@pytest.mark.on_both
def test_number_of_queries_does_not_grow(door, app, organiser, count_queries):
    fill(door)
    few = count_queries(lambda: organiser.get(PAGE))
    for _ in range(4):
        store(app, a_meeting(starts_at=OTHER_QUARTER))
    for number in range(20):
        door.register(door.somebody("Nog", f"Iemand{number}"))
    many = count_queries(lambda: organiser.get(PAGE))

    assert few == many


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), Quarter(2026, 4)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), Quarter(2027, 1)),
        (datetime(2027, 3, 31, 21, 59, tzinfo=UTC), Quarter(2027, 1)),
        (datetime(2027, 3, 31, 22, 0, tzinfo=UTC), Quarter(2027, 2)),
    ],
)
def test_quarters_begin_at_midnight_in_amsterdam(moment, quarter):
    assert Quarter.of(moment) == quarter
