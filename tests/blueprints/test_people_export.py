"""personen.csv, as the contract promises it."""

from __future__ import annotations

from datetime import date

import pytest

from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.person import Office, Role, RoleGrant
from tests.factories import a_council_member, a_person, an_office_kind, an_organisation, staff
from tests.golden import golden_bytes
from tests.signing_in import log

CSV = "/beheer/personen.csv"
SINCE = {"starts_on": date(2022, 3, 30)}


@pytest.fixture
def griffie(save):
    person = staff(first_name="Gré", last_name="Zomer", email="griffie@voorbeeld.example")
    save(person)
    return person


@pytest.fixture
def region(save):
    """People of every sort: two offices, one over, one to come, odd names, no address at all."""
    town, neighbour = an_organisation("Papendrecht"), an_organisation("Gorinchem")
    neighbour.kind = OrganisationKind.NEIGHBOUR
    yard = an_organisation("Werf; Zoon & Co", OrganisationKind.COMPANY)
    councillor = an_office_kind("raadslid", neighbour=Audience.BUURGEMEENTE)
    alderman = an_office_kind("wethouder", Audience.COLLEGE)
    worker = an_office_kind("medewerker", company=Audience.BEDRIJF)
    save(town, neighbour, yard, councillor, alderman, worker)
    council = {"organisation_id": town.id, "kind_id": councillor.id}
    people = [
        a_person("Anna", "Maas", prefix="van der", email="anna@voorbeeld.example"),
        a_person("Özlem", "Çelik", email=None, contact_email="post@voorbeeld.example"),
        a_person("=1+1", "@Bos", email=None),
        a_person("Oud", "Lid", email="oud@voorbeeld.example"),
        a_person("Straks", "Lid", email="straks@voorbeeld.example"),
        a_person("Guus", "Gast", email="guus@voorbeeld.example"),
    ]
    people[0].offices = [
        Office(organisation_id=yard.id, kind_id=worker.id, **SINCE),
        Office(**council, **SINCE),
        Office(organisation_id=town.id, kind_id=alderman.id, starts_on=date(2026, 1, 1)),
    ]
    people[1].offices = [Office(**council, starts_on=date(2027, 3, 10))]
    people[3].offices = [Office(**council, **SINCE, ends_on=date(2027, 3, 9))]
    people[4].offices = [Office(**council, starts_on=date(2027, 3, 11))]
    people[5].offices = [Office(organisation_id=neighbour.id, kind_id=councillor.id, **SINCE)]
    save(*people)
    return town


def test_the_export_is_as_it_was_looked_at(griffie, browser_of, region):
    response = browser_of(griffie).get(CSV)

    assert golden_bytes("people.csv", response.data) == response.data


def test_the_export_is_a_file_nobody_keeps(griffie, browser_of):
    headers = browser_of(griffie).get(CSV).headers

    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Content-Disposition"] == 'attachment; filename="personen-2027-03-10.csv"'
    assert headers["Cache-Control"] == "no-store"


def test_the_export_is_written_down_without_names(app, griffie, browser_of, region):
    browser_of(griffie).get(CSV)

    assert log(app) == [
        (
            "exported",
            "people",
            {"columns": ["naam", "email", "organisatie", "doelgroep"], "people": 7},
        )
    ]


@pytest.mark.on_both
def test_a_griffier_gets_the_own_people_and_offices(app, save, browser_of, region):
    griffier = a_person("Gijs", "Griffier", email="gijs@voorbeeld.example")
    griffier.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=region.id))
    save(griffier)

    response = browser_of(griffier).get(CSV)

    assert response.data.decode("utf-8-sig").splitlines() == [
        "naam;email;organisatie;doelgroep",
        "Özlem Çelik;post@voorbeeld.example;Papendrecht;raad",
        "Oud Lid;oud@voorbeeld.example;;",
        "Straks Lid;straks@voorbeeld.example;;",
        'Anna van der Maas;anna@voorbeeld.example;Papendrecht;"raad,college"',
    ]
    assert log(app)[0][2]["people"] == 4


@pytest.mark.on_both
def test_the_export_asks_as_many_queries_for_many(save, griffie, browser_of, count_queries):
    browser = browser_of(griffie)
    few = count_queries(lambda: browser.get(CSV))
    save(*[a_council_member() for _ in range(30)])

    assert count_queries(lambda: browser.get(CSV)) == few
