"""Preparing the programme of a meeting: the parts of the day, rounds and their workshops.

Callers hold the meeting's row, so that two clerks cannot make rounds overlap together, and commit.
`programme` is every item of the meeting (models.programme.programme_of); `elsewhere` is who else
uses the rooms of its venue (models.room_use). Texts, times and rooms are a draft until published;
sign-up and maximum count at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kwartaal.domain import ordering, places
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.periods import lies_inside, sticks_out
from kwartaal.domain.preparation_refusals import (
    EndsBeforeStart,
    ItemWasAttended,
    ItemWasChosen,
    MaximumMissing,
    MaximumWithoutLimit,
    RoundHasWorkshops,
    RoundIsFixed,
    SignUpInUse,
)
from kwartaal.domain.refusals import (
    ItemOutsideMeeting,
    RoomElsewhere,
    RoundsOverlap,
    WorkshopOutsideRound,
)
from kwartaal.domain.rooms import check_capacity, check_rooms
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, workshop_code
from kwartaal.models.room_use import Booking
from kwartaal.models.usage import ItemUse
from kwartaal.models.venue import Room

Programme = Sequence[ProgrammeItem]


@dataclass(frozen=True)
class Details:
    """What a form says about an item; moments are aware, `round` only for a workshop."""

    kind: ItemKind
    title: str
    starts_at: datetime
    ends_at: datetime
    description: str = ""
    theme: str = ""
    room: Room | None = None
    setup_minutes: int = 0
    round: ProgrammeItem | None = None
    sign_up: SignUp = SignUp.NONE
    maximum: int | None = None


def add(
    meeting: Meeting,
    details: Details,
    programme: Programme,
    key: uuid.UUID,
    elsewhere: Sequence[Booking] = (),
) -> ProgrammeItem:
    """A new item; `key` is the form's, so that a form sent twice makes one.

    Raises CancelledIsFixed, EndsBeforeStart, ItemOutsideMeeting, RoundsOverlap,
    WorkshopOutsideRound, RoomElsewhere, MaximumMissing, MaximumWithoutLimit, MaximumAboveRoom, or
    what `rooms.check_rooms` raises.
    """
    check_changeable(meeting)
    _check(details, meeting, programme)
    _check_maximum(details, None)
    item = ProgrammeItem(public_id=key, meeting=meeting, taken=0, waiting=0)
    _write(item, details)
    item.sign_up = details.sign_up
    item.maximum = _maximum(details)
    item.position = ordering.next_position(siblings(item, programme))
    check_rooms([item], programme, elsewhere)
    return item


def change(
    item: ProgrammeItem,
    details: Details,
    programme: Programme,
    use: ItemUse,
    now: datetime,
    elsewhere: Sequence[Booking] = (),
) -> None:
    """Change an item. A round takes its workshops along; a workshop may go to another round.

    Raises what `add` raises, RoundIsFixed, SignUpInUse or MaximumBelowTaken.
    """
    check_changeable(item.meeting)
    if item.kind == ItemKind.ROUND:
        _take_along(item, details, programme)
    if item.is_workshop and details.round is not item.round:
        details = _to_other_round(item, details, use)
    _check(details, item.meeting, programme, but=item)
    _check_maximum(details, item.maximum)
    _write(item, details)
    check_rooms([item, *workshops_of(item, programme)], programme, elsewhere)
    _change_sign_up(item, details, use, now)


def check_removable(item: ProgrammeItem, programme: Programme, use: ItemUse) -> None:
    """Nobody may have chosen the item or been seen at it; a round must be empty.

    Raises CancelledIsFixed, RoundHasWorkshops, ItemWasChosen or ItemWasAttended.
    """
    check_changeable(item.meeting)
    if workshops_of(item, programme):
        raise RoundHasWorkshops(title=item.title)
    if use.choices:
        raise ItemWasChosen(title=item.title)
    if use.marks:
        raise ItemWasAttended(title=item.title)


def in_order(items: Programme) -> list[ProgrammeItem]:
    """By time; what starts together by place in line."""
    return sorted(items, key=lambda item: (item.starts_at, item.position, item.id or 0))


def siblings(item: ProgrammeItem, programme: Programme) -> list[ProgrammeItem]:
    """The items beside which this one stands: of the same round, or of the day itself."""
    return [one for one in programme if one.round is item.round]


def workshops_of(round_: ProgrammeItem, programme: Programme) -> list[ProgrammeItem]:
    """The workshops of a round in order; empty for anything else."""
    return in_order([one for one in programme if one.round is round_])


def rounds_of(programme: Programme) -> list[ProgrammeItem]:
    return in_order([item for item in programme if item.kind == ItemKind.ROUND])


def code_of(workshop: ProgrammeItem, programme: Programme) -> str:
    """How lists name a workshop: 1A is the first of the first round."""
    rounds = rounds_of(programme)
    place = workshops_of(workshop.round, programme).index(workshop) if workshop.round else 0
    number = rounds.index(workshop.round) + 1 if workshop.round in rounds else ""
    return workshop_code(number, place)


def check_apart(details: Details | ProgrammeItem, others: Programme) -> None:
    """Rounds of one meeting never overlap: one has one place in each."""
    for other in others:
        if details.starts_at < other.ends_at and other.starts_at < details.ends_at:
            comes_first = other.starts_at <= details.starts_at
            before, after = (other, details) if comes_first else (details, other)
            field = "starts_at" if comes_first else "ends_at"
            raise RoundsOverlap(field, title=after.title, before=before.title)


def shift_by(item: ProgrammeItem, span: timedelta) -> None:
    """So much later, the same length: among parts of one day nothing is about the clock."""
    item.starts_at += span
    item.ends_at += span


def _check(
    details: Details, meeting: Meeting, programme: Programme, but: ProgrammeItem | None = None
) -> None:
    if details.ends_at <= details.starts_at:
        raise EndsBeforeStart
    if (field := sticks_out(details, meeting)) is not None:
        starts_after = details.starts_at >= meeting.ends_at
        raise ItemOutsideMeeting("starts_at" if starts_after else field, title=details.title)
    if details.kind == ItemKind.ROUND:
        check_apart(details, [one for one in rounds_of(programme) if one is not but])
    if details.round is not None and (field := sticks_out(details, details.round)) is not None:
        raise WorkshopOutsideRound(field, title=details.title, round=details.round.title)
    if details.room is not None and details.room.venue_id != meeting.venue_id:
        raise RoomElsewhere("room", title=details.title)


def _check_maximum(details: Details, before: int | None) -> None:
    """A limit needs a number. Without one, a number that stood there goes; a new one is asked."""
    if details.sign_up == SignUp.LIMITED:
        if details.maximum is None:
            raise MaximumMissing
        check_capacity(details.room, details.maximum, details.title)
    elif details.maximum not in (None, before):
        raise MaximumWithoutLimit


def _write(item: ProgrammeItem, details: Details) -> None:
    """All but sign-up and maximum, which are changed under the item's own lock."""
    item.kind = details.kind
    item.title = details.title
    item.description = details.description
    item.theme = details.theme
    item.starts_at = details.starts_at
    item.ends_at = details.ends_at
    item.room = details.room
    item.setup_minutes = details.setup_minutes
    item.round = details.round


