"""Meetings, the groups they admit, and the addresses they had before."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Uuid,
    delete,
    select,
    union,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db, enum_type
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.places import Places
from kwartaal.models.series import Series
from kwartaal.models.venue import Venue

if TYPE_CHECKING:
    from kwartaal.models.restoration import Restoration


class MeetingState(StrEnum):
    """The life of a meeting; "gehouden" is a published one whose end has passed."""

    CONCEPT = "concept"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Meeting(Places, Model):
    """One meeting. Its texts here are the draft; readers see the latest publication."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="period"),
        CheckConstraint("registration_closes_at <= starts_at", name="closes_before_start"),
        CheckConstraint("registration_opens_at < registration_closes_at", name="window"),
        CheckConstraint(
            "online_address = '' OR substr(online_address, 1, 8) = 'https://'",
            name="online_address",
        ),
        *Places.checks(),
        Index("ix_meeting_state_starts_at", "state", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    uid: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    introduction: Mapped[str] = mapped_column(String(4000), default="")
    note: Mapped[str] = mapped_column(String(400), default="")  # such as "the day is invented"
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"), index=True)
    is_digital: Mapped[bool] = mapped_column(default=False)
    # Where one takes part online or looks on; empty while there is none.
    online_address: Mapped[str] = mapped_column(String(500), default="", server_default="")
    openness: Mapped[Openness] = mapped_column(enum_type(Openness))
    state: Mapped[MeetingState] = mapped_column(
        enum_type(MeetingState), default=MeetingState.CONCEPT
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str] = mapped_column(String(400), default="")

    registration_opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Until then people who wait move up by themselves; after it the organiser decides.
    promotes_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # "aanmelden is open" sent
    # Who sends the appointments and reads the answers; None: the address of the installation.
    organiser_email: Mapped[str | None] = mapped_column(String(254))

    # RFC 5545 SEQUENCE and LAST-MODIFIED of what a reader sees of this meeting.
    calendar_revision: Mapped[int] = mapped_column(default=0)
    calendar_revised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    series: Mapped[Series] = relationship()
    venue: Mapped[Venue | None] = relationship()
    audiences: Mapped[list[MeetingAudience]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )
    restorations: Mapped[list[Restoration]] = relationship(
        back_populates="meeting", order_by="Restoration.restored_at", passive_deletes=True
    )

    @property
    def admitted(self) -> frozenset[Audience]:
        """The groups that may register."""
        return frozenset(row.audience for row in self.audiences)

    @property
    def place(self) -> str | None:
        """Where people come together, as it is in the draft; None when it is online or follows."""
        return self.venue.in_town if self.venue else None

    @property
    def is_public(self) -> bool:
        return self.openness == Openness.OPENBAAR

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED

    def is_held(self, now: datetime) -> bool:
        """Published, and over."""
        return self.state == MeetingState.PUBLISHED and self.ends_at <= now

    def promotes(self, now: datetime) -> bool:
        """Whether a freed place still goes to the first in line by itself."""
        until = self.promotes_until or self.starts_at
        return self.state == MeetingState.PUBLISHED and now < until

    def takes_registrations(self, now: datetime) -> bool:
        """Published and between the opening and the closing moment."""
        if self.state != MeetingState.PUBLISHED or self.registration_closes_at is None:
            return False
        return not self.opens_later(now) and now < self.registration_closes_at

    def opens_later(self, now: datetime) -> bool:
        """Published, and before the opening moment."""
        opens = self.registration_opens_at
        return self.state == MeetingState.PUBLISHED and opens is not None and now < opens


class MeetingAudience(Model):
    """A group that a meeting admits."""

    __tablename__ = "meeting_audience"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    audience: Mapped[Audience] = mapped_column(enum_type(Audience), primary_key=True)


class MeetingSlug(Model):
    """An address a meeting had before; it redirects for whoever may see the meeting."""

    __tablename__ = "meeting_slug"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )

    meeting: Mapped[Meeting] = relationship()


def store_meeting(meeting: Meeting) -> Meeting:
    """Keep a new meeting, so that it has an id and its address is taken."""
    db.session.add(meeting)
    db.session.flush()
    return meeting


def delete_meeting(meeting: Meeting) -> None:
    """Take a meeting out of the database, with everything that is only about its draft."""
    db.session.delete(meeting)


def slugs_beginning_with(start: str, but: Meeting | None = None) -> set[str]:
    """Addresses of meetings, also old ones; those of `but` are free to use again."""
    own = but.id if but is not None and but.id is not None else 0
    statement = union(
        select(Meeting.slug).where(Meeting.slug.startswith(start), Meeting.id != own),
        select(MeetingSlug.slug).where(
            MeetingSlug.slug.startswith(start), MeetingSlug.meeting_id != own
        ),
    )
    return set(db.session.scalars(statement))


def keep_old_slug(meeting: Meeting, new: str) -> None:
    """Let the present address redirect, also for another clerk's open page; free the new one."""
    db.session.execute(delete(MeetingSlug).where(MeetingSlug.slug == new))
    db.session.add(MeetingSlug(slug=meeting.slug, meeting_id=meeting.id))


def find_meeting(key: uuid.UUID) -> Meeting | None:
    """The meeting that a form with this key made before."""
    return db.session.scalars(select(Meeting).where(Meeting.public_id == key)).one_or_none()
