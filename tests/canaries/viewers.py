"""Who looks: one person per role, and the groups of them that a word is for."""

from __future__ import annotations

from datetime import date

from kwartaal.models.body import Body, MembershipKind
from kwartaal.models.organisation import OfficeKind, Organisation
from kwartaal.models.person import Person, Role, RoleGrant
from tests.canaries.words import Readers
from tests.factories import a_membership, a_person, an_office, staff

VISITOR = "visitor"
# Who gets mails and looks at nothing else.
GUESTS = ("own", "other")
# All of one town but the neighbour.
TOWNSPEOPLE = ("participant", "member", "former member", "assistant")
PARTICIPANTS = (*TOWNSPEOPLE, "neighbour")
STAFF = ("beheerder", "griffie", "secretary", "organiser", "griffier")
ALL: Readers = frozenset({VISITOR, *PARTICIPANTS, *STAFF, *GUESTS})
CLERKS: Readers = frozenset({"griffie", "secretary"})
PREPARERS: Readers = CLERKS | {"organiser"}
SECRETARY: Readers = frozenset({"secretary"})
BODY: Readers = SECRETARY | {"member"}
NOBODY: Readers = frozenset()


def viewers(
    body: Body, town: Organisation, other_town: Organisation, council: OfficeKind
) -> dict[str, Person]:
    """Everybody but the visitor. The secretary is a clerk who is a member of the body as well."""
    people = {name: _council_member(name, town, council) for name in TOWNSPEOPLE}
    people["neighbour"] = _council_member("neighbour", other_town, council)
    people |= {
        "beheerder": staff(Role.BEHEERDER),
        "griffie": staff(Role.GRIFFIE),
        "secretary": staff(Role.GRIFFIE),
        "organiser": staff(Role.ORGANISATOR),
        "griffier": a_person(),
    }
    people["griffier"].roles.append(RoleGrant(role=Role.GRIFFIER, organisation=town))
    people["assistant"].roles.append(RoleGrant(role=Role.ASSISTENT, acts_for=people["member"]))
    a_membership(people["member"], body)
    a_membership(people["secretary"], body, kind=MembershipKind.SECRETARY)
    a_membership(people["former member"], body, ends_on=date(2026, 12, 31))
    return people


def _council_member(name: str, town: Organisation, council: OfficeKind) -> Person:
    person = a_person(name.capitalize())
    an_office(person, organisation=town, kind=council)
    return person
