"""One registration through the product's operation against the raw transaction it needs."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from kwartaal.db import begin_writing, db
from kwartaal.domain import registrations
from kwartaal.domain.registrations import Wish
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem

TIMES = 100


def measure(app: Flask) -> tuple[float, float]:
    """Registrations per second of (product, raw), one after the other, in turn."""
    spent = [0.0, 0.0]
    with app.app_context():
        meeting_id = db.session.scalar(sa.select(Meeting.id))
        workshop = sa.select(ProgrammeItem.id).where(ProgrammeItem.kind == ItemKind.WORKSHOP)
        workshop_id = db.session.scalars(workshop).first()
        people = list(db.session.scalars(sa.select(Person.id).where(Person.offices.any())))
        db.session.rollback()
        for number in range(TIMES):
            spent[0] += _timed(_product, meeting_id, workshop_id, people[2 * number])
            spent[1] += _timed(_raw, meeting_id, workshop_id, people[2 * number + 1])
        db.session.remove()
    return TIMES / spent[0], TIMES / spent[1]


def _timed(work: Any, *ids: int) -> float:
    start = time.perf_counter()
    work(*ids)
    return time.perf_counter() - start


def _product(meeting_id: int, workshop_id: int, person_id: int) -> None:
    begin_writing()
    person = db.session.get_one(Person, person_id)
    meeting = db.session.get_one(Meeting, meeting_id)
    workshop = db.session.get_one(ProgrammeItem, workshop_id)
    wish = Wish(person.offices[0], (workshop,))
    registrations.register(meeting, person, wish, datetime.now(UTC))
    db.session.commit()


def _raw(meeting_id: int, workshop_id: int, person_id: int) -> None:
    """Lock, check, insert, count, note the mail, commit: on the driver, without the rules."""
    now = datetime.now(UTC)
    values = {"m": meeting_id, "w": workshop_id, "p": person_id, "now": now.isoformat(sep=" ")}
    with db.engine.connect().execution_options(begin_statement="BEGIN IMMEDIATE") as raw:
        for table, key in (("meeting", "m"), ("programme_item", "w")):
            raw.exec_driver_sql(
                f"UPDATE {table} SET taken = taken + 1, next_seq = next_seq + 1 "
                f"WHERE id = {values[key]} AND taken < 100000 RETURNING taken"
            ).one()
        registration = raw.execute(INSERT_REGISTRATION, values | {"u": uuid.uuid4().hex}).scalar()
        raw.execute(INSERT_CHOICE, values | {"r": registration})
        raw.execute(INSERT_MAIL, values | {"u": uuid.uuid4().hex, "k": f"raw:{person_id}"})
        raw.commit()


INSERT_REGISTRATION = sa.text(
    "INSERT INTO registration (public_id, meeting_id, person_id, state, seq, revision, changed_at, "
    "created_at, office_name, organisation_name) "
    "VALUES (:u, :m, :p, 'placed', 0, 1, :now, :now, 'raadslid', 'Papendrecht') RETURNING id"
)
INSERT_CHOICE = sa.text(
    "INSERT INTO choice (registration_id, meeting_id, item_id, round_id, state, seq, revision, "
    "changed_at) SELECT :r, :m, id, round_id, 'placed', 0, 1, :now FROM programme_item "
    "WHERE id = :w"
)
INSERT_MAIL = sa.text(
    "INSERT INTO outbox_mail (public_id, kind, person_id, dedupe_key, meeting_id, created_at, "
    "due_at, attempts, last_error) VALUES (:u, 'registered', :p, :k, :m, :now, :now, 0, '')"
)
