"""Registering, changing, withdrawing and moving up: one operation, one lock order.

Everyone who can race for the same place meets at the same row: first the meeting (only when a
place in it is taken, awaited or freed), then registrations ascending, then items ascending
(decision 0006). Nobody passes those who wait, and a freed place is given on in the transaction
that frees it. Callers begin writing, then commit, or roll back on a refusal; nothing is stored
then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain import places
from kwartaal.domain.admission import (
    check_items,
    check_offered,
    check_office,
    check_open,
    check_withdrawal,
)
from kwartaal.domain.refusals import (
    ChangedMeanwhile,
    ItemsFull,
    MaximumBelowTaken,
    MeetingFull,
    NobodyWaiting,
    NoRoom,
    NotRegistered,
)
from kwartaal.models import locks
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Office, Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState

Items = dict[int, ProgrammeItem]


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: coming as whom, which items, and where waiting is fine.

    `waitlist_if_full` is for the meeting and everything in it; `waits_for` names single items.
    `seen` is the `revisions` of the registration that the person had in view, 0 for none.
    """

    office: Office
    items: tuple[ProgrammeItem, ...] = ()
    waitlist_if_full: bool = False
    waits_for: frozenset[int] = frozenset()
    seen: int | None = None

    @property
    def item_ids(self) -> set[int]:
        return {item.id for item in self.items}

    def accepts_waiting(self, item: ProgrammeItem) -> bool:
        return self.waitlist_if_full or item.id in self.waits_for


def register(meeting: Meeting, person: Person, wish: Wish, now: datetime) -> Registration:
    """Register somebody, or change what they chose; the same wish twice changes nothing.

    Raises RegistrationNotOpenYet, RegistrationClosed, OfficeNotHeld, NotAdmitted, UnknownChoice,
    OneWorkshopPerRound, MeetingFull, ItemsFull or ChangedMeanwhile.
    """
    check_open(meeting, now)
    check_office(wish.office, person, meeting)
    check_items(wish.items, meeting)
    meeting, registration = _lock_own(meeting, person, now)
    check_open(meeting, now)
    _check_seen(registration, wish)
    before = _standing(registration)
    if not registration.is_live:
        _enter(registration, meeting, wish.waitlist_if_full)
    _come_as(registration, wish.office)
    _choose(registration, wish, now)
    if _standing(registration) != before:
        confirm_anew(registration, now)
    return registration


def withdraw(meeting: Meeting, person: Person, now: datetime) -> Registration:
    """Take somebody off the meeting and everything in it; who waits moves up.

    Raises WithdrawalNotNeeded, AlreadyStarted or NotRegistered.
    """
    check_withdrawal(meeting, now)
    meeting = locks.lock_meeting(meeting.id)
    check_withdrawal(meeting, now)
    registration = locks.fresh_registration(meeting.id, person.id)
    if registration is None or not registration.is_live:
        raise NotRegistered
    freed = registration.state == RegistrationState.PLACED
    successors = _successors(meeting, now, freed=int(freed))
    items = _lock_with_items([registration, *successors])
    _leave_meeting(registration, meeting, items, now)
    _tell(MailKind.WITHDRAWN, registration, now)
    _place_in_meeting(successors, meeting, items, now)
    return registration


def give_meeting_place(registration: Registration, now: datetime) -> None:
    """The organiser gives a waiting person a place in the meeting, in any order.

    Raises NobodyWaiting when that person does not wait (any more), NoRoom when it is full.
    """
    meeting = locks.lock_meeting(registration.meeting_id)
    items = _lock_with_items([registration])
    if registration.state != RegistrationState.WAITING:
        raise NobodyWaiting
    if not meeting.has_room:
        raise NoRoom
    _place_in_meeting([registration], meeting, items, now)


def change_meeting_maximum(meeting: Meeting, maximum: int | None, now: datetime) -> None:
    """Set another maximum, None for no limit, and give every free place to who waits for it.

    With the maximum as it was, that is what a later set moment asks for: people move up by
    themselves again. Raises MaximumBelowTaken when more people have a place already.
    """
    meeting = locks.lock_meeting(meeting.id)
    if maximum is not None and maximum < meeting.taken:
        raise MaximumBelowTaken(taken=meeting.taken)
    meeting.maximum = maximum
    successors = _successors(meeting, now)
    items = _lock_with_items(successors, also=locks.awaited_item_ids(meeting.id))
    for item in items.values():
        places.promote(item, now)
    _place_in_meeting(successors, meeting, items, now)


def confirm_anew(registration: Registration, now: datetime) -> None:
    """A confirmation with all that somebody has, now that it is otherwise; the row is locked."""
    _changed(registration, now)
    _tell(MailKind.REGISTERED, registration, now)


def _lock_own(meeting: Meeting, person: Person, now: datetime) -> tuple[Meeting, Registration]:
    """Lock what a registration of this person touches; the meeting only for a newcomer."""
    was_live = locks.is_live(meeting.id, person.id)
    if not was_live:
        meeting = locks.lock_meeting(meeting.id)
    registration = locks.lock_own_registration(meeting.id, person.id, now)
    if not was_live:
        return meeting, registration
    if not registration.is_live:
        # Withdrawn in another tab just now. The meeting cannot be locked after the registration.
        raise ChangedMeanwhile
    return locks.fresh_meeting(meeting.id), registration


