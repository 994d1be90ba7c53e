"""Cancelling one workshop of a published meeting (issue 3, part 4).

It counts at once, as places do: the version readers see stays as it is, and shows the workshop
struck through. Callers hold the meeting's row, and commit, or roll back after looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain import places
from kwartaal.domain.change_refusals import (
    WorkshopCancelledAlready,
    WorkshopIsOver,
    WorkshopNotOnTheSite,
)
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.speaking import tell_speakers
from kwartaal.models import locks
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.calendar import meeting_changed
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import find_latest
from kwartaal.models.published import read_stored
from kwartaal.models.registration import Choice, ChoiceState, live_choices_of


@dataclass(frozen=True)
class Ended:
    """A choice that ended, and what it was: a place, waiting for one, or a wish."""

    choice: Choice
    was: ChoiceState


def cancel_workshop(item: ProgrammeItem, reason: str, actor: Person, now: datetime) -> list[Ended]:
    """End every choice of a workshop; nobody can choose it any more. Tell each once, speakers too.

    Raises CancelledIsFixed, WorkshopNotOnTheSite, WorkshopCancelledAlready or WorkshopIsOver.
    """
    meeting = item.meeting
    # Choices change only under the item's lock, wishes too: no registration is locked here.
    item = locks.lock_items([item.id])[item.id]
    check_workshop(meeting, item, now)
    choices = live_choices_of(item.id)
    ended = [Ended(choice, choice.state) for choice in choices]
    for one in ended:
        places.set_state(one.choice, ChoiceState.WITHDRAWN, now)
        one.choice.ended_as = one.was
    item.taken = item.waiting = 0
    item.cancelled_at, item.cancel_reason = now, reason
    meeting_changed(meeting, now)
    mail_choosers(MailKind.WORKSHOP_CANCELLED, item, choices, now)
    choosers = [one.registration.person_id for one in choices]
    kind, key = MailKind.WORKSHOP_CANCELLED, f"{item.id}:{now.timestamp()}"
    tell_speakers(kind, meeting, key, now, choosers, item)
    about = f"meeting:{meeting.slug}"
    record(AuditAction.WORKSHOP_CANCELLED, now, actor, about, registered=len(choices))
    return ended


def check_workshop(meeting: Meeting, item: ProgrammeItem, now: datetime) -> None:
    """Whether a workshop can be cancelled; raises what `cancel_workshop` raises."""
    check_changeable(meeting)
    latest = find_latest(meeting.id)
    shown = read_stored(latest).workshops if latest else ()
    if not any(one.id == item.id for one in shown):
        raise WorkshopNotOnTheSite
    if item.is_cancelled:
        raise WorkshopCancelledAlready
    if item.ends_at <= now:
        raise WorkshopIsOver


def mail_choosers(
    kind: MailKind, item: ProgrammeItem, choices: Sequence[Choice], now: datetime
) -> None:
    """A mail about the workshop to each whose choice it is or was."""
    for choice in choices:
        enqueue(
            kind,
            choice.registration.person,
            f"{choice.id}:{choice.revision}",
            now,
            meeting_id=item.meeting_id,
            item_id=item.id,
        )
