"""What an empty installation starts with."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from kwartaal.blueprints.organisations.forms import MUNICIPALITY_CODE, TOOI_CODE
from kwartaal.db import db
from kwartaal.models.organisation import Audience, OfficeKind, Organisation, OrganisationKind
from kwartaal.models.reference import ORGANISATIONS, audiences_of, load_reference_data
from kwartaal.models.series import Series
from tests.factories import an_organisation

OTHERS = ("affiliated", "authority", "company", "knowledge", "societal")


def load(app):
    with app.app_context():
        load_reference_data()
        db.session.commit()


def names(app, kind):
    with app.app_context():
        found = sa.select(Organisation).where(Organisation.kind == kind).order_by(Organisation.name)
        return [(one.name, one.tooi_code) for one in db.session.scalars(found)]


def test_the_seven_municipalities_and_three_neighbours_are_there(app):
    load(app)

    assert names(app, OrganisationKind.MUNICIPALITY) == [
        ("Alblasserdam", "gm0482"),
        ("Dordrecht", "gm0505"),
        ("Hardinxveld-Giessendam", "gm0523"),
        ("Hendrik-Ido-Ambacht", "gm0531"),
        ("Papendrecht", "gm0590"),
        ("Sliedrecht", "gm0610"),
        ("Zwijndrecht", "gm0642"),
    ]
    assert names(app, OrganisationKind.NEIGHBOUR) == [
        ("Gorinchem", "gm0512"),
        ("Hoeksche Waard", "gm1963"),
        ("Molenlanden", "gm1978"),
    ]


def test_codes_have_the_form_the_form_asks_for():
    wrong = [
        code
        for kind, _, _, code in ORGANISATIONS
        if not (
            MUNICIPALITY_CODE if kind.value in ("municipality", "neighbour") else TOOI_CODE
        ).fullmatch(code)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("office", "organisation", "audience"),
    [
        ("raadslid", "municipality", "raad"),
        ("burgerraadslid", "municipality", "raad"),
        ("wethouder", "municipality", "college"),
        ("burgemeester", "municipality", "college"),
        ("gemeentesecretaris", "municipality", "ambtelijk"),
        ("griffier", "municipality", "ambtelijk"),
        ("ambtenaar", "municipality", "ambtelijk"),
        ("raadslid", "neighbour", "buurgemeente"),
        ("wethouder", "neighbour", "buurgemeente"),
        ("griffier", "neighbour", "buurgemeente"),
        ("ambtenaar", "neighbour", "buurgemeente"),
        ("bestuurder", "affiliated", "ambtelijk"),
        ("ambtenaar", "authority", "ambtelijk"),
        ("bestuurder", "company", "bedrijf"),
        ("medewerker", "knowledge", "kennisinstelling"),
        ("medewerker", "societal", "maatschappelijk"),
        ("raadslid", "company", None),
        ("bestuurder", "municipality", None),
    ],
)
def test_what_group_an_office_gives(app, office, organisation, audience):
    load(app)

    with app.app_context():
        kind = db.session.scalars(sa.select(OfficeKind).where(OfficeKind.code == office)).one()
        given = kind.audience_in(OrganisationKind(organisation))

    assert given == (Audience(audience) if audience else None)


def test_a_neighbour_always_gives_buurgemeente():
    offices = ("raadslid", "burgerraadslid", "wethouder", "burgemeester", "gemeentesecretaris")

    given = {audiences_of(office)[OrganisationKind.NEIGHBOUR] for office in offices}

    assert given == {Audience.BUURGEMEENTE}


def test_the_series_takes_no_decisions(app):
    load(app)

    with app.app_context():
        series = db.session.scalars(sa.select(Series)).one()
        purposes = [purpose.name for purpose in series.purposes]
    assert (series.slug, purposes) == (
        "kwartaalbijeenkomsten",
        ["informeren", "beeldvorming", "meningsvorming", "ophalen"],
    )


def test_loading_twice_adds_nothing(app):
    load(app)
    before = count(app)

    load(app)

    assert count(app) == before


def test_a_table_that_holds_something_is_left_alone(app, save):
    save(an_organisation("Onze eigen gemeente"))

    load(app)

    assert names(app, OrganisationKind.MUNICIPALITY) == [("Onze eigen gemeente", None)]


def test_the_first_clerk_finds_the_organisations(app):
    app.test_cli_runner().invoke(args=["create-clerk", "griffie@voorbeeld.example"])

    assert count(app)[0] == len(ORGANISATIONS)


def count(app):
    with app.app_context():
        tables = (Organisation, OfficeKind, Series)
        return [db.session.scalar(sa.select(sa.func.count()).select_from(t)) for t in tables]
