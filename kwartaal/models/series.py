"""Series of meetings, and what an agenda item of one can be for."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, enum_type
from kwartaal.models.body import Body
from kwartaal.models.openness import Openness


class Series(Model):
    """Meetings of one kind: the kwartaalbijeenkomsten, or those of a body (M-1 to M-18)."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    description: Mapped[str] = mapped_column(String(2000), default="")
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    # What a new meeting of the series starts with; each meeting has its own.
    openness: Mapped[Openness] = mapped_column(enum_type(Openness), default=Openness.OPENBAAR)

    body: Mapped[Body | None] = relationship()
    purposes: Mapped[list[Purpose]] = relationship(
        order_by="Purpose.position", cascade="all, delete-orphan"
    )


class Purpose(Model):
    """What an agenda item is for: informeren, beeldvorming …; per series, as data (KB-8)."""

    __tablename__ = "purpose"
    __table_args__ = (UniqueConstraint("series_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
