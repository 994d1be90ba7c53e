"""Who sees which people, and finding them in a list."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from kwartaal.db import db
from kwartaal.models.organisation import (
    Audience,
    OfficeAudience,
    Organisation,
    OrganisationKind,
    all_organisations,
)
from kwartaal.models.person import Office, Person, folded, words_of


@dataclass(frozen=True)
class PeopleScope:
    """Whose people somebody sees: everybody (None), or those of some organisations."""

    organisation_ids: frozenset[int] | None = None

    def offices(self, person: Person) -> list[Office]:
        """The offices of a person that are in view, first begun first."""
        return [office for office in person.offices if self._covers(office)]

    def offices_on(self, person: Person, day: date) -> list[Office]:
        """Those of them that are held on a day."""
        return [office for office in self.offices(person) if office.is_held_on(day)]

    def _covers(self, office: Office) -> bool:
        return self.organisation_ids is None or office.organisation_id in self.organisation_ids


EVERYBODY = PeopleScope()


def municipalities_seen(scope: PeopleScope) -> list[Organisation]:
    """The municipalities of the region in a scope, by name; one query."""
    every = all_organisations(OrganisationKind.MUNICIPALITY)
    ids = scope.organisation_ids
    return [one for one in every if ids is None or one.id in ids]


@dataclass(frozen=True)
class PeopleSearch:
    """What a list is narrowed to: words of a name or address, and an office that is not over."""

    words: str = ""
    organisation_id: int | None = None
    audience: Audience | None = None


class ListedPerson(NamedTuple):
    """A line of the people's list: name as one reads it, address, and what the offices give."""

    name: str
    address: str | None
    organisations: list[str]
    audiences: list[Audience]


def people_seen(scope: PeopleScope) -> Select[Person]:
    """The people in a scope: with an office there, now or before (decision "Openness")."""
    statement = select(Person)
    if scope.organisation_ids is None:
        return statement
    return statement.where(_office_exists(Office.organisation_id.in_(scope.organisation_ids)))


def find_seen(public_id: uuid.UUID, scope: PeopleScope) -> Person | None:
    """One person, if in the scope; with offices."""
    statement = people_seen(scope).options(*WITH_OFFICES).where(Person.public_id == public_id)
    return db.session.scalars(statement).first()


def find_office(person: Person, public_id: uuid.UUID) -> Office | None:
    """One office of a person."""
    statement = select(Office).where(Office.person_id == person.id, Office.public_id == public_id)
    return db.session.scalars(statement).first()


def people_found(scope: PeopleScope, search: PeopleSearch, today: date) -> Select[Person]:
    """The people in a scope that fit a search, sorted by last name, with their offices."""
    statement = people_seen(scope).options(*WITH_OFFICES).where(*_words(search.words))
    if search.organisation_id is not None or search.audience is not None:
        statement = statement.where(_office_fits(scope, search, today))
    return statement.order_by(Person.sort_key, Person.id)


def listed_people(scope: PeopleScope, today: date) -> list[ListedPerson]:
    """Everybody in the scope as the export lists them, in two queries however many there are."""
    offices = _offices_on(scope, today)
    columns = (Person.id, Person.first_name, Person.prefix, Person.last_name)
    addresses = func.coalesce(Person.email, Person.contact_email)
    seen = people_seen(scope).with_only_columns(*columns, addresses)
    rows = db.session.execute(seen.order_by(Person.sort_key, Person.id))
    return [
        ListedPerson(" ".join(part for part in names if part), address, *offices[person_id])
        for person_id, *names, address in rows
    ]


def count_holders(day: date) -> dict[int, int]:
    """By organisation id: how many people hold an office in it on a day; none is left out."""
    statement = (
        select(Office.organisation_id, func.count(Office.person_id.distinct()))
        .where(*Office.held_on(day))
        .group_by(Office.organisation_id)
    )
    return {organisation_id: count for organisation_id, count in db.session.execute(statement)}


WITH_OFFICES = (
    selectinload(Person.offices).joinedload(Office.organisation),
    selectinload(Person.offices).joinedload(Office.kind),
)


def _offices_on(
    scope: PeopleScope, today: date
) -> defaultdict[int, tuple[list[str], list[Audience]]]:
    """By person: organisations and groups of the offices held on a day, each once."""
    found: defaultdict[int, tuple[list[str], list[Audience]]] = defaultdict(lambda: ([], []))
    for person_id, organisation, audience in db.session.execute(_held_on(scope, today)):
        organisations, audiences = found[person_id]
        if organisation not in organisations:
            organisations.append(organisation)
        if audience is not None and audience not in audiences:
            audiences.append(audience)
    return found


def _held_on(scope: PeopleScope, day: date) -> Select[int, str, Audience | None]:
    of_office = and_(
        OfficeAudience.office_kind_id == Office.kind_id,
        OfficeAudience.organisation_kind == Organisation.kind,
    )
    statement = (
        select(Office.person_id, Organisation.name, OfficeAudience.audience)
        .join(Organisation, Organisation.id == Office.organisation_id)
        .outerjoin(OfficeAudience, of_office)
        .where(*Office.held_on(day))
        .order_by(Office.starts_on, Office.id)
    )
    if scope.organisation_ids is not None:
        statement = statement.where(Office.organisation_id.in_(scope.organisation_ids))
    return statement


def _words(words: str) -> list[ColumnElement[bool]]:
    """Every word stands somewhere in the name or in an address."""
    return [
        or_(
            Person.sort_key.contains(word, autoescape=True),
            func.lower(Person.prefix).contains(word, autoescape=True),
            Person.email.contains(word, autoescape=True),
            Person.contact_email.contains(word, autoescape=True),
        )
        for word in words_of(folded(words))
    ]


def _office_fits(scope: PeopleScope, search: PeopleSearch, today: date) -> ColumnElement[bool]:
    """One office that is not over fits the whole search."""
    conditions: list[ColumnElement[bool]] = [or_(Office.ends_on.is_(None), Office.ends_on >= today)]
    if scope.organisation_ids is not None:
        conditions.append(Office.organisation_id.in_(scope.organisation_ids))
    if search.organisation_id is not None:
        conditions.append(Office.organisation_id == search.organisation_id)
    if search.audience is not None:
        conditions.append(_gives(search.audience))
    return _office_exists(*conditions)


def _gives(audience: Audience) -> ColumnElement[bool]:
    return exists().where(
        and_(
            Organisation.id == Office.organisation_id,
            OfficeAudience.organisation_kind == Organisation.kind,
            OfficeAudience.office_kind_id == Office.kind_id,
            OfficeAudience.audience == audience,
        )
    )


def _office_exists(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Office.person_id == Person.id, *conditions)
