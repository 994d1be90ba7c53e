"""Taking the last publication back within an hour: what readers saw before is there again.

The retracted version keeps its number and is for staff only; what is restored is the next version.
Before the first programme there is nothing to restore: the meeting is announced or a concept again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kwartaal.domain import publications
from kwartaal.domain.publication_refusals import (
    AlreadyToldToRegister,
    NothingToRetract,
    NotTheLatest,
    OnAgain,
    PeopleChose,
    PeopleRegistered,
    RestoredAlready,
    TooLateToRetract,
    WasMoved,
)
from kwartaal.domain.slugs import follow_title
from kwartaal.domain.snapshots import Content, date_and_place, offered_in, parts_of
from kwartaal.models import locks
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.calendar import taken_back
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind, OutboxMail, drop_told_changes, enqueue
from kwartaal.models.person import Person
from kwartaal.models.planned_publication import forget_plan
from kwartaal.models.programme import programme_of
from kwartaal.models.publication import Publication, claim_retraction, find_before, find_latest
from kwartaal.models.published import read_stored
from kwartaal.models.registration import count_choosers, count_live_registrations

LONGEST = timedelta(hours=1)


def retract(meeting: Meeting, number: int, actor: Person, now: datetime) -> int:
    """Take version `number` back; returns how many people get a correction.

    Callers hold the meeting's row, and commit. Mails about it that are not sent yet are dropped.
    Raises NotTheLatest, TooLateToRetract, or another refusal of `check_can_retract`.
    """
    version = find_latest(meeting.id)
    if version is None or version.number != number:
        raise NotTheLatest
    before = find_before(version)
    locks.lock_items(_offered_only_now(version, before))  # nobody chooses what is about to go
    check_can_retract(meeting, version, now)
    if not claim_retraction(version.id, now, now - LONGEST):
        raise TooLateToRetract
    told = drop_told_changes(version.id, now)
    version.told = len(told)  # the others never hear of it
    corrections = _correct(version, told, now)
    forget_plan(meeting.id)
    record(AuditAction.VERSION_RETRACTED, now, actor, f"meeting:{meeting.slug}", version=number)
    again = _go_back(meeting, version, before, actor, now)
    if again is not None:
        again.told = corrections
    return corrections


def check_can_retract(meeting: Meeting, version: Publication, now: datetime) -> None:
    """Raises the first reason why the latest version cannot be taken back."""
    if meeting.state != MeetingState.PUBLISHED or version.is_announcement:
        raise NothingToRetract
    if version.restores is not None:
        raise RestoredAlready
    if now > version.published_at + LONGEST:
        raise TooLateToRetract
    before = find_before(version)
    if before is not None and date_and_place(before.content) != date_and_place(version.content):
        raise WasMoved
    if before is not None and _called_off(before.content) - _off_now(meeting):
        raise OnAgain
    if before is None or before.is_announcement:
        _check_nobody_came(meeting)
    _check_nobody_chose(_offered_only_now(version, before))


def _called_off(content: Content) -> set[int]:
    """The items that do not take place, as a version says."""
    return {part["id"] for part in parts_of(content) if "cancelled" in part}


def _off_now(meeting: Meeting) -> set[int]:
    """Calling a workshop off is an act of its own, which counts whatever a version says."""
    return {item.id for item in programme_of(meeting.id) if item.is_cancelled}


def _check_nobody_came(meeting: Meeting) -> None:
    """Without a programme nobody can be registered."""
    registered = count_live_registrations(meeting.id)
    if registered:
        raise PeopleRegistered(registered=registered)
    if meeting.invited_at is not None:
        raise AlreadyToldToRegister


def _check_nobody_chose(going: frozenset[int]) -> None:
    """What nobody can see any more nobody can leave either."""
    chosen = count_choosers(going)
    if chosen:
        raise PeopleChose(chosen=chosen)


def _offered_only_now(version: Publication, before: Publication | None) -> frozenset[int]:
    """The items one can sign up for since this version."""
    return offered_in(version.content) - (offered_in(before.content) if before else frozenset())


def _go_back(
    meeting: Meeting,
    version: Publication,
    before: Publication | None,
    actor: Person,
    now: datetime,
) -> Publication | None:
    """The version in which readers see again what they saw before; None without a programme."""
    if before is not None and before.content["title"] != version.content["title"]:
        follow_title(meeting, before.content["title"])
    if before is not None and not before.is_announcement:
        return publications.restore(meeting, before, actor, now)
    meeting.state = MeetingState.ANNOUNCED if before else MeetingState.CONCEPT
    taken_back(meeting, None if before else read_stored(version), now)
    return None


def _correct(version: Publication, mails: list[OutboxMail], now: datetime) -> int:
    """One correction to whoever got a mail, or is getting one at this moment.

    A mail in a worker's hands may fail after all: its correction waits until that is known.
    """
    for mail in mails:
        correction = enqueue(
            MailKind.CHANGE_RETRACTED,
            mail.person,
            f"{version.id}:{mail.person_id}",
            now,
            meeting_id=version.meeting_id,
            publication=version,
        )
        if correction is not None and mail.sent_at is None and mail.claimed_until is not None:
            correction.due_at = mail.claimed_until
    return len(mails)
