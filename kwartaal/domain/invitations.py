"""Telling people that registering for a meeting is open: one mail each, once."""

from __future__ import annotations

from datetime import datetime

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain.refusals import AlreadyInvited, NotOpenForRegistration
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.invitees import invitees
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person


def invite(meeting: Meeting, actor: Person, now: datetime) -> int:
    """Send "aanmelden is open" to everybody it concerns; returns how many that are.

    Callers hold the meeting's row, and commit. Raises NotOpenForRegistration or AlreadyInvited.
    """
    check_can_invite(meeting, now)
    people = invitees(meeting, amsterdam_date(now))
    for person in people:
        key = f"{meeting.id}:{person.id}"
        enqueue(MailKind.REGISTRATION_OPEN, person, key, now, meeting_id=meeting.id)
    meeting.invited_at = now
    record(AuditAction.INVITED, now, actor, f"meeting:{meeting.slug}", people=len(people))
    return len(people)


def check_can_invite(meeting: Meeting, now: datetime) -> None:
    """Once, and only while people can register."""
    if meeting.invited_at is not None:
        raise AlreadyInvited
    if not meeting.takes_registrations(now):
        raise NotOpenForRegistration
