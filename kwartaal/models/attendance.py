"""Presence, as rows that are only ever appended."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Subquery,
    Uuid,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db, upsert
from kwartaal.models.person import Person
from kwartaal.models.programme import Speaker
from kwartaal.models.registration import Registration


class AttendanceMark(Model):
    """Somebody was seen (or a mark was undone), by whom and when; the newest row counts.

    It is about a registration or about a speaker; item_id None means the meeting as a whole.
    """

    __tablename__ = "attendance_mark"
    __table_args__ = (
        CheckConstraint("(registration_id IS NULL) <> (speaker_id IS NULL)", name="about_one"),
        Index("ix_attendance_mark_meeting_id_id", "meeting_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # A key the form carries, so that a mark sent twice stays one mark.
    key: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speaker.id"), index=True)
    present: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    marked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    registration: Mapped[Registration | None] = relationship()
    speaker: Mapped[Speaker | None] = relationship()
    marked_by: Mapped[Person] = relationship()


def append_mark(
    whom: Registration | Speaker,
    meeting_id: int,
    present: bool,
    key: uuid.UUID,
    marked_by_id: int,
    now: datetime,
) -> None:
    """Write a mark down; one with the same key is there already and stays as it is."""
    speaks = isinstance(whom, Speaker)
    statement = upsert(AttendanceMark).values(
        key=key,
        meeting_id=meeting_id,
        registration_id=None if speaks else whom.id,
        speaker_id=whom.id if speaks else None,
        present=present,
        at=now,
        marked_by_id=marked_by_id,
    )
    db.session.execute(statement.on_conflict_do_nothing(index_elements=["key"]))


def newest_marks(*meeting_ids: int) -> Subquery:
    """The id of the mark that counts, by `meeting_id` and `person_id`.

    By `speaker_id` for who is only a name.

    Presence at a meeting belongs to the person, who may be registered and speak as well. A mark in
    one workshop (item_id) of somebody registered says nothing about the meeting.
    """
    person = func.coalesce(Registration.person_id, Speaker.person_id).label("person_id")
    only_a_name = case((person.is_(None), AttendanceMark.speaker_id)).label("speaker_id")
    seen = (
        select(AttendanceMark.id, AttendanceMark.meeting_id, person, only_a_name)
        .outerjoin(Registration, Registration.id == AttendanceMark.registration_id)
        .outerjoin(Speaker, Speaker.id == AttendanceMark.speaker_id)
        .where(
            AttendanceMark.meeting_id.in_(meeting_ids),
            or_(AttendanceMark.item_id.is_(None), AttendanceMark.speaker_id.is_not(None)),
        )
        .subquery()
    )
    whose = (seen.c.meeting_id, seen.c.person_id, seen.c.speaker_id)
    return select(*whose, func.max(seen.c.id).label("id")).group_by(*whose).subquery()
