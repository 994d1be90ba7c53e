"""How somebody stands in an attendance list after each mark; rules without a database."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.domain.refusals import (
    LeftBeforeArrived,
    MarkedMeanwhile,
    MomentOutside,
    NotSeenYet,
    SaidAlready,
    SeenAlready,
)
from kwartaal.models.attendance import NOTHING_KNOWN, AttendanceMark, MarkKind, Presence
from kwartaal.models.programme import ItemKind
from kwartaal.models.published_view import PublishedMeeting

# Who comes in while people still find a chair is not late.
LATE_AFTER = timedelta(minutes=5)
# Who is early, and who stays to clear up: a time that is typed and does not fit is a mistake.
AROUND = timedelta(hours=1)
ARRIVALS = (MarkKind.ARRIVED, MarkKind.ON_TIME, MarkKind.LATE)
GATHERING = (ItemKind.PLENARY, ItemKind.ROUND)


@dataclass(frozen=True)
class Sitting:
    """When what the list is about begins and ends, in UTC."""

    begins_at: datetime
    ends_at: datetime

    def is_late(self, at: datetime) -> bool:
        """Whether who comes in at a moment is late; what is noted afterwards says nothing."""
        return self.begins_at + LATE_AFTER < at <= self.ends_at

    def check_holds(self, at: datetime) -> None:
        """Raises MomentOutside for a moment at which nobody came in or left."""
        first, last = self.begins_at - AROUND, self.ends_at + AROUND
        if not first <= at <= last:
            raise MomentOutside(first=_clock(first), last=_clock(last))


def sitting_of(published: PublishedMeeting | None, item_id: int | None, whole: Sitting) -> Sitting:
    """Of an item as published; of the meeting from its first part that is no meal or break."""
    items = published.all_items if published else ()
    if item_id is not None:
        found = (one for one in items if one.id == item_id)
        return next((Sitting(one.starts_at, one.ends_at) for one in found), whole)
    begins = [one.starts_at for one in items if one.kind in GATHERING]
    return Sitting(min(begins, default=whole.begins_at), whole.ends_at)


@dataclass(frozen=True)
class Saying:
    """What is said of somebody called `name`: at `at`, which was asked for when `is_given`."""

    kind: MarkKind
    name: str
    at: datetime
    is_given: bool = False


def presence_after(saying: Saying, before: Presence, sitting: Sitting) -> Presence:
    """How the person stands then. The first moment counts, unless another one is given.

    Saying late or on time corrects who is there already, so that it does not matter whether "left"
    is said just before or after it. Somebody who left and is given an earlier moment of coming in
    did not come back. Raises NotSeenYet, LeftBeforeArrived or SeenAlready.
    """
    if saying.kind == MarkKind.LEFT:
        return _left(saying, before)
    if saying.kind == MarkKind.EXCUSED:
        if before.arrived_at is not None:
            raise SeenAlready(name=saying.name)
        return Presence(excused_at=_moment(saying, before.excused_at))
    return _arrived(saying, before, sitting)


def _left(saying: Saying, before: Presence) -> Presence:
    if before.arrived_at is None:
        raise NotSeenYet(name=saying.name)
    left_at = _moment(saying, before.left_at)
    if left_at < before.arrived_at:
        raise LeftBeforeArrived(name=saying.name)
    return before._replace(left_at=left_at)


def _arrived(saying: Saying, before: Presence, sitting: Sitting) -> Presence:
    comes_back = saying.kind == MarkKind.ARRIVED and _is_after(saying, before.left_at)
    arrived_at = _moment(saying, before.arrived_at)
    if comes_back and before.left_at is not None:
        arrived_at = before.arrived_at or arrived_at
    left_at = None if comes_back or before.left_at is None else max(before.left_at, arrived_at)
    if saying.kind == MarkKind.ARRIVED and arrived_at == before.arrived_at:
        return Presence(arrived_at, before.is_late, left_at)
    by_the_clock = saying.kind == MarkKind.ARRIVED and sitting.is_late(arrived_at)
    return Presence(arrived_at, saying.kind == MarkKind.LATE or by_the_clock, left_at)


def _is_after(saying: Saying, left_at: datetime | None) -> bool:
    """Whether what is said happened after the person left; what happens now always did."""
    return left_at is None or not saying.is_given or saying.at > left_at


def _moment(saying: Saying, before: datetime | None) -> datetime:
    return saying.at if saying.is_given or before is None else before


def counting(marks: Sequence[AttendanceMark]) -> list[AttendanceMark]:
    """Of the marks of one person in one list, oldest first: those that nobody took back."""
    found: list[AttendanceMark] = []
    for mark in marks:
        if mark.said != MarkKind.UNDONE:
            found.append(mark)
        elif mark.undoes_id is not None:
            found = [one for one in found if one.id < mark.undoes_id]
    return found


def check_is_news(name: str, presence: Presence, marks: Sequence[AttendanceMark]) -> None:
    """Raises SaidAlready, with by whom and when, for what changes nothing.

    It would be undone together with what it repeats.
    """
    live = counting(marks)
    if not live or live[-1].presence != presence:
        return
    said = live[-1]
    raise SaidAlready(name=name, by=said.marked_by.full_name, time=_clock(said.at))


def _clock(moment: datetime) -> str:
    local = moment.astimezone(AMSTERDAM)
    return f"{local.hour}.{local.minute:02}"


def presence_now(marks: Sequence[AttendanceMark]) -> Presence:
    return marks[-1].presence if marks else NOTHING_KNOWN


@dataclass(frozen=True)
class TakenBack:
    """What an undo takes back, oldest first, and how the person stands then."""

    marks: list[AttendanceMark]
    presence: Presence


def taken_back(
    marks: Sequence[AttendanceMark], seen: uuid.UUID | None, name: str
) -> TakenBack | None:
    """What undoing the newest mark does; None when somebody did it already.

    Two doors that said the same are undone together. `seen` is the key of the newest mark that was
    on the screen; raises MarkedMeanwhile when something else was said since.
    """
    live = counting(marks)
    if not live or _is_undone(seen, marks, live):
        return None
    count = 1
    while count < len(live) and live[-count - 1].presence == live[-1].presence:
        count += 1
    last = live[-count:]
    if seen is not None and seen not in {mark.key for mark in last}:
        raise MarkedMeanwhile(name=name)
    return TakenBack(last, presence_now(live[:-count]))


def _is_undone(
    seen: uuid.UUID | None, marks: Sequence[AttendanceMark], live: Sequence[AttendanceMark]
) -> bool:
    return seen in {mark.key for mark in marks} - {mark.key for mark in live}
