"""Registrations for a meeting and the choices inside them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    Uuid,
    func,
    select,
)
from sqlalchemy.orm import (
    Mapped,
    contains_eager,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)

from kwartaal.db import Model, UtcDateTime, db, enum_type
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience, Organisation
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem


class RegistrationState(StrEnum):
    """Where a person stands for the meeting; a walk-in is on the list and takes no place."""

    PLACED = "placed"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    WALK_IN = "walk_in"


# Who is registered: has a place in the meeting, or waits for one.
REGISTERED = (RegistrationState.PLACED, RegistrationState.WAITING)


class ChoiceState(StrEnum):
    """Where a person stands for one item; a wish is kept while the meeting itself is full."""

    PLACED = "placed"
    WAITING = "waiting"
    WISH = "wish"
    WITHDRAWN = "withdrawn"


class Registration(Model):
    """One person for one meeting. Office, organisation and group stay as they were."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        UniqueConstraint("id", "meeting_id"),
        Index("ix_registration_meeting_id_state_seq", "meeting_id", "state", "seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[RegistrationState] = mapped_column(enum_type(RegistrationState))
    seq: Mapped[int] = mapped_column(default=0)  # order on the meeting's waiting list
    revision: Mapped[int] = mapped_column(default=0)  # counts towards the personal SEQUENCE
    # Between mail and feed; counts towards it too, but overtakes no mail about the registration.
    calendar_moves: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # "Ik kom als …", as it was when the person registered.
    office_name: Mapped[str] = mapped_column(String(80), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_name: Mapped[str] = mapped_column(String(120), default="")
    audience: Mapped[Audience | None] = mapped_column(enum_type(Audience))

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    choices: Mapped[list[Choice]] = relationship(
        back_populates="registration",
        order_by="Choice.item_id",
        foreign_keys="Choice.registration_id",
        primaryjoin="Registration.id == Choice.registration_id",
    )

    @property
    def is_live(self) -> bool:
        return self.state in REGISTERED

    @property
    def live_choices(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_live]

    @property
    def revisions(self) -> int:
        """How often anything of it changed; choice rows are kept, so it never falls."""
        own = self.revision + self.calendar_moves
        return own + sum(choice.revision for choice in self.choices)

    def choice_of(self, item_id: int) -> Choice | None:
        return next((choice for choice in self.choices if choice.item_id == item_id), None)


LIVE = "state IN ('placed', 'waiting', 'wish')"


class Choice(Model):
    """What a registration asks of one item. Rows are kept, so revisions never fall."""

    __tablename__ = "choice"
    __table_args__ = (
        UniqueConstraint("registration_id", "item_id"),
        ForeignKeyConstraint(
            ["registration_id", "meeting_id"], ["registration.id", "registration.meeting_id"]
        ),
        ForeignKeyConstraint(
            ["item_id", "meeting_id"], ["programme_item.id", "programme_item.meeting_id"]
        ),
        # A workshop's round is fixed once someone chose it.
        ForeignKeyConstraint(
            ["item_id", "round_id"], ["programme_item.id", "programme_item.round_id"]
        ),
        Index(
            "uq_choice_registration_id_round_id_live",
            "registration_id",
            "round_id",
            unique=True,
            sqlite_where=db.text(LIVE),
            postgresql_where=db.text(LIVE),
        ),
        Index("ix_choice_item_id_state_seq", "item_id", "state", "seq"),
        CheckConstraint("revision >= 0", name="revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int]
    meeting_id: Mapped[int]
    item_id: Mapped[int]
    round_id: Mapped[int | None]
    state: Mapped[ChoiceState] = mapped_column(enum_type(ChoiceState))
    seq: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What it was when its workshop was cancelled, to give it back if that is restored.
    ended_as: Mapped[ChoiceState | None] = mapped_column(enum_type(ChoiceState, "ended_as"))

    registration: Mapped[Registration] = relationship(
        back_populates="choices",
        foreign_keys="Choice.registration_id",
        primaryjoin="Registration.id == Choice.registration_id",
    )
    item: Mapped[ProgrammeItem] = relationship(
        foreign_keys="Choice.item_id", primaryjoin="ProgrammeItem.id == Choice.item_id"
    )

    @property
    def is_live(self) -> bool:
        return self.state != ChoiceState.WITHDRAWN


def live_registrations(meeting_id: int) -> list[Registration]:
    """Everybody who has a place in a meeting or waits for one, with the person; one query."""
    statement = (
        select(Registration)
        .options(joinedload(Registration.person))
        .where(
            Registration.meeting_id == meeting_id,
            Registration.state.in_(REGISTERED),
        )
        .order_by(Registration.id)
    )
    return list(db.session.scalars(statement))


def live_choices_of(item_id: int) -> list[Choice]:
    """Who has a place in an item, waits or wishes for one, with the person; one query.

    Read afresh, and stable while the item is locked.
    """
    statement = (
        select(Choice)
        .join(Choice.registration)
        .join(Registration.person)
        .options(
            contains_eager(Choice.registration)
            .contains_eager(Registration.person)
            .lazyload(Person.roles)
        )
        .where(Choice.item_id == item_id, Choice.state != ChoiceState.WITHDRAWN)
        .order_by(Choice.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(statement))


def choices_ended_by_cancelling(meeting_id: int) -> list[Choice]:
    """What people had in workshops that were cancelled, with the person; one query.

    Not of who withdrew from the meeting since.
    """
    statement = (
        select(Choice)
        .join(Choice.registration)
        .join(Registration.person)
        .join(Choice.item)
        .options(
            contains_eager(Choice.registration)
            .contains_eager(Registration.person)
            .lazyload(Person.roles)
        )
        .where(
            Choice.meeting_id == meeting_id,
            Choice.changed_at == ProgrammeItem.cancelled_at,
            Choice.state == ChoiceState.WITHDRAWN,
            Registration.state.in_(REGISTERED),
        )
        .order_by(Choice.id)
    )
    return list(db.session.scalars(statement))


def count_live_registrations(meeting_id: int) -> int:
    """How many people have a place in a meeting or wait for one; one query."""
    statement = select(func.count()).where(
        Registration.meeting_id == meeting_id,
        Registration.state.in_(REGISTERED),
    )
    return db.session.scalar(statement) or 0


def count_choosers(item_ids: Collection[int]) -> int:
    """How many people have a place in one of these items, wait or wish for one; one query."""
    if not item_ids:
        return 0
    statement = select(func.count(Choice.registration_id.distinct())).where(
        Choice.item_id.in_(item_ids), Choice.state != ChoiceState.WITHDRAWN
    )
    return db.session.scalar(statement) or 0


def find_registration(meeting_id: int, person_id: int) -> Registration | None:
    """Somebody's registration for a meeting with its choices, to show; two queries."""
    statement = (
        select(Registration)
        .options(selectinload(Registration.choices))
        .where(Registration.meeting_id == meeting_id, Registration.person_id == person_id)
    )
    return db.session.scalars(statement).first()


def find_live_registration(meeting_id: int, person_id: int | None) -> Registration | None:
    """The registration of a visitor who has a place or waits for one; None for nobody."""
    if person_id is None:
        return None
    registration = find_registration(meeting_id, person_id)
    return registration if registration and registration.is_live else None


def registrations_of(person_id: int) -> list[Registration]:
    """All registrations of somebody, in order of the meetings, with choices; two queries."""
    statement = (
        select(Registration)
        .join(Registration.meeting)
        .options(
            contains_eager(Registration.meeting).lazyload(Meeting.audiences),
            selectinload(Registration.choices),
        )
        .where(Registration.person_id == person_id)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return list(db.session.scalars(statement))
