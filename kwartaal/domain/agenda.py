"""Preparing the agenda of a meeting: points and sub-points, each with its own openness.

Texts and order are a draft until published. Openness and "the title may be read" count at once,
also for versions that are out already (decision "Openness"). A closed point closes its sub-points,
and what leaves a closed point stays closed itself. `agenda` is always the draft in reading order.
Callers hold the meeting's row and commit.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kwartaal.domain import ordering
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.preparation_refusals import NoPointBefore, PointHasSubpoints
from kwartaal.models.agenda import AgendaItem, Link, delete_point
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Office
from kwartaal.models.programme import ItemKind, ProgrammeItem
from kwartaal.models.publication import ANNOUNCEMENT, last_number
from kwartaal.models.series import Purpose

LONGEST_SPEAKER = 200


@dataclass(frozen=True)
class Point:
    """What a form says about an agenda item; `purpose` is one of the meeting's series."""

    title: str
    openness: Openness
    text: str = ""
    purpose: Purpose | None = None
    minutes: int | None = None
    shows_title: bool = False
    speaker: str = ""
    links: Sequence[Link] = ()


def add(meeting: Meeting, point: Point, agenda: Sequence[AgendaItem], key: uuid.UUID) -> AgendaItem:
    """A new point at the end; `key` is the form's. Raises CancelledIsFixed."""
    check_changeable(meeting)
    item = AgendaItem(public_id=key, meeting=meeting, position=end_of(agenda), removed=False)
    _write(item, point)
    return item


def change(item: AgendaItem, point: Point) -> None:
    """Change a point; raises CancelledIsFixed."""
    check_changeable(item.meeting)
    _write(item, point)


def name_speaker(item: AgendaItem, office: Office) -> None:
    """Somebody we know speaks, in an office; raises CancelledIsFixed.

    The words are kept as they are now, so that an old agenda never changes.
    """
    check_changeable(item.meeting)
    who = f"{office.kind.name} {office.person.full_name} ({office.organisation.name})"
    item.speaker, item.person = who[:LONGEST_SPEAKER], office.person


def minutes_available(meeting: Meeting, programme: Sequence[ProgrammeItem]) -> int:
    """How long an agenda can be: the plenary parts of the day, or all of it without any."""
    plenary = [item for item in programme if item.kind == ItemKind.PLENARY]
    spans = [item.ends_at - item.starts_at for item in plenary]
    available = sum(spans, timedelta()) if spans else meeting.ends_at - meeting.starts_at
    return int(available / timedelta(minutes=1))


def siblings(item: AgendaItem, agenda: Sequence[AgendaItem]) -> list[AgendaItem]:
    """The line a point stands in: all points, or the sub-points of one."""
    return [one for one in agenda if one.parent is item.parent]


def subpoints(item: AgendaItem, agenda: Sequence[AgendaItem]) -> list[AgendaItem]:
    return [one for one in agenda if one.parent is item]


def end_of(agenda: Sequence[AgendaItem]) -> int:
    """The position of a new point behind all others."""
    return ordering.next_position([one for one in agenda if not one.is_subpoint])


def move(item: AgendaItem, agenda: Sequence[AgendaItem], *, earlier: bool) -> None:
    """Move a point, with its sub-points, past the one before or after it.

    A sub-point stays with its point. Raises CancelledIsFixed.
    """
    check_changeable(item.meeting)
    ordering.step(siblings(item, agenda), item, earlier=earlier)


def move_in(item: AgendaItem, agenda: Sequence[AgendaItem]) -> None:
    """Make a point the last sub-point of the one before; a sub-point stays what it is.

    Raises CancelledIsFixed, NoPointBefore or PointHasSubpoints.
    """
    if item.is_subpoint:
        return
    before = ordering.neighbour(siblings(item, agenda), item, earlier=True)
    if before is None:
        raise NoPointBefore(title=item.title)
    _put(item, agenda, before, None)


def move_out(item: AgendaItem, agenda: Sequence[AgendaItem]) -> None:
    """Make a sub-point the point behind its own; a point stays what it is.

    Raises CancelledIsFixed.
    """
    if item.parent is None:
        return
    behind = ordering.neighbour(siblings(item.parent, agenda), item.parent, earlier=False)
    _put(item, agenda, None, behind)


def move_before(item: AgendaItem, agenda: Sequence[AgendaItem], other: AgendaItem | None) -> None:
    """Put a point before another, as a sub-point if that is one; None is the end of the agenda.

    Raises CancelledIsFixed or PointHasSubpoints.
    """
    if other is item:
        return
    _put(item, agenda, other.parent if other else None, other)


def remove(item: AgendaItem, agenda: Sequence[AgendaItem]) -> None:
    """Take a point with its sub-points off the agenda; raises CancelledIsFixed."""
    take_out(item, agenda)
    discard(item)


def take_out(item: AgendaItem, agenda: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Take a point with its sub-points out of the draft, and return them.

    The rows stay, because versions that are out read their openness from them; see `discard`.
    Raises CancelledIsFixed.
    """
    check_changeable(item.meeting)
    gone = [item, *subpoints(item, agenda)]
    for one in gone:
        one.removed = True
    return gone


def discard(taken_out: AgendaItem) -> None:
    """Throw away the row of a point, and of its sub-points, unless a version may hold it."""
    if is_only_draft(last_number(taken_out.meeting_id)):
        delete_point(taken_out)


def is_only_draft(last_version: int | None) -> bool:
    """Whether no version can hold a point of the meeting, so that its row may go.

    `last_version` is the highest number given: staff still read what was retracted.
    """
    return last_version in (None, ANNOUNCEMENT)


def openness_alone(item: AgendaItem) -> Openness:
    """How open a point is once it leaves its parent: never more than it was under it."""
    if item.parent is None or item.openness != Openness.OPENBAAR:
        return item.openness
    return item.parent.openness


def _put(
    item: AgendaItem,
    agenda: Sequence[AgendaItem],
    parent: AgendaItem | None,
    before: AgendaItem | None,
) -> None:
    check_changeable(item.meeting)
    if parent is not None and (parent is item or subpoints(item, agenda)):
        raise PointHasSubpoints(title=item.title)
    if parent is not item.parent:
        item.openness = openness_alone(item)
        item.parent = parent
    ordering.put_before([one for one in agenda if one.parent is parent], item, before)


def _write(item: AgendaItem, point: Point) -> None:
    if point.speaker != item.speaker:
        item.person = None  # somebody else now, or words of one's own
    item.title = point.title
    item.text = point.text
    item.purpose = point.purpose
    item.minutes = point.minutes
    item.speaker = point.speaker
    item.links = list(point.links)
    item.openness = point.openness
    item.shows_title = point.shows_title and point.openness != Openness.OPENBAAR
