"""Cancelling one part of a published meeting: a workshop, or a meal or drinks with sign-up.

It counts at once, as places do: the version readers see stays as it is, and shows the part struck
through. The mails go at once, or wait for the next version, but no longer than for the next daily
mail (decision 0035). Callers hold the meeting's row, and commit, or roll back after looking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain import places
from kwartaal.domain.change_refusals import (
    ItemCancelledAlready,
    ItemIsForAll,
    ItemIsOver,
    ItemNotOnTheSite,
)
from kwartaal.domain.digests import digest_about
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.speaking import tell_speakers
from kwartaal.models import locks
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.calendar import meeting_changed
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, OutboxMail, enqueue
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


def cancel_item(
    item: ProgrammeItem,
    reason: str,
    actor: Person,
    now: datetime,
    waits_until_hour: int | None = None,
) -> list[Ended]:
    """End every choice of a part; nobody can choose it any more. Tell each once, speakers too.

    With an hour in Amsterdam the mails wait for the next version, until it is that hour; close to
    the meeting they go at once all the same. The caller holds the meeting's row. Raises
    CancelledIsFixed, ItemIsForAll, ItemNotOnTheSite, ItemCancelledAlready or ItemIsOver.
    """
    meeting = item.meeting
    # Choices change only under the item's lock, wishes too: no registration is locked here.
    item = locks.lock_items([item.id])[item.id]
    check_item(meeting, item, now)
    ended = _end_choices(item, now)
    choices = [one.choice for one in ended]
    item.cancelled_at, item.cancel_reason = now, reason
    meeting_changed(meeting, now)
    mails = mail_concerned(MailKind.WORKSHOP_CANCELLED, item, choices, now)
    if waits_until_hour is not None:
        _keep(mails, digest_about(meeting, now, waits_until_hour))
    about = f"meeting:{meeting.slug}"
    record(AuditAction.WORKSHOP_CANCELLED, now, actor, about, registered=len(choices))
    return ended


def _end_choices(item: ProgrammeItem, now: datetime) -> list[Ended]:
    ended = [Ended(choice, choice.state) for choice in live_choices_of(item.id)]
    for one in ended:
        places.set_state(one.choice, ChoiceState.WITHDRAWN, now)
        one.choice.ended_as = one.was
    item.taken = item.waiting = 0
    return ended


def _keep(mails: Iterable[OutboxMail], moment: datetime | None) -> None:
    """Let these wait, unless that is too late."""
    if moment is not None:
        for mail in mails:
            mail.gather_at(moment)


def check_item(meeting: Meeting, item: ProgrammeItem, now: datetime) -> None:
    """Whether a part can be cancelled by itself; raises what `cancel_item` raises."""
    check_changeable(meeting)
    if not item.stands_alone:
        raise ItemIsForAll
    latest = find_latest(meeting.id)
    shown = read_stored(latest).all_items if latest else ()
    if not any(one.id == item.id for one in shown):
        raise ItemNotOnTheSite
    if item.is_cancelled:
        raise ItemCancelledAlready
    if item.ends_at <= now:
        raise ItemIsOver


def mail_concerned(
    kind: MailKind,
    item: ProgrammeItem,
    choices: Sequence[Choice],
    now: datetime,
    but: Collection[int] = (),
) -> list[OutboxMail]:
    """A mail about the part to each whose choice it is or was, and to who else speaks in it.

    `but` holds ids of people who get none.
    """
    mails = [
        enqueue(
            kind,
            choice.registration.person,
            f"{choice.id}:{choice.revision}",
            now,
            meeting_id=item.meeting_id,
            item_id=item.id,
        )
        for choice in choices
        if choice.registration.person_id not in but
    ]
    told = [*but, *(one.registration.person_id for one in choices)]
    key = f"{item.id}:{now.timestamp()}"
    speakers = tell_speakers(kind, item.meeting, key, now, told, item)
    return [mail for mail in mails if mail is not None] + speakers
