"""A workshop once more, for those who found it full: in another round, or beside itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain import programme as rules
from kwartaal.domain.programme import Details, Programme
from kwartaal.domain.rooms import is_free
from kwartaal.dutch import in_dutch
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.room_use import Booking
from kwartaal.models.venue import Room

SUFFIX = f" {in_dutch('(tweede sessie)')}"
LONGEST_TITLE = 160


@dataclass(frozen=True)
class Slot:
    """When and where the workshop could be given again; None: in a room that is not known yet."""

    round: ProgrammeItem
    room: Room | None


def slots(item: ProgrammeItem, programme: Programme, elsewhere: Sequence[Booking]) -> list[Slot]:
    """Other rounds first, each with its free rooms; then the own round in another free room."""
    rounds = rules.rounds_of(programme)
    found: list[Slot] = []
    for round_ in sorted(rounds, key=lambda one: one is item.round):
        rooms = item.meeting.venue.rooms if item.meeting.venue else []
        trial = _trial(item, round_)
        free = [room for room in rooms if is_free(room, trial, programme, elsewhere)]
        found += [Slot(round_, room) for room in free]
        if round_ is not item.round:
            found.append(Slot(round_, None))
    return found


def add(
    item: ProgrammeItem,
    slot: Slot,
    programme: Programme,
    key: uuid.UUID,
    elsewhere: Sequence[Booking] = (),
) -> ProgrammeItem:
    """The workshop as a new item of the draft; `key` is the form's. Nobody is moved to it.

    Speakers come along to another round; beside itself the workshop needs others. Raises what
    `programme.add` raises.
    """
    starts_at, ends_at = _times(item, slot.round)
    seats = slot.room.capacity if slot.room else None
    details = Details(
        kind=item.kind,
        title=item.title[: LONGEST_TITLE - len(SUFFIX)] + SUFFIX,
        starts_at=starts_at,
        ends_at=ends_at,
        description=item.description,
        theme=item.theme,
        room=slot.room,
        setup_minutes=item.setup_minutes,
        round=slot.round,
        sign_up=item.sign_up,
        maximum=min(item.maximum, seats) if item.maximum and seats else item.maximum,
    )
    # Read before there is something new: reading would then try to store it half made.
    speakers = [_again(speaker) for speaker in item.speakers]
    again = rules.add(item.meeting, details, programme, key, elsewhere)
    again.repeats = item.id
    if slot.round is not item.round:
        again.speakers = speakers
    return again


def _times(item: ProgrammeItem, round_: ProgrammeItem) -> tuple[datetime, datetime]:
    """As far into the round and as long as before, where that fits; else the whole round."""
    if item.round is None:
        return round_.starts_at, round_.ends_at
    after, length = item.starts_at - item.round.starts_at, item.ends_at - item.starts_at
    filled = (item.starts_at, item.ends_at) == (item.round.starts_at, item.round.ends_at)
    if filled or round_.starts_at + after + length > round_.ends_at:
        return round_.starts_at, round_.ends_at
    return round_.starts_at + after, round_.starts_at + after + length


def _trial(item: ProgrammeItem, round_: ProgrammeItem) -> ProgrammeItem:
    """The times it would have, to look for a room with; never stored."""
    starts_at, ends_at = _times(item, round_)
    return ProgrammeItem(starts_at=starts_at, ends_at=ends_at, setup_minutes=item.setup_minutes)


def _again(speaker: Speaker) -> Speaker:
    return Speaker(
        person=speaker.person, name=speaker.name, part=speaker.part, position=speaker.position
    )
