"""The same application with every guard off: the control that shows these tests can fail.

Locks become plain SELECTs and nothing is written before the end (an early flush would lock the
row it writes), SQLite is used as its driver comes (no BEGIN IMMEDIATE, no BEGIN before a read), and
the schema has no CHECK and no unique constraint or index. Nothing of this is in the package.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from kwartaal import create_app, permissions, sessions
from kwartaal.db import Base, _begin_sqlite, _prepare_sqlite, db
from kwartaal.models import locks
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import Registration, RegistrationState
from tests.conftest import SetClock, config_for


def make() -> Flask:
    take_guards_off()
    return create_app(config_for(os.environ["RACE_DATABASE_URL"], TESTING=False), SetClock())


def create_schema(url: str) -> None:
    """The tables of the models, but nothing in the database refuses what must not be."""
    loose = sa.MetaData()
    for table in Base.metadata.sorted_tables:
        copy = table.to_metadata(loose)
        kept = (sa.PrimaryKeyConstraint,)
        copy.constraints = {one for one in copy.constraints if isinstance(one, kept)}
        copy.indexes = {index for index in copy.indexes if not index.unique}
    engine = sa.create_engine(url)
    loose.create_all(engine)
    engine.dispose()


def take_guards_off() -> None:
    event.remove(Engine, "connect", _prepare_sqlite)
    event.remove(Engine, "begin", _begin_sqlite)
    event.listen(Engine, "connect", _only_wait)
    for module in (permissions, sessions):
        module.begin_writing = db.session.rollback
    replacements = {
        "lock_meeting": _read_meeting,
        "lock_own_registration": _read_own_registration,
        "_lock_registration": _read_registration,
        "_lock_item": _read_item,
        "settle": lambda: None,
    }
    for name, replacement in replacements.items():
        setattr(locks, name, replacement)
    db.session.session_factory.configure(autoflush=False)


def _only_wait(connection: Any, record: object) -> None:
    """The stock driver, but patient, so that it is the rule that fails and not the file."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA busy_timeout = 15000")


def _read_meeting(meeting_id: int) -> Meeting:
    meeting = db.session.get_one(Meeting, meeting_id, populate_existing=True)
    meeting.next_seq += 1
    return meeting


def _read_own_registration(meeting_id: int, person_id: int, now: datetime) -> Registration:
    statement = select(Registration).where(
        Registration.meeting_id == meeting_id, Registration.person_id == person_id
    )
    registration = db.session.scalars(statement, execution_options=locks.FRESH).first()
    if registration is not None:
        locks._read_choices([registration])
        return registration
    registration = Registration(
        meeting_id=meeting_id,
        person=db.session.get_one(Person, person_id),
        state=RegistrationState.WITHDRAWN,
        revision=0,
        calendar_moves=0,
        changed_at=now,
        created_at=now,
    )
    db.session.add(registration)
    return registration


def _read_registration(registration_id: int) -> Registration:
    return db.session.get_one(Registration, registration_id, populate_existing=True)


def _read_item(item_id: int) -> ProgrammeItem | None:
    item = db.session.get(ProgrammeItem, item_id, populate_existing=True)
    if item is not None:
        item.next_seq += 1
    return item
