"""Two doors of one meeting: people who are registered, and two clerks who mark the same ones."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import func, select

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, MarkKind
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.meeting import Meeting
from kwartaal.models.people_list import EVERYBODY
from kwartaal.models.person import Role
from kwartaal.models.registration import Registration, RegistrationState
from tests.attendance_samples import everybody_on
from tests.conftest import NOON
from tests.factories import staff
from tests.races.crowd import Visitor, open_race, sign_in

Fact = tuple[bool, bool, bool]


@dataclass(frozen=True)
class Doors:
    """A meeting with registrations by public id, and the clerk of each door."""

    app: Flask
    meeting_id: int
    slug: str
    people: tuple[str, ...]
    clerks: tuple[Visitor, Visitor]

    @property
    def address(self) -> str:
        return f"/beheer/bijeenkomsten/{self.slug}/aanwezigheid"

    def say(self, door: int, who: str, kind: MarkKind, key: uuid.UUID | None = None) -> bytes:
        fields = {"key": str(key or uuid.uuid4()), "said": kind.value}
        return self.clerks[door].post(f"{self.address}/{who}", **fields)

    def everybody(self, *kinds: MarkKind) -> list[bytes]:
        """For everybody one request per kind; the second kind from the second door."""
        return [self.say(door, who, kind) for who in self.people for door, kind in enumerate(kinds)]

    def facts(self) -> list[Fact]:
        """Of everybody on the list: was seen, is late, has left."""
        with self.app.app_context():
            meeting = db.session.get_one(Meeting, self.meeting_id)
            people = everybody_on(Attendance(meeting, EVERYBODY))
            return [(one.is_present, one.is_late, one.left_at is not None) for one in people]

    def marks(self) -> int:
        with self.app.app_context():
            of_meeting = AttendanceMark.meeting_id == self.meeting_id
            statement = select(func.count()).select_from(AttendanceMark).where(of_meeting)
            return db.session.scalar(statement) or 0

    def stored(self, keys: Iterable[uuid.UUID]) -> set[uuid.UUID]:
        """Those of these marks that the database has."""
        with self.app.app_context():
            found = select(AttendanceMark.key).where(AttendanceMark.key.in_(list(keys)))
            return set(db.session.scalars(found))


def open_doors(app: Flask, visitors: Iterable[Visitor]) -> Doors:
    """A published meeting for which these people are registered."""
    race = open_race(app, None)
    with app.app_context():
        clerks = [staff(Role.ORGANISATOR), staff(Role.ORGANISATOR)]
        db.session.add_all(clerks)
        db.session.flush()
        registered = [_registered(race.meeting_id, visitor) for visitor in visitors]
        db.session.add_all(registered)
        db.session.get_one(Meeting, race.meeting_id).taken = len(registered)
        signed_in = (sign_in(app, clerks[0]), sign_in(app, clerks[1]))
        db.session.commit()
        people = tuple(str(one.public_id) for one in registered)
    return Doors(app, race.meeting_id, race.slug, people, signed_in)


def _registered(meeting_id: int, visitor: Visitor) -> Registration:
    return Registration(
        meeting_id=meeting_id,
        person_id=visitor.person_id,
        state=RegistrationState.PLACED,
        changed_at=NOON,
        created_at=NOON,
    )
