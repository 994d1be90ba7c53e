"""The offices of a person: add, change, end, take away; and ending those of a whole council."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.person import Office
from kwartaal.models.registration import Registration, RegistrationState
from tests.factories import a_meeting, a_person, an_office_kind, an_organisation, staff
from tests.html_tree import find
from tests.signing_in import log

TERM = "/beheer/personen/einde-raadsperiode"
ELECTED = date(2022, 3, 30)


@pytest.fixture
def desk(save, browser_of):
    griffie = staff()
    save(griffie)
    return browser_of(griffie)


class Town:
    """A municipality with a yard beside it, two kinds of office, and Anna."""

    def __init__(self, save):
        self.save = save
        self.town = an_organisation("Papendrecht")
        self.yard = an_organisation("Werf", OrganisationKind.COMPANY)
        self.councillor = an_office_kind("raadslid")
        self.alderman = an_office_kind("wethouder", Audience.COLLEGE)
        self.anna = a_person("Anna", "Dijk")
        save(self.town, self.yard, self.councillor, self.alderman, self.anna)

    def office(self, person=None, kind=None, town=None, **dates):
        office = Office(
            person_id=(person or self.anna).id,
            organisation_id=(town or self.town).id,
            kind_id=(kind or self.councillor).id,
            **({"starts_on": ELECTED} | dates),
        )
        self.save(office)
        return office

    def path(self, rest=""):
        return f"/beheer/personen/{self.anna.public_id}/ambten/{rest}"

    def values(self, **changes):
        usual = {
            "organisation": self.town.slug,
            "kind": self.councillor.code,
            "starts_on": "2022-03-30",
            "ends_on": "",
        }
        return usual | changes


@pytest.fixture
def papendrecht(save):
    return Town(save)


def offices(app):
    with app.app_context():
        rows = db.session.scalars(sa.select(Office).order_by(Office.id))
        return [(row.label, row.starts_on, row.ends_on) for row in rows]


def errors(response):
    return re.findall(r'error-message" id="([\w-]+)-error">.*?<span>(.*?)</span>', response.text)


@pytest.mark.on_both
def test_an_office_is_added(app, desk, papendrecht):
    response = desk.post(papendrecht.path("nieuw"), data=papendrecht.values(ends_on="18-3-2026"))

    assert response.location == f"/beheer/personen/{papendrecht.anna.public_id}/"
    assert offices(app) == [("raadslid, Papendrecht", ELECTED, date(2026, 3, 18))]


def test_the_same_form_sent_twice_adds_one_office(app, desk, papendrecht):
    data = papendrecht.values(key=str(uuid.uuid4()))

    answers = [desk.post(papendrecht.path("nieuw"), data=data).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(offices(app)) == 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"organisation": ""}, ("organisation", "Kies een organisatie.")),
        ({"organisation": "x"}, ("organisation", "Deze keuze bestaat niet. Kies uit de lijst.")),
        ({"kind": ""}, ("kind", "Kies een ambt.")),
        ({"starts_on": ""}, ("starts_on", "Vul de eerste dag in.")),
        ({"starts_on": "30-2-2027"}, ("starts_on", "Deze datum bestaat niet.")),
        (
            {"starts_on": "morgen"},
            (
                "starts_on",
                "Vul een datum in met dag, maand en jaar. Bijvoorbeeld: 28-3-2027",
            ),
        ),
        (
            {"ends_on": "29-3-2022"},
            ("ends_on", "De laatste dag ligt voor de eerste dag, 30-3-2022."),
        ),
    ],
)
def test_bad_input_is_said_at_the_field(app, desk, papendrecht, values, error):
    response = desk.post(papendrecht.path("nieuw"), data=papendrecht.values(**values))

    assert response.status_code == 422
    assert errors(response) == [error]
    assert offices(app) == []


@pytest.mark.on_both
def test_an_office_that_does_not_occur_there_is_refused(desk, papendrecht):
    data = papendrecht.values(organisation=papendrecht.yard.slug)

    response = desk.post(papendrecht.path("nieuw"), data=data)

    assert errors(response) == [
        ("kind", "Het ambt ‘raadslid’ komt bij Werf niet voor. Kies een ander ambt.")
    ]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "status"),
    [
        ("2020-01-01", "2022-03-29", 303),
        ("2020-01-01", "2022-03-30", 422),
        ("2026-03-18", "", 422),
        ("2026-03-19", "", 303),
        ("2020-01-01", "", 422),
    ],
)
def test_one_office_once_at_a_time(desk, papendrecht, starts_on, ends_on, status):
    papendrecht.office(ends_on=date(2026, 3, 18))

    data = papendrecht.values(starts_on=starts_on, ends_on=ends_on)

    assert desk.post(papendrecht.path("nieuw"), data=data).status_code == status


@pytest.mark.on_both
def test_another_office_at_the_same_time_is_fine(app, desk, papendrecht):
    papendrecht.office()

    desk.post(papendrecht.path("nieuw"), data=papendrecht.values(kind=papendrecht.alderman.code))

    assert [office[0] for office in offices(app)] == [
        "raadslid, Papendrecht",
        "wethouder, Papendrecht",
    ]


@pytest.mark.on_both
def test_an_office_is_changed(app, desk, papendrecht):
    office = papendrecht.office()

    desk.post(
        papendrecht.path(f"{office.public_id}/wijzigen"),
        data=papendrecht.values(kind=papendrecht.alderman.code, starts_on="1-6-2022"),
    )

    assert offices(app) == [("wethouder, Papendrecht", date(2022, 6, 1), None)]


@pytest.mark.on_both
def test_an_office_is_ended_on_a_last_day(app, desk, papendrecht):
    office = papendrecht.office()
    path = papendrecht.path(f"{office.public_id}/beeindigen")

    assert 'value="2027-03-10"' in desk.get(path).text
    desk.post(path, data={"ends_on": "2026-03-18"})

    assert offices(app) == [("raadslid, Papendrecht", ELECTED, date(2026, 3, 18))]


@pytest.mark.on_both
def test_an_office_does_not_end_before_it_begins(app, desk, papendrecht):
    office = papendrecht.office()

    response = desk.post(
        papendrecht.path(f"{office.public_id}/beeindigen"), data={"ends_on": "2022-03-29"}
    )

    assert errors(response) == [("ends_on", "De laatste dag ligt voor de eerste dag, 30-3-2022.")]
    assert offices(app)[0][2] is None


@pytest.mark.on_both
def test_an_office_never_used_is_taken_away_also_twice(app, desk, papendrecht):
    path = papendrecht.path(f"{papendrecht.office().public_id}/weghalen")

    answers = [desk.post(path).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert offices(app) == []


def test_an_office_registered_with_stays(app, desk, save, papendrecht):
    office = papendrecht.office()
    meeting = a_meeting()
    save(meeting)
    save(
        Registration(
            meeting_id=meeting.id,
            person_id=papendrecht.anna.id,
            state=RegistrationState.WITHDRAWN,
            office_name="raadslid",
            organisation_id=papendrecht.town.id,
            changed_at=meeting.created_at,
            created_at=meeting.created_at,
        )
    )

    response = desk.post(papendrecht.path(f"{office.public_id}/weghalen"), follow_redirects=True)

    assert "Met dit ambt is iemand aangemeld voor een bijeenkomst." in response.text
    assert "Het ambt is weggehaald." not in response.text
    assert len(offices(app)) == 1


def test_the_office_of_somebody_else_is_not_there(desk, save, papendrecht):
    other = a_person()
    save(other)
    office = papendrecht.office(person=other)

    assert desk.get(papendrecht.path(f"{office.public_id}/wijzigen")).status_code == 404
    assert desk.get(papendrecht.path(f"{uuid.uuid4()}/beeindigen")).status_code == 404


@pytest.fixture
def council(save, papendrecht):
    """A council: two who go on, one ended, one who ends later, one who begins later; and others."""
    town = papendrecht
    people = [a_person(f"Raad{n}", f"Lid{n}") for n in range(5)]
    other_town = an_organisation("Sliedrecht")
    save(*people, other_town)
    town.office(people[0])
    town.office(people[1], starts_on=date(2026, 3, 18))
    town.office(people[2], ends_on=date(2026, 3, 18))
    town.office(people[3], ends_on=date(2026, 6, 30))
    town.office(people[4], starts_on=date(2026, 3, 19))
    town.office(kind=town.alderman)
    town.office(town=other_town)
    return town


def term(**changes):
    return {"gemeente": "papendrecht", "datum": "2026-03-18", "aantal": "3"} | changes


def slug(council, **changes):
    return term(gemeente=council.town.slug, **changes)


def test_the_end_of_a_term_shows_whom_it_concerns(desk, council):
    page = desk.get(TERM, query_string=slug(council)).text

    rows = [n[2][0][2][0] for n in find(page, "th") if n[1].get("scope") == "row"]
    assert rows == ["Lid0, Raad0", "Lid1, Raad1", "Lid3, Raad3"]
    assert "3 ambten eindigen op 18\xa0maart 2026" in page
    assert '<input type="hidden" name="aantal" value="3">' in page


def test_the_end_of_a_term_ends_the_council_and_nothing_else(app, desk, council):
    response = desk.post(TERM, data=slug(council))

    end = date(2026, 3, 18)
    assert response.location == f"/beheer/personen/?organisatie={council.town.slug}"
    assert [ends_on for _, _, ends_on in offices(app)] == [end, end, end, end, None, None, None]
    assert log(app) == [
        (
            "council_term_ended",
            f"organisation:{council.town.slug}",
            {"last_day": "2026-03-18", "offices": 3},
        )
    ]


@pytest.mark.on_both
def test_the_end_of_a_term_twice_changes_nothing_more(app, desk, council):
    desk.post(TERM, data=slug(council))

    response = desk.post(TERM, data=slug(council))

    assert response.status_code == 422
    assert "Er is net iets veranderd in deze raad. Kijk nog eens om wie het gaat." in response.text
    assert len(log(app)) == 1


@pytest.mark.parametrize("expected", ["2", "4", "", "x", "-1"])
def test_the_end_of_a_term_asks_again_when_it_is_not_what_was_shown(app, desk, council, expected):
    response = desk.post(TERM, data=slug(council, aantal=expected))

    assert response.status_code == 422
    assert offices(app)[0][2] is None
    assert 'name="aantal" value="3"' in response.text


def test_a_council_without_members_has_nothing_to_end(desk, council):
    page = desk.get(TERM, query_string=slug(council, datum="2010-01-01")).text

    assert "In de raad van Papendrecht eindigt op deze dag van niemand een ambt." in page
    response = desk.post(TERM, data=slug(council, datum="2010-01-01", aantal="0"))
    assert "Er is niemand van wie het ambt op deze dag eindigt." in response.text


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"gemeente": ""}, ("gemeente", "Kies een gemeente.")),
        ({"gemeente": "werf"}, ("gemeente", "Deze keuze bestaat niet. Kies uit de lijst.")),
        ({"datum": ""}, ("datum", "Vul de laatste dag in.")),
        ({"datum": "31-2-2026"}, ("datum", "Deze datum bestaat niet.")),
    ],
)
def test_bad_input_for_the_end_of_a_term(desk, council, values, error):
    data = slug(council) | values

    shown, sent = desk.get(TERM, query_string=data), desk.post(TERM, data=data)

    assert (shown.status_code, errors(shown)) == (422, [error])
    assert (sent.status_code, errors(sent)) == (422, [error])


@pytest.mark.on_both
def test_the_end_of_a_term_asks_as_many_queries_for_many(desk, save, council, count_queries):
    few = count_queries(lambda: desk.get(TERM, query_string=slug(council)))
    more = [a_person() for _ in range(20)]
    save(*more)
    for person in more:
        council.office(person)

    assert count_queries(lambda: desk.get(TERM, query_string=slug(council))) == few
