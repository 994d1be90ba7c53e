"""The recap of a meeting, the Vlugschrift: one page that the griffie finishes and publishes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kwartaal.db import Model, UtcDateTime, db


class Recap(Model):
    """At most one per meeting; a draft for the desk until it is published."""

    __tablename__ = "recap"
    __table_args__ = (
        CheckConstraint("(published_at IS NULL) = (published_by_id IS NULL)", name="published"),
    )

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(String(1000))
    text: Mapped[str] = mapped_column(Text)  # limited Markdown
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


def find_recap(meeting_id: int) -> Recap | None:
    return db.session.get(Recap, meeting_id)


def find_published_recap(meeting_id: int) -> Recap | None:
    """What readers may see: never a draft."""
    recap = find_recap(meeting_id)
    return recap if recap is not None and recap.is_published else None


def keep_recap(recap: Recap) -> None:
    db.session.add(recap)
