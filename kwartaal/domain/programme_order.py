"""The order of a programme: the buttons up and down and dragging a row are one rule.

An item is put before another of its line: the day itself, or the workshops of one round. What
stands between its old place and its new one is laid out afresh: from the same begin, in the new
order, each with the length it had. The pauses stay where they were, so nothing outside that
stretch moves and its end is the same. What begins together has no times to change: of that only
the order changes.

Callers hold the meeting's row and commit; `programme` and `elsewhere` are those of
`domain/programme.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from kwartaal.domain import ordering
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.periods import sticks_out
from kwartaal.domain.preparation_refusals import ItemsInParallel, WorkshopStaysInRound
from kwartaal.domain.programme import (
    Programme,
    check_apart,
    in_order,
    rounds_of,
    shift_by,
    siblings,
    workshops_of,
)
from kwartaal.domain.refusals import ItemOutsideMeeting, WorkshopOutsideRound
from kwartaal.domain.rooms import check_rooms
from kwartaal.models.programme import ItemKind, ProgrammeItem
from kwartaal.models.room_use import Booking


def move(
    item: ProgrammeItem,
    programme: Programme,
    elsewhere: Sequence[Booking] = (),
    *,
    earlier: bool,
) -> None:
    """Put an item before the one before it, or behind the one after it; at the end nothing happens.

    Raises CancelledIsFixed, ItemsInParallel, RoundsOverlap, ItemOutsideMeeting,
    WorkshopOutsideRound, or what `rooms.check_rooms` raises.
    """
    line = in_order(siblings(item, programme))
    index = line.index(item)
    before = line[max(index - 1, 0)] if earlier else next(iter(line[index + 2 :]), None)
    _put(item, before, programme, elsewhere)


def move_before(
    item: ProgrammeItem,
    other: ProgrammeItem | None,
    programme: Programme,
    elsewhere: Sequence[Booking] = (),
) -> None:
    """Put an item before another in the list of the day; None is the end of that list.

    Raises what `move` raises, or WorkshopStaysInRound.
    """
    _put(item, _in_own_line(item, other, programme), programme, elsewhere)


def _in_own_line(
    item: ProgrammeItem, other: ProgrammeItem | None, programme: Programme
) -> ProgrammeItem | None:
    """Which of its own line the item is put before; None for the end of that line."""
    if other is not None and other.round is item.round:
        return other
    day = in_order([one for one in programme if one.round is None])
    if item.round is None:  # among the workshops of a round is behind that round
        holds = other and other.round
        return ordering.neighbour(day, holds, earlier=False) if holds else None
    if other is ordering.neighbour(day, item.round, earlier=False):
        return None  # behind the last workshop stands what follows the round
    raise WorkshopStaysInRound(title=item.title)


def _put(
    item: ProgrammeItem,
    before: ProgrammeItem | None,
    programme: Programme,
    elsewhere: Sequence[Booking],
) -> None:
    check_changeable(item.meeting)
    if before is item:
        return
    old = in_order(siblings(item, programme))
    ordering.put_before(old, item, before)
    new = sorted(old, key=lambda one: one.position)
    changed = [index for index, one in enumerate(old) if new[index] is not one]
    if not changed:
        return
    stretch = slice(changed[0], changed[-1] + 1)
    moved = list(_lay_out(old[stretch], new[stretch], programme))
    _check_order(in_order(old), new)
    _check(moved, programme)
    check_rooms(moved, programme, elsewhere)


def _lay_out(old: Programme, new: Programme, programme: Programme) -> Iterator[ProgrammeItem]:
    """Give a stretch its times in the new order; yields all that has another time now."""
    if len({one.starts_at for one in old}) == 1:
        return
    pauses = [_pause(one, following) for one, following in pairwise(old)]
    moment = old[0].starts_at
    for one, pause in zip(new, [*pauses, timedelta()], strict=True):
        span = moment - one.starts_at
        for part in (one, *workshops_of(one, programme)):
            shift_by(part, span)
            yield part
        moment = one.ends_at + pause


def _pause(one: ProgrammeItem, following: ProgrammeItem) -> timedelta:
    if following.starts_at < one.ends_at:
        raise ItemsInParallel(title=one.title, other=following.title)
    return following.starts_at - one.ends_at


def _check_order(line: Programme, wanted: Programme) -> None:
    """What runs beside the end of the stretch may begin before what comes last in it now."""
    for one, other in zip(line, wanted, strict=True):
        if one is not other:
            raise ItemsInParallel(title=other.title, other=one.title)


def _check(moved: Programme, programme: Programme) -> None:
    for one in moved:
        if sticks_out(one, one.meeting) is not None:
            raise ItemOutsideMeeting(title=one.title)
        if one.round is not None and sticks_out(one, one.round) is not None:
            raise WorkshopOutsideRound(title=one.title, round=one.round.title)
        if one.kind == ItemKind.ROUND:
            check_apart(one, [other for other in rounds_of(programme) if other is not one])