def _check_seen(registration: Registration, wish: Wish) -> None:
    """A form from before another change says nothing about it, unless it asks what one has."""
    if wish.seen in (None, registration.revisions):
        return
    if {choice.item_id for choice in registration.live_choices} != wish.item_ids:
        raise ChangedMeanwhile
    if not registration.is_live:
        raise ChangedMeanwhile


def _lock_with_items(registrations: list[Registration], also: Iterable[int] = ()) -> Items:
    """Lock registrations, then everything they hold, wait for or wish, and other items."""
    locked = locks.lock_registrations(registration.id for registration in registrations)
    item_ids = {choice.item_id for registration in locked for choice in registration.live_choices}
    return locks.lock_items(item_ids.union(also), holders=locked)


def _enter(registration: Registration, meeting: Meeting, waitlist_if_full: bool) -> None:
    """Take a place in the meeting, or stand in line for it. The meeting is locked."""
    if meeting.has_free_place:
        registration.state = RegistrationState.PLACED
        meeting.taken += 1
        return
    if not waitlist_if_full:
        raise MeetingFull
    registration.state = RegistrationState.WAITING
    registration.seq = meeting.next_seq
    meeting.waiting += 1


def _come_as(registration: Registration, office: Office) -> None:
    """Keep office, organisation and group as they are now, so that old lists never change."""
    registration.office_name = office.kind.name
    registration.organisation_id = office.organisation_id
    registration.organisation_name = office.organisation.name
    registration.audience = office.audience


def _choose(registration: Registration, wish: Wish, now: datetime) -> None:
    """Leave what is no longer wished, then join what is new."""
    live = {choice.item_id for choice in registration.live_choices}
    leaving, joining = live - wish.item_ids, wish.item_ids - live
    items = locks.lock_items(leaving | joining, holders=[registration])
    check_offered(registration.meeting_id, joining, items)
    holds_places = registration.state == RegistrationState.PLACED
    if holds_places:
        _refuse_full([items[item_id] for item_id in sorted(joining)], wish)
    for choice in [c for c in registration.live_choices if c.item_id in leaving]:
        places.leave(choice, items[choice.item_id], now)
    locks.settle()
    for item_id in sorted(joining):
        choice = _choice_of(registration, items[item_id], now)
        if holds_places:
            places.join(choice, items[item_id], now)
        else:  # who waits for the meeting holds no places in it
            places.set_state(choice, ChoiceState.WISH, now)


def _refuse_full(joining: list[ProgrammeItem], wish: Wish) -> None:
    full = [item for item in joining if not item.has_free_place and not wish.accepts_waiting(item)]
    if full:
        raise ItemsFull(full)


def _leave_meeting(
    registration: Registration, meeting: Meeting, items: Items, now: datetime
) -> None:
    if registration.state == RegistrationState.PLACED:
        meeting.taken -= 1
    else:
        meeting.waiting -= 1
    for choice in registration.live_choices:
        places.leave(choice, items[choice.item_id], now)
    for choice in registration.choices:
        if choice.ended_as is not None:  # a workshop that is restored has nothing for who left
            places.set_state(choice, choice.state, now)
    registration.state = RegistrationState.WITHDRAWN
    _changed(registration, now)


def _place_in_meeting(
    registrations: list[Registration], meeting: Meeting, items: Items, now: datetime
) -> None:
    """Each takes the places wished for if free, else joins the end of that list; one mail."""
    for registration in registrations:
        registration.state = RegistrationState.PLACED
        meeting.waiting -= 1
        meeting.taken += 1
        for choice in registration.live_choices:
            places.join(choice, items[choice.item_id], now)
        _changed(registration, now)
        _tell(MailKind.MEETING_PLACE_GIVEN, registration, now)


def _successors(meeting: Meeting, now: datetime, freed: int = 0) -> list[Registration]:
    """Who moves up in the meeting once `freed` places are given up, while that goes by itself."""
    room = meeting.waiting if meeting.maximum is None else meeting.maximum - meeting.taken + freed
    if not meeting.waiting or room <= 0 or not meeting.promotes(now):
        return []
    return locks.first_waiting_registrations(meeting.id, room)


def _choice_of(registration: Registration, item: ProgrammeItem, now: datetime) -> Choice:
    """The kept row of person and item, or a new one."""
    choice = registration.choice_of(item.id)
    if choice is None:
        choice = Choice(
            meeting_id=item.meeting_id,
            item_id=item.id,
            round_id=item.round_id,
            state=ChoiceState.WITHDRAWN,
            seq=0,
            revision=0,
            changed_at=now,
        )
        registration.choices.append(choice)
    return choice


def _changed(registration: Registration, now: datetime) -> None:
    registration.revision += 1
    registration.changed_at = now


def _tell(kind: MailKind, registration: Registration, now: datetime) -> None:
    key = f"{registration.id}:{registration.revision}"
    enqueue(kind, registration.person, key, now, meeting_id=registration.meeting_id)


def _standing(registration: Registration) -> tuple[object, ...]:
    """What a confirmation tells; two equal standings need no second mail."""
    choices = sorted((choice.item_id, choice.state.value) for choice in registration.live_choices)
    return (
        registration.state,
        registration.office_name,
        registration.organisation_id,
        registration.audience,
        tuple(choices),
    )