def _take_along(round_: ProgrammeItem, details: Details, programme: Programme) -> None:
    """Workshops move with their round; those that filled it fill it still."""
    moved = details.starts_at - round_.starts_at
    same_length = details.ends_at - details.starts_at == round_.ends_at - round_.starts_at
    for workshop in workshops_of(round_, programme):
        if same_length:
            shift_by(workshop, moved)
        elif _fills(workshop, round_):
            workshop.starts_at, workshop.ends_at = details.starts_at, details.ends_at
        elif not lies_inside(workshop, details):
            raise WorkshopOutsideRound("ends_at", title=workshop.title, round=details.title)


def _to_other_round(item: ProgrammeItem, details: Details, use: ItemUse) -> Details:
    """One that filled its round and whose times were left alone, fills the new one."""
    if use.choices:
        raise RoundIsFixed
    same_times = (details.starts_at, details.ends_at) == (item.starts_at, item.ends_at)
    if details.round is None or item.round is None or not same_times:
        return details
    if not _fills(item, item.round):
        return details
    return replace(details, starts_at=details.round.starts_at, ends_at=details.round.ends_at)


def _fills(workshop: ProgrammeItem, round_: ProgrammeItem) -> bool:
    return (workshop.starts_at, workshop.ends_at) == (round_.starts_at, round_.ends_at)


def _change_sign_up(item: ProgrammeItem, details: Details, use: ItemUse, now: datetime) -> None:
    if details.sign_up != SignUp.NONE:
        places.change_item_maximum(item, _maximum(details), now)
        return
    if use.live_choices:
        raise SignUpInUse
    item.sign_up, item.maximum = SignUp.NONE, None


def _maximum(details: Details) -> int | None:
    return details.maximum if details.sign_up == SignUp.LIMITED else None
