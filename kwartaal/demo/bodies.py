"""The bodies of the region that still have members, and who they are (B-3, B-9 to B-15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kwartaal.db import db
from kwartaal.demo import accounts
from kwartaal.demo.people import SEATS, Population
from kwartaal.models.body import Body, BodyAlias, Membership, MembershipKind
from kwartaal.models.person import Person

COLLEGES = "colleges-drechtsteden"
ONS_D = "ons-d"
PFO_SOCIAAL = "pfo-sociaal"
PFO_MIDDELEN = "pfo-middelen-bedrijfsvoering"
MIRROR = "bestuurlijke-spiegelgroep"
OFFICIAL_MIRROR = "ambtelijke-spiegelgroep"
TWO = "two"
DSB_DORDRECHT = "portefeuillehouders-dsb-dordrecht"

MEMBERS_SINCE = timedelta(days=130)
OFFICIALS = ("Bilal Ouhammouchi", "Trudy Hazewinkel-Poort")  # of GR Sociaal


class Group(NamedTuple):
    """A body with the other names the letters use for it."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


GROUPS = (
    Group(COLLEGES, "Colleges van de Drechtsteden"),
    Group(ONS_D, "ONS-D", ("Overleg van de gemeentesecretarissen",)),
    Group(
        PFO_SOCIAAL,
        "PFO Sociaal",
        (
            "Portefeuillehoudersoverleg Sociaal",
            "Bestuurlijke begeleidingscommissie",
        ),
    ),
    Group(
        PFO_MIDDELEN,
        "PFO Middelen-Bedrijfsvoering",
        (
            "PFO Bedrijfsvoering/Middelen",
            "Portefeuillehouders Overleg Bedrijfsvoering/Middelen",
        ),
    ),
    Group(MIRROR, "Bestuurlijke spiegelgroep"),
    Group(OFFICIAL_MIRROR, "Ambtelijke spiegelgroep"),
    Group(TWO, "TWO", ("Tijdelijke Werk Organisatie",)),
    Group(
        DSB_DORDRECHT,
        "Portefeuillehouders DSB en wethouders Dordrecht",
        ("Portefeuillehouders Drechtstedenbestuur en betrokken wethouders van Dordrecht",),
    ),
)


def found_bodies(population: Population, today: date) -> dict[str, Body]:
    """Make every body with its members; returns them by slug."""
    bodies = {group.slug: _body(group) for group in GROUPS}
    db.session.add_all(bodies.values())
    for slug, people in _members(population, today).items():
        for person in people:
            _join(bodies[slug], person, today)
    _appoint(bodies, population, today)
    _leave(bodies[MIRROR], population, today)
    db.session.flush()
    return bodies


def _body(group: Group) -> Body:
    return Body(
        slug=group.slug, name=group.name, aliases=[BodyAlias(name=name) for name in group.aliases]
    )


def _members(population: Population, today: date) -> dict[str, Iterable[Person]]:
    """Plain members, by body."""
    wethouders = {town: population.holders(town, "wethouder", today) for town in SEATS}
    mayors = [population.holders(town, "burgemeester", today)[0] for town in SEATS]
    # In each college somebody else looks after money and services than after the social domain.
    services = [people[0] for people in wethouders.values()]
    social = [people[1] for people in wethouders.values()]
    officials = list(_officials(population, today))
    affiliated = ["Karin Waterlander", OFFICIALS[0]]
    return {
        COLLEGES: [*mayors, *(person for people in wethouders.values() for person in people)],
        ONS_D: [population.holders(town, "gemeentesecretaris", today)[0] for town in SEATS],
        PFO_SOCIAAL: social,
        PFO_MIDDELEN: services,
        MIRROR: services,
        OFFICIAL_MIRROR: [
            *officials,
            *(population.by_name[name] for name in affiliated),
            population.by_email[accounts.MIRROR_OFFICIAL],
        ],
        TWO: [*officials[:4], *(population.by_name[name] for name in OFFICIALS)],
        DSB_DORDRECHT: [*services, *wethouders["dordrecht"][2:4]],
    }


def _officials(population: Population, today: date) -> Iterator[Person]:
    """One official of each municipality; those of the region's own desk are not meant."""
    own = set(accounts.STAFF | {accounts.MIRROR_SECRETARY, accounts.MIRROR_DEPUTY})
    own.add(accounts.ASSISTANT)
    for town in SEATS:
        holders = population.holders(town, "ambtenaar", today)
        yield next(person for person in holders if person.email not in own)


def _appoint(bodies: dict[str, Body], population: Population, today: date) -> None:
    """Secretaries, a deputy, and the griffie that prepares what all colleges do together."""
    find = population.by_email
    _join(bodies[MIRROR], find[accounts.MIRROR_SECRETARY], today, MembershipKind.SECRETARY)
    _join(bodies[MIRROR], find[accounts.MIRROR_DEPUTY], today, MembershipKind.DEPUTY)
    _join(bodies[COLLEGES], find[accounts.GRIFFIE], today, MembershipKind.SECRETARY)
    chair = population.holders("papendrecht", "wethouder", today)[0]
    membership = next(m for m in bodies[MIRROR].memberships if m.person is chair)
    membership.kind = MembershipKind.CHAIR


def _leave(body: Body, population: Population, today: date) -> None:
    """Whoever left office is a member no longer, and sees the past meetings no longer."""
    former = next(
        person
        for person in population.everybody
        if any(o.kind.code == "wethouder" and o.ends_on for o in person.offices)
    )
    membership = _join(body, former, today)
    membership.ends_on = former.offices[0].ends_on


def _join(
    body: Body, person: Person, today: date, kind: MembershipKind = MembershipKind.MEMBER
) -> Membership:
    office = person.offices[0]
    starts_on = min(office.starts_on + timedelta(days=14), today - MEMBERS_SINCE)
    membership = Membership(person=person, kind=kind, starts_on=max(starts_on, office.starts_on))
    body.memberships.append(membership)
    return membership
