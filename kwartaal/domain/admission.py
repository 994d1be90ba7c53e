"""Who may register for a meeting, when, and for which items. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain.change_refusals import ItemIsCancelled
from kwartaal.domain.refusals import (
    AlreadyStarted,
    NotAdmitted,
    OfficeNotHeld,
    OneWorkshopPerRound,
    RegistrationClosed,
    RegistrationNotOpenYet,
    UnknownChoice,
    WithdrawalNotNeeded,
)
from kwartaal.domain.snapshots import offered_in
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Office, Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import find_latest


def check_open(meeting: Meeting, now: datetime) -> None:
    """Registering and changing go from the opening to the closing moment.

    Raises RegistrationNotOpenYet or RegistrationClosed.
    """
    if meeting.takes_registrations(now):
        return
    if meeting.opens_later(now):
        raise RegistrationNotOpenYet
    raise RegistrationClosed


def check_withdrawal(meeting: Meeting, now: datetime) -> None:
    """Withdrawing goes on until the start; raises WithdrawalNotNeeded or AlreadyStarted."""
    if meeting.is_cancelled:
        raise WithdrawalNotNeeded
    if meeting.starts_at <= now:
        raise AlreadyStarted


def offices_for(person: Person, meeting: Meeting) -> list[Office]:
    """The offices somebody can come as: held on the day, in a group that is admitted."""
    held = person.offices_on(amsterdam_date(meeting.starts_at))
    return [office for office in held if office.audience in meeting.admitted]


def check_office(office: Office, person: Person, meeting: Meeting) -> None:
    """One comes as the holder of an office on the day, in a group that is admitted.

    Raises OfficeNotHeld or NotAdmitted.
    """
    day = amsterdam_date(meeting.starts_at)
    if office.person_id != person.id or not office.is_held_on(day):
        raise OfficeNotHeld
    if office.audience not in meeting.admitted:
        raise NotAdmitted


def check_items(items: Iterable[ProgrammeItem], meeting: Meeting) -> None:
    """Items of this meeting, at most one of each round; sign-up is checked under their lock.

    Raises UnknownChoice or OneWorkshopPerRound.
    """
    rounds: set[int] = set()
    for item in items:
        if item.meeting_id != meeting.id:
            raise UnknownChoice
        if item.round_id is None:
            continue
        if item.round_id in rounds:
            raise OneWorkshopPerRound
        rounds.add(item.round_id)


def check_offered(
    meeting_id: int, joining: Collection[int], items: Mapping[int, ProgrammeItem]
) -> None:
    """What somebody joins is there, given, and takes sign-up, on the site too.

    `items` are its rows by id, which are locked: whoever retracts a version locks what goes with it
    first, so the version that is read here is still the one when the place is stored. Raises
    ItemIsCancelled or UnknownChoice.
    """
    on_the_site = offered_to_readers(meeting_id) if joining else frozenset()
    for item_id in joining:
        item = items.get(item_id)
        if item is not None and item.is_cancelled:
            raise ItemIsCancelled(title=item.title)
        if item is None or not item.takes_sign_up or item_id not in on_the_site:
            raise UnknownChoice


def offered_to_readers(meeting_id: int) -> frozenset[int]:
    """The ids of what the version that readers see now lets them sign up for."""
    latest = find_latest(meeting_id)
    return offered_in(latest.content) if latest else frozenset()
