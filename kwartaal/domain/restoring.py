"""Restoring what was cancelled: a meeting, or a part of it with the people who had it.

It counts at once, as cancelling does, and nobody gets another place than the one they had. Callers
hold the meeting's row, and commit, or roll back after looking (decision 0017).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain import places, registrations
from kwartaal.domain.change_refusals import (
    ItemIsOn,
    ItemOutOfProgramme,
    MeetingIsOn,
    RestoredTooLate,
)
from kwartaal.domain.item_cancelling import mail_concerned
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.publications import publish_content
from kwartaal.domain.rooms import check_rooms
from kwartaal.domain.snapshots import Content, parts_of
from kwartaal.domain.speaking import tell_speakers
from kwartaal.models import locks
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.calendar import meeting_changed
from kwartaal.models.kept_cancellations import drop_kept, tell_cancellations_again
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, programme_of
from kwartaal.models.publication import Publication, find_latest
from kwartaal.models.registration import (
    Choice,
    ChoiceState,
    Registration,
    RegistrationState,
    live_registrations,
)
from kwartaal.models.restoration import keep_restoration
from kwartaal.models.room_use import hold_rooms

# What restoring a part may send: that it is on, or what is otherwise for who knew of nothing.
ITEM_MAILS = (MailKind.WORKSHOP_RESTORED, MailKind.PLACE_GIVEN, MailKind.REGISTERED)


@dataclass(frozen=True)
class Back:
    """Who has a part again, and who chose something else in its round meanwhile.

    `untold` are those of the choices of who never heard that it was off, and has what they had.
    """

    choices: list[Choice]
    elsewhere: list[Registration]
    untold: list[Choice]


def restore_meeting(meeting: Meeting, actor: Person, now: datetime) -> list[Registration]:
    """Let a meeting take place after all, with everybody who was registered; one mail each.

    Raises MeetingIsOn, RestoredTooLate, RoomTakenElsewhere or RoomTakenByClosed.
    """
    if not meeting.is_cancelled:
        raise MeetingIsOn
    if meeting.ends_at <= now:
        raise RestoredTooLate
    # Within the programme nothing could change meanwhile: only others may have its rooms.
    check_rooms(programme_of(meeting.id), [], hold_rooms(meeting))
    latest = find_latest(meeting.id)
    has_programme = latest is not None and not latest.is_announcement
    meeting.state = MeetingState.PUBLISHED if has_programme else MeetingState.ANNOUNCED
    keep_restoration(meeting, None, now)
    meeting_changed(meeting, now)
    locks.lock_everybody(meeting.id)
    concerned = live_registrations(meeting.id)
    for registration in concerned:
        key = f"{registration.id}:{meeting.calendar_revision}"
        enqueue(MailKind.RESTORED, registration.person, key, now, meeting_id=meeting.id)
    tell_cancellations_again(meeting.id, now)
    registered = [one.person_id for one in concerned]
    tell_speakers(MailKind.RESTORED, meeting, str(meeting.calendar_revision), now, registered)
    about = f"meeting:{meeting.slug}"
    record(AuditAction.RESTORED, now, actor, about, registered=len(concerned))
    return concerned


def restore_item(item: ProgrammeItem, actor: Person, now: datetime) -> Back:
    """Let a part take place after all; who had it has it again, and gets one mail at most.

    Who withdrew from the meeting, or chose something else in the round, keeps that. Raises
    CancelledIsFixed, ItemIsOn, RestoredTooLate, ItemOutOfProgramme, RoomTaken,
    RoomTakenElsewhere or RoomTakenByClosed.
    """
    meeting = item.meeting
    concerned = locks.lock_registrations(locks.ended_in(item.id))
    item = locks.lock_items([item.id], holders=concerned)[item.id]
    latest = _check_item(meeting, item, now)
    keep_restoration(meeting, item, now)
    check_rooms([item], programme_of(meeting.id), hold_rooms(meeting))
    _show_again(meeting, item, latest, actor, now)
    ended = _ended_in(item, concerned)
    elsewhere = [choice for choice in ended if _chose_otherwise(choice)]
    back = sorted((choice for choice in ended if choice not in elsewhere), key=_order)
    otherwise = _give_back(back, item, now)
    untold = _tell(item, back, otherwise, now)
    about = f"meeting:{meeting.slug}"
    record(AuditAction.WORKSHOP_RESTORED, now, actor, about, registered=len(back))
    return Back(back, [choice.registration for choice in elsewhere], untold)


def _check_item(meeting: Meeting, item: ProgrammeItem, now: datetime) -> Publication:
    """The version readers see, if the part still stands in it."""
    check_changeable(meeting)
    if not item.is_cancelled:
        raise ItemIsOn
    if item.ends_at <= now:
        raise RestoredTooLate
    latest = find_latest(meeting.id)
    if latest is None or item.id not in (part["id"] for part in parts_of(latest.content)):
        raise ItemOutOfProgramme
    return latest


def _show_again(
    meeting: Meeting, item: ProgrammeItem, latest: Publication, actor: Person, now: datetime
) -> None:
    """A version that was published meanwhile says that it is off; the next does not."""
    if any(part["id"] == item.id and "cancelled" in part for part in parts_of(latest.content)):
        publish_content(meeting, _without_cancelling(latest.content, item.id), actor, now)
    else:
        meeting_changed(meeting, now)


def _without_cancelling(content: Content, item_id: int) -> Content:
    items = [_part_on(item, item_id) for item in content["items"]]
    return content | {"items": items}


def _part_on(part: Content, item_id: int) -> Content:
    inside = [_part_on(one, item_id) for one in part["workshops"]]
    kept = {
        key: value for key, value in part.items() if key != "cancelled" or part["id"] != item_id
    }
    return kept | {"workshops": inside}


def _ended_in(item: ProgrammeItem, concerned: list[Registration]) -> list[Choice]:
    """What ended with the part, of who did not withdraw from the meeting."""
    return [
        choice
        for registration in concerned
        if registration.is_live and (choice := registration.choice_of(item.id)) is not None
        if choice.ended_as is not None
    ]


def _give_back(back: list[Choice], item: ProgrammeItem, now: datetime) -> list[Choice]:
    """Returns those that are not what they were, such as a place for who waited for one."""
    otherwise = []
    for choice in back:
        was = choice.ended_as
        _take_up(choice, item, now)
        if choice.state != was:
            otherwise.append(choice)
    return otherwise


def _chose_otherwise(choice: Choice) -> bool:
    if choice.round_id is None:
        return False
    return any(one.round_id == choice.round_id for one in choice.registration.live_choices)


def _order(choice: Choice) -> tuple[int, int, int]:
    """Places first, then the line in its order, then wishes."""
    states = (ChoiceState.PLACED, ChoiceState.WAITING, ChoiceState.WISH)
    was = states.index(choice.ended_as) if choice.ended_as in states else len(states)
    return was, choice.seq if was else 0, choice.id


def _take_up(choice: Choice, item: ProgrammeItem, now: datetime) -> None:
    """What it was, as far as the maximum of now allows; who waits moves up where that is usual."""
    was = choice.ended_as
    if choice.registration.state == RegistrationState.WAITING:
        places.set_state(choice, ChoiceState.WISH, now)
    elif was == ChoiceState.WISH:  # has a place in the meeting since
        places.join(choice, item, now)
    elif item.has_room and (was == ChoiceState.PLACED or _moves_up(item, now)):
        item.taken += 1
        places.set_state(choice, ChoiceState.PLACED, now)
    else:
        item.waiting += 1
        places.set_state(choice, ChoiceState.WAITING, now)


def _moves_up(item: ProgrammeItem, now: datetime) -> bool:
    return not item.waiting and item.meeting.promotes(now)


def _tell(
    item: ProgrammeItem, back: list[Choice], otherwise: list[Choice], now: datetime
) -> list[Choice]:
    """Who never heard that it was off, hears only what is otherwise than they know.

    Returns those of who hears nothing.
    """
    unaware = drop_kept(item.id, now)
    mail_concerned(MailKind.WORKSHOP_RESTORED, item, back, now, unaware)
    of_unaware = [choice for choice in back if choice.registration.person_id in unaware]
    for choice in of_unaware:
        if choice in otherwise:
            _tell_otherwise(choice, now)
    return [choice for choice in of_unaware if choice not in otherwise]


def _tell_otherwise(choice: Choice, now: datetime) -> None:
    """A place is told as any place that came free; else what they have is confirmed anew."""
    if choice.state == ChoiceState.PLACED:
        places.tell_place(choice, now)
    else:
        registrations.confirm_anew(choice.registration, now)
