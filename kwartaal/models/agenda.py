"""The numbered agenda of a meeting (the draft; readers see it in a publication).

A point may have sub-points: 3, 3.1, 3.2, 4. There is one level of them, which the database guards
with `level` (decision 0020).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    Uuid,
    select,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, validates

from kwartaal.db import Model, db, enum_type
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from kwartaal.models.series import Purpose

POINT, SUBPOINT = 1, 2


class Link(TypedDict):
    """What a point refers to elsewhere: words to show, and an https address."""

    label: str
    address: str


class AgendaItem(Model):
    """A point or sub-point. Its number follows from its place; openness is read live."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        # A parent is a point of the same meeting: the foreign key names its meeting and its level.
        CheckConstraint(
            "(level = 1 AND parent_id IS NULL) OR (level = 2 AND parent_id IS NOT NULL)",
            name="level",
        ),
        CheckConstraint("parent_level = 1", name="parent_level"),
        UniqueConstraint("id", "meeting_id", "level"),
        ForeignKeyConstraint(
            ["parent_id", "meeting_id", "parent_level"],
            ["agenda_item.id", "agenda_item.meeting_id", "agenda_item.level"],
            name="fk_agenda_item_parent",
            ondelete="CASCADE",
        ),
        Index("ix_agenda_item_meeting_id_position", "meeting_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(index=True)
    level: Mapped[int] = mapped_column(default=POINT)
    parent_level: Mapped[int] = mapped_column(default=POINT)  # never anything else
    position: Mapped[int] = mapped_column(default=0)  # among points, or among those of one parent
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(String(8000), default="")  # Markdown as it was typed
    purpose_id: Mapped[int | None] = mapped_column(ForeignKey("purpose.id"))
    # Who speaks, in words; and whom we know by them.
    speaker: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    links: Mapped[list[Link]] = mapped_column(JSON, default=list)
    minutes: Mapped[int | None]  # its own; sub-points have theirs
    openness: Mapped[Openness] = mapped_column(enum_type(Openness), default=Openness.OPENBAAR)
    # The griffie may let outsiders read the real title of a closed item.
    shows_title: Mapped[bool] = mapped_column(default=False)
    # Taken out of the draft. The row stays, because older versions read their openness from it.
    removed: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[Meeting] = relationship(foreign_keys=[meeting_id])
    purpose: Mapped[Purpose | None] = relationship()
    person: Mapped[Person | None] = relationship()
    parent: Mapped[AgendaItem | None] = relationship(
        remote_side=[id],
        primaryjoin="foreign(AgendaItem.parent_id) == remote(AgendaItem.id)",
    )

    @validates("parent")
    def _follow_parent(self, key: str, parent: AgendaItem | None) -> AgendaItem | None:
        self.level = SUBPOINT if parent is not None else POINT
        return parent

    @property
    def is_subpoint(self) -> bool:
        return self.parent_id is not None or self.parent is not None

    @property
    def is_open(self) -> bool:
        """Whether outsiders may read it: a closed point closes its sub-points."""
        if self.openness != Openness.OPENBAAR:
            return False
        return self.parent is None or self.parent.openness == Openness.OPENBAAR


def agenda_of(meeting_id: int) -> list[AgendaItem]:
    """The draft's agenda in reading order, with purposes; one query."""
    statement = (
        select(AgendaItem)
        .options(joinedload(AgendaItem.purpose))
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.removed.is_(False))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return list(in_reading_order(list(db.session.scalars(statement))))


def in_reading_order(items: Sequence[AgendaItem]) -> Iterator[AgendaItem]:
    """Each point with its sub-points behind it; `items` are in order of their positions."""
    subpoints: dict[int | None, list[AgendaItem]] = {}
    for item in items:
        subpoints.setdefault(item.parent_id, []).append(item)
    for point in subpoints.get(None, []):
        yield point
        yield from subpoints.get(point.id, [])


def numbered(agenda: Sequence[AgendaItem]) -> Iterator[tuple[int | str, AgendaItem]]:
    """The number of each of an agenda in reading order: 3 for a point, "3.1" for a sub-point."""
    number = below = 0
    for item in agenda:
        if item.is_subpoint:
            below += 1
            yield f"{number}.{below}", item
        else:
            number, below = number + 1, 0
            yield number, item


def add_points(points: Iterable[AgendaItem]) -> None:
    """Keep new points."""
    db.session.add_all(points)


def delete_point(item: AgendaItem) -> None:
    """Take the row of a point out of the database, with those of its sub-points."""
    db.session.delete(item)


def live_agenda(meeting_id: int) -> dict[int, AgendaItem]:
    """Every agenda row of a meeting by id, removed ones too: how open each is now; one query."""
    statement = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return {item.id: item for item in db.session.scalars(statement)}
