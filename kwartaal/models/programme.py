"""The programme of a meeting: plenary parts, rounds with workshops, meals, speakers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from string import ascii_uppercase

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    Uuid,
    select,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, subqueryload

from kwartaal.db import Model, UtcDateTime, db, enum_type
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.places import Places
from kwartaal.models.venue import Room


class ItemKind(StrEnum):
    """What a programme item is (KB-4, KB-5)."""

    PLENARY = "plenary"
    ROUND = "round"
    WORKSHOP = "workshop"
    LUNCH = "lunch"
    DRINKS = "drinks"
    BREAK = "break"


class SignUp(StrEnum):
    """Whether people register for an item: not, freely, or up to a maximum."""

    NONE = "none"
    OPEN = "open"
    LIMITED = "limited"


class ProgrammeItem(Places, Model):
    """A part of the day. A workshop is an item inside a round; its identity survives versions."""

    __tablename__ = "programme_item"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="period"),
        CheckConstraint("(kind = 'workshop') = (round_id IS NOT NULL)", name="round"),
        CheckConstraint("(sign_up = 'limited') = (maximum IS NOT NULL)", name="sign_up"),
        CheckConstraint("kind <> 'round' OR sign_up = 'none'", name="round_sign_up"),
        CheckConstraint("setup_minutes BETWEEN 0 AND 600", name="setup_minutes"),
        CheckConstraint(
            "cancelled_at IS NULL OR (taken = 0 AND waiting = 0)", name="cancelled_is_empty"
        ),
        *Places.checks(),
        # A choice names meeting, round and item together, so that none can point astray.
        UniqueConstraint("id", "meeting_id"),
        UniqueConstraint("id", "round_id"),
        ForeignKeyConstraint(
            ["round_id", "meeting_id"], ["programme_item.id", "programme_item.meeting_id"]
        ),
        Index("ix_programme_item_meeting_id_starts_at", "meeting_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    uid: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    round_id: Mapped[int | None] = mapped_column(index=True)
    kind: Mapped[ItemKind] = mapped_column(enum_type(ItemKind))
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(String(4000), default="")
    theme: Mapped[str] = mapped_column(String(60), default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    # How long before its start the item needs its room: the kitchen, a stage, chairs.
    setup_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    position: Mapped[int] = mapped_column(default=0)  # order among workshops of one round
    sign_up: Mapped[SignUp] = mapped_column(enum_type(SignUp), default=SignUp.NONE)
    # A workshop or a meal that is off. It counts at once, whatever version readers see.
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str] = mapped_column(String(400), default="")
    # The id of the full workshop that this is a second session of; it may be gone by now.
    repeats: Mapped[int | None]

    meeting: Mapped[Meeting] = relationship(foreign_keys=[meeting_id])
    room: Mapped[Room | None] = relationship()
    round: Mapped[ProgrammeItem | None] = relationship(
        back_populates="workshops",
        remote_side=[id],
        primaryjoin="foreign(ProgrammeItem.round_id) == remote(ProgrammeItem.id)",
    )
    workshops: Mapped[list[ProgrammeItem]] = relationship(
        back_populates="round",
        primaryjoin="ProgrammeItem.id == foreign(remote(ProgrammeItem.round_id))",
        order_by="ProgrammeItem.position, ProgrammeItem.id",
    )
    speakers: Mapped[list[Speaker]] = relationship(
        back_populates="item", order_by="Speaker.position", cascade="all, delete-orphan"
    )

    @property
    def is_workshop(self) -> bool:
        return self.kind == ItemKind.WORKSHOP

    @property
    def stands_alone(self) -> bool:
        """Whether it can be cancelled by itself: it is a workshop, or people sign up for it.

        What is plenary is what the meeting is for, and a round is no more than its workshops.
        """
        if self.kind in (ItemKind.PLENARY, ItemKind.ROUND):
            return False
        return self.is_workshop or self.sign_up != SignUp.NONE

    @property
    def takes_sign_up(self) -> bool:
        return self.sign_up != SignUp.NONE and not self.is_cancelled

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def needs_room_from(self) -> datetime:
        """The start, or the moment at which setting up begins."""
        return self.starts_at - timedelta(minutes=self.setup_minutes or 0)


class Speaker(Model):
    """A part somebody plays in an item (speaker, facilitator); it takes no seat."""

    __tablename__ = "speaker"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("programme_item.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    part: Mapped[str] = mapped_column(String(80), default="")  # such as "gespreksleider"
    position: Mapped[int] = mapped_column(default=0)

    item: Mapped[ProgrammeItem] = relationship(back_populates="speakers")
    person: Mapped[Person | None] = relationship()


def workshop_code(round_number: int | str, index: int) -> str:
    """How lists name a workshop: 1A is the first (index 0) of the first round."""
    letter = ascii_uppercase[index] if index < len(ascii_uppercase) else f".{index + 1}"
    return f"{round_number}{letter}"


def programme_of(meeting_id: int) -> list[ProgrammeItem]:
    """Every item of a meeting's draft in order of time, with rooms and speakers; two queries.

    However many items: a selectinload asks again for every 500.
    """
    statement = (
        select(ProgrammeItem)
        .options(joinedload(ProgrammeItem.room), subqueryload(ProgrammeItem.speakers))
        .where(ProgrammeItem.meeting_id == meeting_id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.position, ProgrammeItem.id)
    )
    return list(db.session.scalars(statement))


def live_items(meeting_id: int) -> dict[int, ProgrammeItem]:
    """The rows behind a meeting's items by id, for the places left now; one query."""
    statement = select(ProgrammeItem).where(ProgrammeItem.meeting_id == meeting_id)
    return {item.id: item for item in db.session.scalars(statement)}


def find_item(meeting_id: int, key: uuid.UUID) -> ProgrammeItem | None:
    """A part of a meeting by the key in its address; one query."""
    statement = select(ProgrammeItem).where(
        ProgrammeItem.meeting_id == meeting_id,
        ProgrammeItem.public_id == key,
    )
    return db.session.scalars(statement).one_or_none()


def cancelled_items(meeting_ids: Iterable[int]) -> dict[int, ProgrammeItem]:
    """The parts of these meetings that were cancelled, by id; one query."""
    statement = select(ProgrammeItem).where(
        ProgrammeItem.meeting_id.in_(list(meeting_ids)), ProgrammeItem.cancelled_at.is_not(None)
    )
    return {item.id: item for item in db.session.scalars(statement)}


def item_uids(meeting_ids: Iterable[int]) -> dict[int, str]:
    """How calendars name the items of these meetings, by id; one query."""
    statement = select(ProgrammeItem.id, ProgrammeItem.uid).where(
        ProgrammeItem.meeting_id.in_(list(meeting_ids))
    )
    return {item_id: str(uid) for item_id, uid in db.session.execute(statement)}
