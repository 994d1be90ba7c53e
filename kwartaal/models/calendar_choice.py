"""What somebody has coming, and which of it stands in a calendar because a mail brought it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.registration import REGISTERED, Registration

REQUEST = "REQUEST"  # METHOD of an appointment that stands


def coming_by_mail(person_id: int, now: datetime) -> list[int]:
    """The ids of somebody's coming registrations whose appointment a mail brought; two queries."""
    held = _held(person_id, now)
    return [key for key, meeting_id in _coming(person_id, now).items() if meeting_id in held]


def coming_by_feed(person_id: int, now: datetime) -> list[int]:
    """The other ones."""
    held = _held(person_id, now)
    return [key for key, meeting_id in _coming(person_id, now).items() if meeting_id not in held]


def _coming(person_id: int, now: datetime) -> dict[int, int]:
    """Registration and meeting of what is not over and not cancelled."""
    statement = (
        select(Registration.id, Registration.meeting_id)
        .join(Registration.meeting)
        .where(
            Registration.person_id == person_id,
            Registration.state.in_(REGISTERED),
            Meeting.ends_at > now,
            Meeting.state != MeetingState.CANCELLED,
        )
    )
    return {key: meeting_id for key, meeting_id in db.session.execute(statement)}


def _held(person_id: int, now: datetime) -> set[int]:
    """Meetings whose last appointment by mail stands; what a worker is sending now counts too."""
    statement = (
        select(OutboxMail.meeting_id, OutboxMail.appointment)
        .where(
            OutboxMail.person_id == person_id,
            OutboxMail.meeting_id.is_not(None),
            or_(OutboxMail.appointment.is_not(None), OutboxMail.claimed_until > now),
        )
        .order_by(OutboxMail.sent_at.asc().nulls_last(), OutboxMail.id)
    )
    last: dict[int, str] = {}
    for meeting_id, method in db.session.execute(statement):
        if meeting_id is not None:
            last[meeting_id] = method or REQUEST
    return {meeting_id for meeting_id, method in last.items() if method == REQUEST}
