"""When registering for public meetings opens and closes, as calendars have it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, String, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db, enum_type
from kwartaal.models.meeting import Meeting, MeetingState


class DeadlineKind(StrEnum):
    """The two ends of the time in which one can register; the values are part of a UID."""

    OPENS = "registration-opens"
    CLOSES = "registration-closes"


class PublicDeadline(Model):
    """A moment that outsiders could read; the row stays when the moment is gone.

    These moments count without a new version, so what readers saw last is kept here, with a
    SEQUENCE that rises only when they see something else. The title is empty when the meeting was
    closed: then nothing but the moment is told.
    """

    __tablename__ = "public_deadline"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[DeadlineKind] = mapped_column(enum_type(DeadlineKind), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))  # of the meeting
    moment: Mapped[datetime] = mapped_column(UtcDateTime)
    is_off: Mapped[bool]
    sequence: Mapped[int] = mapped_column(default=0)
    revised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    meeting: Mapped[Meeting] = relationship()


def note_deadlines(meeting: Meeting, title: str, now: datetime) -> bool:
    """Keep what readers see of both moments from now on; true when that is something else.

    `title` is the one readers see. A closed meeting gets no rows, and those it has tell nothing.
    """
    rows = {row.kind: row for row in _rows_of(meeting.id)}
    return any([_note(kind, rows.get(kind), meeting, title, now) for kind in DeadlineKind])


def public_deadlines(which: ColumnElement[bool] | None = None) -> list[PublicDeadline]:
    """Those that outsiders know of, if wanted only of some meetings; each with its meeting."""
    statement = (
        select(PublicDeadline)
        .join(PublicDeadline.meeting)
        .options(contains_eager(PublicDeadline.meeting))
        .order_by(PublicDeadline.moment, PublicDeadline.meeting_id)
    )
    return list(db.session.scalars(statement if which is None else statement.where(which)))


def _rows_of(meeting_id: int) -> list[PublicDeadline]:
    statement = select(PublicDeadline).where(PublicDeadline.meeting_id == meeting_id)
    return list(db.session.scalars(statement))


def _note(
    kind: DeadlineKind, row: PublicDeadline | None, meeting: Meeting, title: str, now: datetime
) -> bool:
    moment = _moment(kind, meeting)
    if row is None and moment is not None:
        row = _new(kind, meeting, title, moment, now)
        db.session.add(row)
        return True
    if row is None:
        return False
    # What is gone keeps the moment it had (RFC 5545 section 3.8.1.11).
    shown = (title if meeting.is_public else "", moment or row.moment, moment is None)
    if shown == (row.title, row.moment, row.is_off):
        return False
    row.title, row.moment, row.is_off = shown
    row.sequence, row.revised_at = row.sequence + 1, now
    return True


def _new(
    kind: DeadlineKind, meeting: Meeting, title: str, moment: datetime, now: datetime
) -> PublicDeadline:
    return PublicDeadline(
        meeting_id=meeting.id,
        kind=kind,
        title=title,
        moment=moment,
        is_off=False,
        revised_at=now,
        created_at=now,
    )


def _moment(kind: DeadlineKind, meeting: Meeting) -> datetime | None:
    """None when outsiders know of none: without a programme, called off, or closed."""
    if meeting.state != MeetingState.PUBLISHED or not meeting.is_public:
        return None
    if kind == DeadlineKind.OPENS:
        return meeting.registration_opens_at
    return meeting.registration_closes_at
