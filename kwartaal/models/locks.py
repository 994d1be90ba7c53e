"""The rows a registration locks, each first touched by a writing statement.

An UPDATE … RETURNING is the lock on PostgreSQL and takes SQLite's write lock, so one code is
right on both (decision 0006). The order is always: meeting, registrations ascending, items
ascending; every function returns rows read afresh under the lock. Choices have no lock of their
own: they change under the lock of their item, or, while they are wishes, of their registration.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, ScalarResult, select, update
from sqlalchemy.orm import Mapped
from sqlalchemy.orm.attributes import set_committed_value

from kwartaal.db import db, upsert
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.registration import (
    REGISTERED,
    Choice,
    ChoiceState,
    Registration,
    RegistrationState,
)

FRESH = {"populate_existing": True}
# An UPDATE returns the row as it is now: SQLAlchemy need not look for it in the whole session.
LOCKED = FRESH | {"synchronize_session": False}
T = TypeVar("T", Meeting, Registration, Speaker, ProgrammeItem)


def lock_meeting(meeting_id: int) -> Meeting:
    """The meeting's row, when a place in the meeting is taken, awaited or freed."""
    return _held(Meeting, meeting_id, next_seq=Meeting.next_seq + 1).one()


def lock_own_registration(meeting_id: int, person_id: int, now: datetime) -> Registration:
    """The row of person × meeting, made when it was not there."""
    statement = (
        upsert(Registration)
        .values(
            meeting_id=meeting_id,
            person_id=person_id,
            state=RegistrationState.WITHDRAWN,
            changed_at=now,
            created_at=now,
        )
        .on_conflict_do_update(
            index_elements=["meeting_id", "person_id"],
            set_={"revision": Registration.revision},
        )
        .returning(Registration)
    )
    registration = db.session.scalars(statement, execution_options=FRESH).one()
    _read_choices([registration])
    return registration


def lock_registrations(ids: Iterable[int]) -> list[Registration]:
    """Existing registrations with their choices, ascending."""
    locked = [_lock_registration(registration_id) for registration_id in sorted(set(ids))]
    _read_choices(locked)
    return locked


def lock_everybody(meeting_id: int) -> None:
    """All registrations of a locked meeting: who changes one now has finished, or waits for us."""
    statement = (
        update(Registration)
        .where(Registration.meeting_id == meeting_id)
        .values(revision=Registration.revision)
    )
    db.session.execute(statement, execution_options={"synchronize_session": False})


def lock_items(
    ids: Iterable[int], holders: Iterable[Registration] = ()
) -> dict[int, ProgrammeItem]:
    """Programme items by id, locked ascending; an item that is gone is left out.

    The choices of `holders` are read again: while we waited for an item, its lock's holder may
    have given them a place there, and that needs no lock on their registration.
    """
    found = [_lock_item(item_id) for item_id in sorted(set(ids))]
    items = {item.id: item for item in found if item is not None}
    whose = list(holders)
    if items and whose:
        _read_choices(whose)
    return items


def lock_marked(whom: Registration | Speaker) -> None:
    """Whom a mark is about, read afresh: what is said of one person is said one after the other."""
    if isinstance(whom, Registration):
        _lock_registration(whom.id)
    else:
        _held(Speaker, whom.id, position=Speaker.position).one()


def is_live(meeting_id: int, person_id: int) -> bool:
    """Whether somebody seems registered; a hint read without a lock, to be checked under one."""
    statement = select(Registration.state).where(
        Registration.meeting_id == meeting_id, Registration.person_id == person_id
    )
    state = db.session.scalar(statement)
    return state in REGISTERED


def fresh_meeting(meeting_id: int) -> Meeting:
    """The meeting read again, without a lock; whoever cancels it calls lock_everybody()."""
    return db.session.get_one(Meeting, meeting_id, populate_existing=True)


def fresh_registration(meeting_id: int, person_id: int) -> Registration | None:
    """The registration of somebody; its state is stable while the meeting is locked."""
    statement = select(Registration).where(
        Registration.meeting_id == meeting_id, Registration.person_id == person_id
    )
    return db.session.scalars(statement, execution_options=FRESH).first()


def first_waiting_registrations(meeting_id: int, count: int) -> list[Registration]:
    """Those first in line for the meeting; stable while the meeting is locked."""
    statement = (
        select(Registration)
        .where(
            Registration.meeting_id == meeting_id,
            Registration.state == RegistrationState.WAITING,
        )
        .order_by(Registration.seq, Registration.id)
        .limit(count)
    )
    return list(db.session.scalars(statement, execution_options=FRESH))


def next_waiting_choice(item_id: int) -> Choice | None:
    """First in line for an item; stable while the item is locked."""
    statement = (
        select(Choice)
        .where(Choice.item_id == item_id, Choice.state == ChoiceState.WAITING)
        .order_by(Choice.seq, Choice.id)
        .limit(1)
    )
    return db.session.scalars(statement, execution_options=FRESH).first()


def awaited_item_ids(meeting_id: int) -> list[int]:
    """The items of a meeting that somebody waits for; a hint read without a lock."""
    statement = select(ProgrammeItem.id).where(
        ProgrammeItem.meeting_id == meeting_id, ProgrammeItem.waiting > 0
    )
    return list(db.session.scalars(statement))


def ended_in(item_id: int) -> list[int]:
    """Registrations with a choice that ended when an item was cancelled; more cannot come while
    the meeting is locked.
    """
    statement = select(Choice.registration_id).where(
        Choice.item_id == item_id, Choice.ended_as.is_not(None)
    )
    return list(db.session.scalars(statement))


def fresh_choice(choice: Choice) -> Choice:
    """A choice read again, under the lock of its item."""
    return db.session.get_one(Choice, choice.id, populate_existing=True)


def settle() -> None:
    """Write what was freed before what is taken: the unique indexes look at each row as it goes."""
    db.session.flush()


def _lock_registration(registration_id: int) -> Registration:
    return _held(Registration, registration_id, revision=Registration.revision).one()


def _lock_item(item_id: int) -> ProgrammeItem | None:
    return _held(ProgrammeItem, item_id, next_seq=ProgrammeItem.next_seq + 1).one_or_none()


def _held(
    table: type[T], row_id: int, **written: ColumnElement[int] | Mapped[int]
) -> ScalarResult[T]:
    """A row, read afresh by the statement that writes it."""
    statement = update(table).where(table.id == row_id).values(**written).returning(table)
    return db.session.scalars(statement, execution_options=LOCKED)


def _read_choices(registrations: list[Registration]) -> None:
    """Read all choices of these registrations afresh, in one query."""
    by_registration: dict[int, list[Choice]] = {one.id: [] for one in registrations}
    statement = (
        select(Choice).where(Choice.registration_id.in_(by_registration)).order_by(Choice.item_id)
    )
    for choice in db.session.scalars(statement, execution_options=FRESH):
        by_registration[choice.registration_id].append(choice)
    for registration in registrations:
        set_committed_value(registration, "choices", by_registration[registration.id])
