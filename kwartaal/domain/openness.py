"""Who is told that a meeting they registered for was closed to them, or is open again.

Registrations stay as they were, as when a meeting is cancelled: opening it again gives everybody
back what they had (decision 0031). Callers hold the meeting's row, and commit, or roll back after
looking.
"""

from __future__ import annotations

from datetime import datetime

from kwartaal.amsterdam import amsterdam_date
from kwartaal.models import locks
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.calendar import openness_changed
from kwartaal.models.kept_cancellations import tell_cancellations_again
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person
from kwartaal.models.registration import Registration, live_registrations
from kwartaal.models.visibility import members_among


def change_openness(meeting: Meeting, before: Openness, actor: Person, now: datetime) -> None:
    """A meeting that readers know got another openness, which is set by the caller; logged.

    Nothing changes for anybody who is registered when it was closed and still is.
    """
    openness_changed(meeting, before, now)
    about, now_it_is = f"meeting:{meeting.slug}", meeting.openness
    record(AuditAction.OPENNESS_CHANGED, now, actor, about, before=before, after=now_it_is)
    was_public = before == Openness.OPENBAAR
    if was_public != meeting.is_public and meeting.ends_at > now:
        _tell(meeting, now)


def without_sight(meeting: Meeting, now: datetime) -> list[Registration]:
    """Who is registered and sees the meeting only while it is open to everybody; two queries."""
    members = members_among(meeting, amsterdam_date(now))
    return [one for one in live_registrations(meeting.id) if one.person_id not in members]


def _tell(meeting: Meeting, now: datetime) -> None:
    """Who sees it all the time only has an appointment that reads otherwise from now on."""
    locks.lock_everybody(meeting.id)
    kind = MailKind.OPENED if meeting.is_public else MailKind.CLOSED
    members = members_among(meeting, amsterdam_date(now))
    if meeting.is_public:
        tell_cancellations_again(meeting.id, now)
    for registration in live_registrations(meeting.id):
        person = registration.person
        if person.id in members and not person.calendar_by_mail:
            continue
        key = f"{registration.id}:{meeting.calendar_revision}"
        enqueue(kind, person, key, now, meeting_id=meeting.id)
