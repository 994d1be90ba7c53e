"""Everybody at once, for an import: read in a few queries, written in a few, however many rows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import insert, or_, select, union, update

from kwartaal.db import db
from kwartaal.models.body import Membership
from kwartaal.models.person import Office, Person, RoleGrant

Values = Mapping[str, Any]


class KnownPerson(NamedTuple):
    """A stored person."""

    id: int
    first_name: str
    prefix: str
    last_name: str
    email: str | None
    contact_email: str | None
    phone: str | None


class KnownOffice(NamedTuple):
    """A stored office, by the keys of what it is about."""

    id: int
    person_id: int
    organisation_id: int
    kind_id: int
    starts_on: date
    ends_on: date | None


def known_people() -> list[KnownPerson]:
    """All people."""
    columns = [getattr(Person, name) for name in KnownPerson._fields]
    return [KnownPerson(*row) for row in db.session.execute(select(*columns))]


def known_offices() -> list[KnownOffice]:
    """All offices, first begun first."""
    columns = [getattr(Office, name) for name in KnownOffice._fields]
    statement = select(*columns).order_by(Office.starts_on, Office.id)
    return [KnownOffice(*row) for row in db.session.execute(statement)]


def people_with_duties(today: date) -> set[int]:
    """Who has a role, or is a member of a body today or from a later day."""
    members = select(Membership.person_id).where(
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
    )
    return set(db.session.scalars(union(select(RoleGrant.person_id), members)))


def insert_people(values: Sequence[Values]) -> list[int]:
    """Store new people; their ids, in the same order.

    The keys are made here and lead back to the rows: SQLite promises no order of what it returns,
    and one statement for each row would take minutes.
    """
    if not values:
        return []
    keyed = [{**one, "public_id": uuid.uuid4()} for one in values]
    statement = insert(Person).returning(Person.public_id, Person.id)
    ids = {key: number for key, number in db.session.execute(statement, keyed)}
    return [ids[one["public_id"]] for one in keyed]


def update_people(values: Sequence[Values]) -> None:
    """Change people; each has an `id` and the same names."""
    if values:
        db.session.execute(update(Person), list(values))


def insert_offices(values: Sequence[Values]) -> None:
    """Store new offices."""
    if values:
        db.session.execute(insert(Office), list(values))


def update_offices(values: Sequence[Values]) -> None:
    """Change offices; each has an `id` and the same names."""
    if values:
        db.session.execute(update(Office), list(values))
