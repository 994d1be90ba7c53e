"""The command that makes the first account of an installation."""

from __future__ import annotations

import re

import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.person import Person, Role
from tests.factories import a_person, staff
from tests.signing_in import log, stored

ADDRESS = re.compile(r"http://127\.0\.0\.1:5000(/inloggen/link/\S+/)$")


def create_clerk(app, *arguments):
    return app.test_cli_runner().invoke(args=["create-clerk", *arguments])


def people(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(Person)))


def test_first_clerk_gets_an_account_and_a_link(app, client):
    result = create_clerk(app, "Griffie@Voorbeeld.example")

    assert result.exit_code == 0, result.output
    (person,) = people(app)
    assert person.email == "griffie@voorbeeld.example"
    assert {grant.role for grant in person.roles} == {Role.BEHEERDER, Role.GRIFFIE}
    link = ADDRESS.search(result.output.strip())
    assert link
    assert client.post(link[1]).location == "/beheer/"
    assert client.get("/beheer/accounts/").status_code == 200
    assert client.post(link[1]).status_code == 410


def test_name_can_be_given(app):
    create_clerk(app, "g@voorbeeld.example", "--first-name", "Gré", "--last-name", "Griffie")

    assert people(app)[0].full_name == "Gré Griffie"


def test_existing_person_keeps_name_and_roles_and_gets_what_is_missing(app, save):
    person = staff(Role.GRIFFIE, first_name="Anna")
    save(person)

    assert create_clerk(app, person.email).exit_code == 0
    assert create_clerk(app, person.email).exit_code == 0

    kept = stored(app, person)
    assert kept.first_name == "Anna"
    assert {grant.role for grant in kept.roles} == {Role.BEHEERDER, Role.GRIFFIE}
    assert [line[2] for line in log(app)] == [{"role": "beheerder"}]


def test_what_is_no_address_is_said_in_dutch(app, save):
    save(a_person())

    result = create_clerk(app, "geen adres")

    assert result.exit_code == 2
    assert "Dit is geen e-mailadres." in result.output
    assert len(people(app)) == 1
