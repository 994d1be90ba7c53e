"""Rooms in use: never by two items at once, set-up counted, and never over their capacity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations

from kwartaal.domain.preparation_refusals import (
    MaximumAboveRoom,
    RoomTaken,
    RoomTakenByClosed,
    RoomTakenElsewhere,
)
from kwartaal.domain.refusals import Refused
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.room_use import Booking
from kwartaal.models.venue import Room


def check_rooms(
    changed: Sequence[ProgrammeItem],
    programme: Sequence[ProgrammeItem],
    elsewhere: Sequence[Booking],
) -> None:
    """What changed finds its room free; what clashed before is left to the check of publishing.

    Raises RoomTaken, RoomTakenElsewhere or RoomTakenByClosed.
    """
    for item in changed:
        for other in programme:
            if other is not item and _clash(item, other):
                raise _taken(item, other)
        for refusal in _clashes_elsewhere(item, elsewhere):
            raise refusal


def clashes(programme: Sequence[ProgrammeItem], elsewhere: Sequence[Booking]) -> Iterator[Refused]:
    """Every room that is in use twice, each pair once."""
    by_room: defaultdict[Room, list[ProgrammeItem]] = defaultdict(list)
    for item in programme:
        if item.room is not None:
            by_room[item.room].append(item)
    for items in by_room.values():
        for before, after in combinations(sorted(items, key=_begins), 2):
            if _clash(before, after):
                yield _taken(after, before)
    for item in programme:
        yield from _clashes_elsewhere(item, elsewhere)


def check_capacity(room: Room | None, maximum: int | None, title: str) -> None:
    """A room holds no more people than it has seats; raises MaximumAboveRoom."""
    if room is not None and not fits(room, maximum):
        raise MaximumAboveRoom(title=title, room=room.name, capacity=room.capacity)


def fits(room: Room, maximum: int | None) -> bool:
    """Whether so many people fit; a room without a number holds any, no limit fits any room."""
    return room.capacity is None or maximum is None or maximum <= room.capacity


def is_free(
    room: Room,
    item: ProgrammeItem,
    programme: Sequence[ProgrammeItem],
    elsewhere: Sequence[Booking],
) -> bool:
    """Whether an item could go to a room at its own time."""
    others = (
        other
        for other in programme
        if other.room is room and other is not item and not other.is_cancelled
    )
    if any(_overlap(item, other) for other in others):
        return False
    return not any(booking.room_id == room.id and _meets(item, booking) for booking in elsewhere)


def _clash(item: ProgrammeItem, other: ProgrammeItem) -> bool:
    """What is cancelled gives its room back."""
    if item.is_cancelled or other.is_cancelled:
        return False
    return item.room is not None and item.room is other.room and _overlap(item, other)


def _overlap(item: ProgrammeItem, other: ProgrammeItem) -> bool:
    return item.needs_room_from < other.ends_at and other.needs_room_from < item.ends_at


def _meets(item: ProgrammeItem, booking: Booking) -> bool:
    return item.needs_room_from < booking.ends_at and booking.starts_at < item.ends_at


def _taken(item: ProgrammeItem, other: ProgrammeItem) -> Refused:
    room = item.room.name if item.room else ""
    return RoomTaken(title=item.title, room=room, other=other.title)


def _clashes_elsewhere(item: ProgrammeItem, elsewhere: Sequence[Booking]) -> Iterator[Refused]:
    room = item.room
    if room is None or item.is_cancelled:
        return
    for booking in elsewhere:
        if booking.room_id != room.id or not _meets(item, booking):
            continue
        if booking.title is None:
            yield RoomTakenByClosed(title=item.title, room=room.name)
        else:
            yield RoomTakenElsewhere(
                title=item.title, room=room.name, other=booking.title, meeting=booking.meeting
            )


def _begins(item: ProgrammeItem) -> datetime:
    return item.needs_room_from
