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
    update,
)
from sqlalchemy.orm import Mapped, defer, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person

ANNOUNCEMENT = 0  # the number of the version that holds only date and place
SHORT_HASH = 12


class Publication(Model):
    """One version: what readers see from that moment until the next. The database refuses to change
    its content, except that of the announcement, which has no page of its own and is written again
    when it moves.

    Number 0 is the announcement, 1 the first version with a programme. `content` is what
    kwartaal.domain.snapshots.snapshot() gives; `content_hash` is the SHA-256 of its canonical JSON.
    A version that was retracted keeps its number and is for staff only.
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
    note: Mapped[str] = mapped_column(String(400), default="", server_default="")  # for readers
    retracted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restores: Mapped[
        int | None
    ]  # the number whose content came back when a later one was retracted
    # How many people got a mail about its changes, and how many it concerned without one.
    told: Mapped[int | None]
    untold: Mapped[int | None]

    meeting: Mapped[Meeting] = relationship()
    publisher: Mapped[Person] = relationship()

    @property
    def is_announcement(self) -> bool:
        return self.number == ANNOUNCEMENT

    @property
    def is_retracted(self) -> bool:
        return self.retracted_at is not None

    @property
    def short_hash(self) -> str:
        """Enough of the hash for people to see that two versions are the same."""
        return self.content_hash[:SHORT_HASH]


def add_version(publication: Publication) -> None:
    """Keep a version; its number is checked by the database."""
    db.session.add(publication)


def find_latest(meeting_id: int) -> Publication | None:
    """The version readers see now; None for a concept."""
    statement = (
        select(Publication)
        .where(Publication.meeting_id == meeting_id, Publication.retracted_at.is_(None))
        .order_by(Publication.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def find_version(meeting_id: int, number: int) -> Publication | None:
    """One version with a programme, retracted or not, by the number that its address names."""
    statement = select(Publication).where(
        Publication.meeting_id == meeting_id,
        Publication.number == number,
        Publication.number != ANNOUNCEMENT,
    )
    return db.session.scalars(statement).first()


def versions_of(meeting_id: int) -> list[Publication]:
    """Every version with its content, the announcement and retracted ones too, oldest first."""
    statement = (
        select(Publication).where(Publication.meeting_id == meeting_id).order_by(Publication.number)
    )
    return list(db.session.scalars(statement))


def versions_by_meeting(meeting_ids: Iterable[int]) -> dict[int, list[Publication]]:
    """The same for many meetings; one query."""
    statement = (
        select(Publication)
        .where(Publication.meeting_id.in_(list(meeting_ids)))
        .order_by(Publication.meeting_id, Publication.number)
    )
    versions: dict[int, list[Publication]] = {}
    for version in db.session.scalars(statement):
        versions.setdefault(version.meeting_id, []).append(version)
    return versions


@dataclass(frozen=True)
class ListedVersion:
    """A version without its content. The publisher, the hash and the counts are for the desk."""

    number: int
    published_at: datetime
    publisher: str
    note: str
    short_hash: str
    is_retracted: bool
    restores: int | None
    told: int | None
    untold: int | None


def listed_versions(meeting_id: int) -> list[ListedVersion]:
    """Every version of a meeting, the announcement too, newest first; one query."""
    statement = (
        select(Publication, Person)
        .join(Person, Person.id == Publication.publisher_id)
        .options(defer(Publication.content))
        .where(Publication.meeting_id == meeting_id)
        .order_by(Publication.number.desc())
    )
    return [_listed(version, person) for version, person in db.session.execute(statement)]


def _listed(version: Publication, publisher: Person) -> ListedVersion:
    return ListedVersion(
        number=version.number,
        published_at=version.published_at,
        publisher=publisher.full_name,
        note=version.note,
        short_hash=version.short_hash,
        is_retracted=version.is_retracted,
        restores=version.restores,
        told=version.told,
        untold=version.untold,
    )


def find_before(version: Publication) -> Publication | None:
    """The version that readers saw before this one; one that was retracted counts for nothing."""
    statement = (
        select(Publication)
        .where(
            Publication.meeting_id == version.meeting_id,
            Publication.number < version.number,
            Publication.retracted_at.is_(None),
        )
        .order_by(Publication.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def find_known_at(version: Publication, moment: datetime) -> Publication | None:
    """The programme that readers saw at a moment, or the first one after it; before `version`."""
    standing = select(Publication).where(
        Publication.meeting_id == version.meeting_id,
        Publication.number < version.number,
        Publication.number != ANNOUNCEMENT,
        Publication.retracted_at.is_(None),
    )
    then = standing.where(Publication.published_at <= moment).order_by(Publication.number.desc())
    return (
        db.session.scalars(then.limit(1)).first()
        or db.session.scalars(standing.order_by(Publication.number).limit(1)).first()
    )


def claim_retraction(version_id: int, now: datetime, not_before: datetime) -> bool:
    """Mark a version as retracted, once, and only when it was published at `not_before` or later.

    Of two clerks who press the button one gets true.
    """
    statement = (
        update(Publication)
        .where(
            Publication.id == version_id,
            Publication.retracted_at.is_(None),
            Publication.published_at >= not_before,
        )
        .values(retracted_at=now)
        .returning(Publication.id)
    )
    return db.session.scalar(statement) is not None


def last_number(meeting_id: int) -> int | None:
    """The highest number given, to a retracted version too; None before the first."""
    statement = select(func.max(Publication.number)).where(Publication.meeting_id == meeting_id)
    return db.session.scalar(statement)


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
        .where(Publication.meeting_id.in_(list(meeting_ids)), Publication.retracted_at.is_(None))
        .group_by(Publication.meeting_id)
        .subquery()
    )


def _is_one_of(newest: Subquery) -> ColumnElement[bool]:
    return and_(
        Publication.meeting_id == newest.c.meeting_id, Publication.number == newest.c.number
    )
