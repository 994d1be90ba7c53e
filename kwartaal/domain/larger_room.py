"""A larger room for a full workshop: one that is free, or that of a quieter workshop beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain import places
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.preparation_refusals import OfferGone
from kwartaal.domain.programme import Programme, workshops_of
from kwartaal.domain.rooms import check_capacity, is_free
from kwartaal.models import locks
from kwartaal.models.programme import ProgrammeItem, SignUp
from kwartaal.models.room_use import Booking
from kwartaal.models.venue import Room


@dataclass(frozen=True)
class Offer:
    """A room with more seats; `swap_with` is the workshop that goes to the smaller one instead."""

    room: Room
    swap_with: ProgrammeItem | None = None

    def lowered_to(self, smaller: Room | None) -> int | None:
        """How many places the workshop that swaps has left in the smaller room; None: no fewer."""
        if self.swap_with is None or smaller is None:
            return None
        seats = _seats(smaller)
        return seats if seats < (self.swap_with.maximum or 0) else None


def offers(item: ProgrammeItem, programme: Programme, elsewhere: Sequence[Booking]) -> list[Offer]:
    """Rooms of the venue with more seats than the item has now: free ones, then swaps.

    Each by size. A room of unknown size is not offered: nobody can say that it is larger.
    """
    venue = item.meeting.venue
    rooms = [room for room in venue.rooms if _seats(room) > _seats_now(item)] if venue else []
    free = [Offer(room) for room in rooms if is_free(room, item, programme, elsewhere)]
    beside = workshops_of(item.round, programme) if item.round else []
    swaps = [
        Offer(room, other)
        for other in beside
        for room in rooms
        if other.room is room and _may_swap(item, other, programme, elsewhere)
    ]
    return sorted(free, key=_size) + sorted(swaps, key=_size)


def move(
    item: ProgrammeItem,
    offer: Offer,
    maximum: int | None,
    programme: Programme,
    elsewhere: Sequence[Booking],
    now: datetime,
) -> None:
    """Take the offer and set the maximum, None for every seat; who waits moves up at once.

    The workshop that swaps keeps its people, and no more places than its new room has. Raises
    CancelledIsFixed, OfferGone, MaximumAboveRoom or MaximumBelowTaken.
    """
    check_changeable(item.meeting)
    other, smaller = offer.swap_with, item.room
    locks.lock_items([item.id, *([other.id] if other else [])])
    if offer not in offers(item, programme, elsewhere):
        raise OfferGone
    maximum = maximum or offer.room.capacity
    check_capacity(offer.room, maximum, item.title)
    item.room = offer.room
    if other is not None and smaller is not None:
        lowered = offer.lowered_to(smaller)
        other.room = smaller
        if lowered is not None:
            places.change_item_maximum(other, lowered, now)
    places.change_item_maximum(item, maximum, now)


def _may_swap(
    item: ProgrammeItem, other: ProgrammeItem, programme: Programme, elsewhere: Sequence[Booking]
) -> bool:
    """Whether everybody of the other fits in the item's room, and both rooms are free for it."""
    if item.room is None or other.room is None or other.sign_up != SignUp.LIMITED:
        return False
    if other.is_cancelled or other.waiting or other.taken > _seats(item.room):
        return False
    rest = [one for one in programme if one is not item and one is not other]
    return is_free(other.room, item, rest, elsewhere) and is_free(item.room, other, rest, elsewhere)


def _seats(room: Room) -> int:
    return room.capacity or 0


def _seats_now(item: ProgrammeItem) -> int:
    return (item.room.capacity if item.room else None) or item.maximum or 0


def _size(offer: Offer) -> int:
    return _seats(offer.room)
