"""Places in one programme item: taking, waiting, leaving, moving up.

Whoever calls `join`, `leave` or `promote` holds the item's lock and has read the choice under it
(decision 0006). Nobody passes those who wait, and a freed place is given on at once.
"""

from __future__ import annotations

from datetime import datetime

from kwartaal.domain.refusals import MaximumBelowTaken, NobodyWaiting, NoRoom
from kwartaal.models import locks
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.programme import ProgrammeItem, SignUp
from kwartaal.models.registration import Choice, ChoiceState


def give_place(choice: Choice, now: datetime) -> None:
    """The organiser gives a waiting person a place in an item, in any order.

    Raises NobodyWaiting when that person does not wait (any more), NoRoom when it is full.
    """
    item = locks.lock_items([choice.item_id])[choice.item_id]
    choice = locks.fresh_choice(choice)
    if choice.state != ChoiceState.WAITING:
        raise NobodyWaiting
    if not item.has_room:
        raise NoRoom
    _move_up(choice, item, now)


def change_item_maximum(item: ProgrammeItem, maximum: int | None, now: datetime) -> None:
    """Set another maximum, None for no limit; places that come free go to those who wait.

    Raises MaximumBelowTaken when more people have a place already.
    """
    item = locks.lock_items([item.id])[item.id]
    if maximum is not None and maximum < item.taken:
        raise MaximumBelowTaken(taken=item.taken)
    item.maximum = maximum
    item.sign_up = SignUp.OPEN if maximum is None else SignUp.LIMITED
    promote(item, now)


def join(choice: Choice, item: ProgrammeItem, now: datetime) -> None:
    """Take a place, or the end of the line."""
    if item.has_free_place:
        item.taken += 1
        set_state(choice, ChoiceState.PLACED, now)
        return
    item.waiting += 1
    item.next_seq += 1
    choice.seq = item.next_seq
    set_state(choice, ChoiceState.WAITING, now)


def leave(choice: Choice, item: ProgrammeItem, now: datetime) -> None:
    """Give up a place, a place in line or a wish; a freed place is given on at once."""
    was = choice.state
    set_state(choice, ChoiceState.WITHDRAWN, now)
    if was == ChoiceState.WAITING:
        item.waiting -= 1
    elif was == ChoiceState.PLACED:
        item.taken -= 1
        promote(item, now)


def promote(item: ProgrammeItem, now: datetime) -> None:
    """Give free places to those who wait, first come first served, until the set moment."""
    while item.waiting and item.has_room and item.meeting.promotes(now):
        choice = locks.next_waiting_choice(item.id)
        if choice is None:
            return
        _move_up(choice, item, now)


def set_state(choice: Choice, state: ChoiceState, now: datetime) -> None:
    choice.state, choice.ended_as = state, None
    choice.revision += 1
    choice.changed_at = now


def tell_place(choice: Choice, now: datetime) -> None:
    """The mail to who has a place that they waited for, or wished."""
    enqueue(
        MailKind.PLACE_GIVEN,
        choice.registration.person,
        f"{choice.id}:{choice.revision}",
        now,
        meeting_id=choice.meeting_id,
        item_id=choice.item_id,
    )


def _move_up(choice: Choice, item: ProgrammeItem, now: datetime) -> None:
    item.waiting -= 1
    item.taken += 1
    set_state(choice, ChoiceState.PLACED, now)
    tell_place(choice, now)
