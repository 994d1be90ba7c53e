"""The numbered agenda of a meeting (the draft; readers see it in a publication)."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from kwartaal.db import Model, db, enum_type
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.series import Purpose


class AgendaItem(Model):
    """One numbered point. The number is its place in line; openness is read live, never frozen."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        Index("ix_agenda_item_meeting_id_position", "meeting_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(String(8000), default="")
    purpose_id: Mapped[int | None] = mapped_column(ForeignKey("purpose.id"))
    minutes: Mapped[int | None]
    openness: Mapped[Openness] = mapped_column(enum_type(Openness), default=Openness.OPENBAAR)
    # The griffie may let outsiders read the real title of a closed item.
    shows_title: Mapped[bool] = mapped_column(default=False)
    # Taken out of the draft. The row stays, because older versions read their openness from it.
    removed: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[Meeting] = relationship()
    purpose: Mapped[Purpose | None] = relationship()


def agenda_of(meeting_id: int) -> list[AgendaItem]:
    """The draft's agenda in order, with purposes; one query."""
    statement = (
        select(AgendaItem)
        .options(joinedload(AgendaItem.purpose))
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.removed.is_(False))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return list(db.session.scalars(statement))


def live_agenda(meeting_id: int) -> dict[int, AgendaItem]:
    """Every agenda row of a meeting by id, removed ones too: how open each is now; one query."""
    statement = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return {item.id: item for item in db.session.scalars(statement)}
