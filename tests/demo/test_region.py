"""What the demo region holds: people, bodies, and the accounts that are promised."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from kwartaal import demo, passwords
from kwartaal.models.body import Body, Membership, MembershipKind
from kwartaal.models.organisation import Audience, Organisation, OrganisationKind
from kwartaal.models.person import Office, Person, Role
from kwartaal.models.programme import Speaker

TODAY = date(2027, 3, 10)

# contract.md, Demo accounts: address, organisation, group.
PROMISED = {
    "beheerder@kwartaal.example": ("Dordrecht", Audience.AMBTELIJK),
    "griffie@kwartaal.example": ("Dordrecht", Audience.AMBTELIJK),
    "organisator@kwartaal.example": ("Dordrecht", Audience.AMBTELIJK),
    "raadslid@papendrecht.example": ("Papendrecht", Audience.RAAD),
    "raadslid@sliedrecht.example": ("Sliedrecht", Audience.RAAD),
    "wethouder@zwijndrecht.example": ("Zwijndrecht", Audience.COLLEGE),
    "secretaris@alblasserdam.example": ("Alblasserdam", Audience.AMBTELIJK),
    "griffier@dordrecht.example": ("Dordrecht", Audience.AMBTELIJK),
    "ondernemer@bedrijf.example": ("Scheepsbouw Rivierwerk", Audience.BEDRIJF),
    "gast@gorinchem.example": ("Gorinchem", Audience.BUURGEMEENTE),
    "secretaris.spiegelgroep@kwartaal.example": ("Dordrecht", Audience.AMBTELIJK),
    "plaatsvervanger.spiegelgroep@kwartaal.example": ("Dordrecht", Audience.AMBTELIJK),
    "ambtelijk@ozhz.example": ("Omgevingsdienst Zuid-Holland Zuid", Audience.AMBTELIJK),
    "assistent@zwijndrecht.example": ("Zwijndrecht", Audience.AMBTELIJK),
}
ROLES = {
    "beheerder@kwartaal.example": Role.BEHEERDER,
    "griffie@kwartaal.example": Role.GRIFFIE,
    "organisator@kwartaal.example": Role.ORGANISATOR,
    "griffier@dordrecht.example": Role.GRIFFIER,
    "assistent@zwijndrecht.example": Role.ASSISTENT,
}
MEMBERS = {
    "secretaris@alblasserdam.example": ("ONS-D", MembershipKind.MEMBER),
    "wethouder@zwijndrecht.example": ("Bestuurlijke spiegelgroep", MembershipKind.MEMBER),
    "ambtelijk@ozhz.example": ("Ambtelijke spiegelgroep", MembershipKind.MEMBER),
    "secretaris.spiegelgroep@kwartaal.example": (
        "Bestuurlijke spiegelgroep",
        MembershipKind.SECRETARY,
    ),
    "plaatsvervanger.spiegelgroep@kwartaal.example": (
        "Bestuurlijke spiegelgroep",
        MembershipKind.DEPUTY,
    ),
}
# Last names in the letters: office holders, presenters, a contact person, outside experts.
REAL = {
    *("Kolff", "Post", "Scholten", "Burggraaf", "Sleeking", "Heijkoop", "Koets", "Smid"),
    *("Greef", "Bakker", "Deetman"),
}


def person(stored: Session, email: str) -> Person:
    return stored.scalars(sa.select(Person).where(Person.email == email)).one()


@pytest.mark.parametrize("email", PROMISED)
def test_promised_account_comes_for_its_organisation(stored: Session, email: str) -> None:
    [office] = person(stored, email).offices_on(TODAY)

    assert (office.organisation.name, office.audience) == PROMISED[email]


@pytest.mark.parametrize("email", PROMISED)
def test_promised_account_has_its_role_and_no_other(stored: Session, email: str) -> None:
    roles = [grant.role for grant in person(stored, email).roles]

    assert roles == ([ROLES[email]] if email in ROLES else [])


@pytest.mark.parametrize("email", MEMBERS)
def test_promised_account_is_in_its_body(stored: Session, email: str) -> None:
    statement = (
        sa.select(Body.name, Membership.kind)
        .join(Membership)
        .where(Membership.person_id == person(stored, email).id, Membership.ends_on.is_(None))
    )

    assert MEMBERS[email] in [tuple(row) for row in stored.execute(statement)]


def test_the_assistant_acts_for_the_wethouder(stored: Session) -> None:
    [grant] = person(stored, "assistent@zwijndrecht.example").roles

    assert grant.acts_for == person(stored, "wethouder@zwijndrecht.example")


def test_the_griffier_sees_to_the_own_municipality(stored: Session) -> None:
    [grant] = person(stored, "griffier@dordrecht.example").roles

    assert grant.organisation.name == "Dordrecht"


def test_everybody_with_an_address_signs_in_with_the_shared_password(stored: Session) -> None:
    everybody = stored.scalars(sa.select(Person)).all()
    hashes = {one.password_hash for one in everybody if one.email}

    assert [passwords.check("kwartaal-demo", kept).is_right for kept in hashes] == [True]


def test_a_few_have_no_address_and_no_password(stored: Session) -> None:
    without = stored.scalars(sa.select(Person).where(Person.email.is_(None))).all()

    assert len(without) == 3
    assert {one.password_hash for one in without} == {None}


def test_about_250_people_live_here(stored: Session) -> None:
    assert 240 <= stored.scalar(sa.select(sa.func.count(Person.id))) <= 270


def test_all_seven_groups_are_there(stored: Session) -> None:
    offices = stored.scalars(sa.select(Office)).all()

    assert {office.audience for office in offices} == set(Audience)


def test_every_municipality_has_a_council_and_a_college(stored: Session) -> None:
    offices = stored.scalars(sa.select(Office)).all()
    seats = Counter(
        (office.organisation.name, office.audience) for office in offices if not office.ends_on
    )
    municipalities = stored.scalars(
        sa.select(Organisation.name).where(Organisation.kind == OrganisationKind.MUNICIPALITY)
    ).all()

    assert len(municipalities) == 7
    assert min(seats[name, Audience.RAAD] for name in municipalities) >= 15
    assert min(seats[name, Audience.COLLEGE] for name in municipalities) >= 3


def test_nobody_of_the_letters_is_a_person_or_a_speaker(stored: Session) -> None:
    names = list(stored.scalars(sa.select(Person.last_name)))
    names += [name.split()[-1] for name in stored.scalars(sa.select(Speaker.name))]

    assert [name for name in names if name in REAL] == []


def test_names_are_told_apart(stored: Session) -> None:
    names = Counter(one.full_name for one in stored.scalars(sa.select(Person)))

    assert [name for name, count in names.items() if count > 1] == []


def test_addresses_and_numbers_are_of_nobody(stored: Session) -> None:
    people = stored.scalars(sa.select(Person)).all()
    phones = [one.phone for one in people if one.phone]

    assert all(one.email.endswith(".example") for one in people if one.email)
    assert all(re.fullmatch(r"\+3178770\d{4}", phone) for phone in phones)
    assert len(set(phones)) == len(phones)


def test_some_hold_two_offices_at_once(stored: Session) -> None:
    people = stored.scalars(sa.select(Person)).all()
    double = [one for one in people if len(one.offices_on(TODAY)) == 2]

    assert len(double) == 5


def test_some_offices_are_over(stored: Session) -> None:
    over = stored.scalars(sa.select(Office).where(Office.ends_on < TODAY)).all()

    assert len(over) == 4


def test_one_membership_is_over(stored: Session) -> None:
    over = stored.scalars(sa.select(Membership).where(Membership.ends_on.is_not(None))).all()

    assert [membership.body.name for membership in over] == ["Bestuurlijke spiegelgroep"]
    assert over[0].ends_on < TODAY


def test_bodies_have_the_other_names_of_the_letters(stored: Session) -> None:
    aliases = {
        body.name: {a.name for a in body.aliases} for body in stored.scalars(sa.select(Body))
    }

    assert "PFO Bedrijfsvoering/Middelen" in aliases["PFO Middelen-Bedrijfsvoering"]
    assert "Bestuurlijke begeleidingscommissie" in aliases["PFO Sociaal"]
    assert aliases["TWO"] == {"Tijdelijke Werk Organisatie"}


def test_the_start_names_every_account_and_the_password() -> None:
    told = demo.welcome()

    assert [email for email in PROMISED if email not in told] == []
    assert "kwartaal-demo" in told
