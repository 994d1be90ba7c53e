"""Publications: numbered, frozen versions of a meeting's programme and agenda."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    Subquery,
    UniqueConstraint,
    and_,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person

ANNOUNCEMENT = 0  # the number of the version that holds only date and place


class Publication(Model):
    """One version: what readers see from that moment until the next. Never changed.

    Number 0 is the announcement, 1 the first version with a programme. `content` is what
    kwartaal.domain.snapshots.snapshot() gives; `content_hash` is the SHA-256 of its canonical JSON.
    """

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("number >= 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))

    meeting: Mapped[Meeting] = relationship()
    publisher: Mapped[Person] = relationship()

    @property
    def is_announcement(self) -> bool:
        return self.number == ANNOUNCEMENT


def add_version(publication: Publication) -> None:
    """Keep a version; its number is checked by the database."""
    db.session.add(publication)


def find_latest(meeting_id: int) -> Publication | None:
    """The version readers see now; None for a concept."""
    statement = (
        select(Publication)
        .where(Publication.meeting_id == meeting_id)
        .order_by(Publication.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def find_version(meeting_id: int, number: int) -> Publication | None:
    """One version with a programme, by the number that its address names."""
    statement = select(Publication).where(
        Publication.meeting_id == meeting_id,
        Publication.number == number,
        Publication.number != ANNOUNCEMENT,
    )
    return db.session.scalars(statement).first()


def versions_of(meeting_id: int) -> list[Publication]:
    """Every version with its content, the announcement too, oldest first."""
    statement = (
        select(Publication).where(Publication.meeting_id == meeting_id).order_by(Publication.number)
    )
    return list(db.session.scalars(statement))


def published_moments(meeting_id: int) -> list[tuple[int, datetime]]:
    """(number, moment) of every version with a programme, newest first; without their content."""
    statement = (
        select(Publication.number, Publication.published_at)
        .where(Publication.meeting_id == meeting_id, Publication.number != ANNOUNCEMENT)
        .order_by(Publication.number.desc())
    )
    return [(number, moment) for number, moment in db.session.execute(statement)]


def published_by(meeting_id: int) -> list[tuple[int, datetime, str]]:
    """(number, moment, who) of every version, the announcement too, newest first; for the desk."""
    statement = (
        select(Publication.number, Publication.published_at, Person)
        .join(Person, Person.id == Publication.publisher_id)
        .where(Publication.meeting_id == meeting_id)
        .order_by(Publication.number.desc())
    )
    rows = db.session.execute(statement)
    return [(number, moment, person.full_name) for number, moment, person in rows]


def find_latest_of(meeting_ids: Iterable[int]) -> dict[int, Publication]:
    """The versions readers see now, by meeting; one query."""
    newest = _newest_of(meeting_ids)
    statement = select(Publication).join(newest, _is_one_of(newest))
    return {publication.meeting_id: publication for publication in db.session.scalars(statement)}


def published_titles(meeting_ids: Iterable[int]) -> dict[int, str]:
    """The title readers see, by meeting; one query, without the rest of the content."""
    newest = _newest_of(meeting_ids)
    statement = select(Publication.meeting_id, Publication.content["title"].as_string()).join(
        newest, _is_one_of(newest)
    )
    return {meeting_id: title for meeting_id, title in db.session.execute(statement)}


@dataclass(frozen=True)
class Heading:
    """What lists show of a version; no place when it is online or follows."""

    title: str
    place: str | None
    is_digital: bool


def published_headings(meeting_ids: Iterable[int]) -> dict[int, Heading]:
    """Title and place as readers know them, by meeting; one query."""
    newest = _newest_of(meeting_ids)
    content = Publication.content
    statement = select(
        Publication.meeting_id,
        content["title"].as_string(),
        content[("venue", "name")].as_string(),
        content[("venue", "town")].as_string(),
        content["is_digital"].as_boolean(),
    ).join(newest, _is_one_of(newest))
    return {
        meeting_id: Heading(title, f"{name}, {town}" if name else None, bool(is_digital))
        for meeting_id, title, name, town, is_digital in db.session.execute(statement)
    }


def _newest_of(meeting_ids: Iterable[int]) -> Subquery:
    return (
        select(Publication.meeting_id, func.max(Publication.number).label("number"))
        .where(Publication.meeting_id.in_(list(meeting_ids)))
        .group_by(Publication.meeting_id)
        .subquery()
    )


def _is_one_of(newest: Subquery) -> ColumnElement[bool]:
    return and_(
        Publication.meeting_id == newest.c.meeting_id, Publication.number == newest.c.number
    )
