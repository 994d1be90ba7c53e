"""What was cancelled and is on again: calendars have to count both (RFC 5546 section 2.1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ProgrammeItem


class Restoration(Model):
    """From when until when a workshop, or without an item the whole meeting, was off.

    A meeting that outsiders could not read for a while was off for them.
    """

    __tablename__ = "restoration"
    __table_args__ = (CheckConstraint("restored_at >= cancelled_at", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id", ondelete="CASCADE"))
    cancelled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    restored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(400))  # why it was off

    meeting: Mapped[Meeting] = relationship(back_populates="restorations")

    def was_off(self, moment: datetime) -> bool:
        """From the moment of cancelling until just before that of restoring."""
        return self.cancelled_at <= moment < self.restored_at


def keep_restoration(meeting: Meeting, item: ProgrammeItem | None, now: datetime) -> None:
    """Remember how long a meeting or a workshop was off, for the calendars, and let it be on."""
    off = item or meeting
    row = Restoration(
        meeting=meeting,
        item_id=item.id if item else None,
        cancelled_at=off.cancelled_at,
        restored_at=now,
        reason=off.cancel_reason,
    )
    off.cancelled_at, off.cancel_reason = None, ""
    db.session.add(row)


def was_gone(meeting: Meeting, since: datetime, now: datetime) -> None:
    """Remember from when until now outsiders could not read a meeting, for the calendars."""
    db.session.add(Restoration(meeting=meeting, cancelled_at=since, restored_at=now, reason=""))


def read_restorations(meeting_ids: Iterable[int]) -> None:
    """Read those of many meetings at once: two queries, instead of one for each meeting."""
    statement = select(Meeting).where(Meeting.id.in_(list(meeting_ids)))
    db.session.scalars(statement.options(selectinload(Meeting.restorations))).all()
