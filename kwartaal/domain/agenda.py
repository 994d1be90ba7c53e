"""Preparing the agenda of a meeting: numbered points, each with its own openness.

Texts and order are a draft until published. Openness and "the title may be read" count at once,
also for versions that are out already (decision "Openness"). Callers hold the meeting's row and
commit.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from kwartaal.domain import ordering
from kwartaal.domain.meetings import check_changeable
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.series import Purpose


@dataclass(frozen=True)
class Point:
    """What a form says about an agenda item; `purpose` is one of the meeting's series."""

    title: str
    openness: Openness
    text: str = ""
    purpose: Purpose | None = None
    minutes: int | None = None
    shows_title: bool = False


def add(meeting: Meeting, point: Point, agenda: Sequence[AgendaItem], key: uuid.UUID) -> AgendaItem:
    """A new point at the end; `key` is the form's. Raises CancelledIsFixed."""
    check_changeable(meeting)
    item = AgendaItem(
        public_id=key, meeting=meeting, position=ordering.next_position(agenda), removed=False
    )
    _write(item, point)
    return item


def change(item: AgendaItem, point: Point) -> None:
    """Change a point; raises CancelledIsFixed."""
    check_changeable(item.meeting)
    _write(item, point)


def move(item: AgendaItem, agenda: Sequence[AgendaItem], *, earlier: bool) -> None:
    """Give a point the number before or after its own; raises CancelledIsFixed."""
    check_changeable(item.meeting)
    ordering.step(agenda, item, earlier=earlier)


def remove(item: AgendaItem) -> None:
    """Take a point out of the draft; raises CancelledIsFixed.

    The row stays, because versions that are out read their openness from it; see `is_only_draft`.
    """
    check_changeable(item.meeting)
    item.removed = True


def is_only_draft(item: AgendaItem) -> bool:
    """Whether no version can hold the point, so that its row may go."""
    return item.meeting.state in (MeetingState.CONCEPT, MeetingState.ANNOUNCED)


def _write(item: AgendaItem, point: Point) -> None:
    item.title = point.title
    item.text = point.text
    item.purpose = point.purpose
    item.minutes = point.minutes
    item.openness = point.openness
    item.shows_title = point.shows_title and point.openness != Openness.OPENBAAR
