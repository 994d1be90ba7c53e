"""Presence, as rows that are only ever appended.

A meeting has a list of its own, and each part of its programme has one too. A mark is in one list.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    String,
    Subquery,
    Uuid,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, contains_eager, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db, enum_type
from kwartaal.models.person import Person
from kwartaal.models.programme import Speaker
from kwartaal.models.registration import Registration


class MarkKind(StrEnum):
    """What is said of somebody; UNDONE takes back what was said last."""

    ARRIVED = "arrived"
    ON_TIME = "on_time"
    LATE = "late"
    LEFT = "left"
    EXCUSED = "excused"
    UNDONE = "undone"


class Presence(NamedTuple):
    """How somebody stands in a list; all None is: not seen, and nothing heard."""

    arrived_at: datetime | None = None
    is_late: bool = False
    left_at: datetime | None = None
    excused_at: datetime | None = None


NOTHING_KNOWN = Presence()


class AttendanceMark(Model):
    """What was said of somebody, by whom, when and on which device; the newest row counts.

    It is about a registration or about a speaker; item_id None means the meeting as a whole. Each
    row holds how the person stood after it, so the newest says all there is to know.
    """

    __tablename__ = "attendance_mark"
    __table_args__ = (
        CheckConstraint("(registration_id IS NULL) <> (speaker_id IS NULL)", name="about_one"),
        CheckConstraint("arrived_at IS NOT NULL OR (left_at IS NULL AND NOT is_late)", name="came"),
        CheckConstraint("arrived_at IS NULL OR excused_at IS NULL", name="came_or_excused"),
        CheckConstraint("undoes_id IS NULL OR said = 'undone'", name="undoes"),
        CheckConstraint("undoes_id < id", name="undoes_earlier"),
        Index("ix_attendance_mark_meeting_id_id", "meeting_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # A key the form carries, so that a mark sent twice stays one mark.
    key: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speaker.id"), index=True)
    said: Mapped[MarkKind] = mapped_column(enum_type(MarkKind))
    # Of an UNDONE: it takes back this mark and what was said of the person since.
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("attendance_mark.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    marked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    device: Mapped[str] = mapped_column(String(60), default="")

    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_late: Mapped[bool] = mapped_column(default=False)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    excused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    registration: Mapped[Registration | None] = relationship()
    speaker: Mapped[Speaker | None] = relationship()
    marked_by: Mapped[Person] = relationship()

    @hybrid_property
    def present(self) -> bool:
        """Whether the person was seen, and may have left since."""
        return self.arrived_at is not None

    @present.inplace.expression
    @classmethod
    def _present(cls) -> ColumnElement[bool]:
        return cls.arrived_at.is_not(None)

    @property
    def presence(self) -> Presence:
        return Presence(self.arrived_at, self.is_late, self.left_at, self.excused_at)


def append_mark(mark: AttendanceMark) -> None:
    """Write a mark down behind those that are there."""
    db.session.add(mark)
    db.session.flush()


def marks_of(
    whom: Registration | Speaker, meeting_id: int, item_id: int | None
) -> list[AttendanceMark]:
    """Everything said of somebody in one list, oldest first, with who said it; one query."""
    statement = _said_of(whom, meeting_id).where(in_list(item_id))
    return list(db.session.scalars(statement, execution_options={"populate_existing": True}))


def marks_in_all_lists(whom: Registration | Speaker, meeting_id: int) -> list[AttendanceMark]:
    """Everything said of somebody at a meeting, oldest first, with who said it; one query."""
    return list(db.session.scalars(_said_of(whom, meeting_id)))


def _said_of(whom: Registration | Speaker, meeting_id: int) -> Select[AttendanceMark]:
    """Presence belongs to the person, who may be registered and speak as well."""
    person = func.coalesce(Registration.person_id, Speaker.person_id)
    is_name = whom.person_id is None
    about = AttendanceMark.speaker_id == whom.id if is_name else person == whom.person_id
    return (
        select(AttendanceMark)
        .outerjoin(AttendanceMark.registration)
        .outerjoin(AttendanceMark.speaker)
        .join(AttendanceMark.marked_by)
        .options(contains_eager(AttendanceMark.marked_by).lazyload(Person.roles))
        .where(AttendanceMark.meeting_id == meeting_id, about)
        .order_by(AttendanceMark.id)
    )


def in_list(item_id: int | None) -> ColumnElement[bool]:
    """The marks of the meeting as a whole (None), or of one part of its programme."""
    if item_id is None:
        return AttendanceMark.item_id.is_(None)
    return AttendanceMark.item_id == item_id


def items_marked(meeting_id: int) -> list[int]:
    """The parts of a programme in whose own list something was said; one query."""
    statement = (
        select(AttendanceMark.item_id)
        .where(AttendanceMark.meeting_id == meeting_id, AttendanceMark.item_id.is_not(None))
        .distinct()
        .order_by(AttendanceMark.item_id)
    )
    return [item_id for item_id in db.session.scalars(statement) if item_id is not None]


def newest_marks(meeting_id: int, item_id: int | None = None) -> Subquery:
    """The id of the mark that counts in a list, by `person_id`; by `speaker_id` for a mere name.

    Presence belongs to the person, who may be registered and speak as well.
    """
    person = func.coalesce(Registration.person_id, Speaker.person_id).label("person_id")
    only_a_name = case((person.is_(None), AttendanceMark.speaker_id)).label("speaker_id")
    seen = (
        select(AttendanceMark.id, person, only_a_name)
        .outerjoin(Registration, Registration.id == AttendanceMark.registration_id)
        .outerjoin(Speaker, Speaker.id == AttendanceMark.speaker_id)
        .where(AttendanceMark.meeting_id == meeting_id, in_list(item_id))
        .subquery()
    )
    return (
        select(seen.c.person_id, seen.c.speaker_id, func.max(seen.c.id).label("id"))
        .group_by(seen.c.person_id, seen.c.speaker_id)
        .subquery()
    )


def newest_of_speakers(meeting_ids: Iterable[int], item_id: int | None = None) -> Subquery:
    """The id of the newest mark made of people as speakers, by `meeting_id` and `person_id`.

    A few rows.
    """
    whose = (AttendanceMark.meeting_id, Speaker.person_id)
    return (
        select(*whose, func.max(AttendanceMark.id).label("id"))
        .join(Speaker, AttendanceMark.speaker_id == Speaker.id)
        .where(AttendanceMark.meeting_id.in_(list(meeting_ids)), in_list(item_id))
        .group_by(*whose)
        .subquery()
    )


def newest_of_registration(item_id: int | None, as_speaker: Subquery) -> ColumnElement[int]:
    """The id of the mark that counts for a registration, joined with `newest_of_speakers`.

    Looked up by the index for each registration: with a join of two long lists PostgreSQL may
    choose to compare all with all, as long as it has no statistics about them yet.
    """
    own = _newest_in(item_id)
    newest: ColumnElement[int] = case(
        (or_(as_speaker.c.id.is_(None), own > as_speaker.c.id), own), else_=as_speaker.c.id
    )
    return newest if item_id is None else counts_in_part(newest, _newest_in(None))


def counts_in_part(
    newest: SQLColumnExpression[int], of_meeting: SQLColumnExpression[int]
) -> ColumnElement[int]:
    """The id of the mark that counts in a part, from the newest there and of the whole meeting.

    Who excused themselves from the meeting is not expected in a part of it either, unless
    something was said there.
    """
    mark = aliased(AttendanceMark)
    excused = mark.excused_at.is_not(None)

    def if_it_says(
        mark_id: SQLColumnExpression[int], what: ColumnElement[bool]
    ) -> ScalarSelect[int]:
        found = select(mark.id).where(mark.id == mark_id, what)
        return found.correlate_except(mark).scalar_subquery()

    said = if_it_says(newest, or_(mark.arrived_at.is_not(None), excused))
    return func.coalesce(said, if_it_says(of_meeting, excused), newest)


def _newest_in(item_id: int | None) -> ScalarSelect[int]:
    mark = aliased(AttendanceMark)
    return (
        select(func.max(mark.id))
        .where(
            mark.registration_id == Registration.id,
            mark.item_id.is_not_distinct_from(item_id),
        )
        .correlate(Registration)
        .scalar_subquery()
    )
