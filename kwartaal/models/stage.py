"""How far a meeting is for whoever might register; every page and list reads it here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kwartaal.amsterdam import amsterdam_date
from kwartaal.models.meeting import Meeting, MeetingState


class Stage(StrEnum):
    """From announcement to the end, as a reader sees it."""

    CANCELLED = "cancelled"
    HELD = "held"
    ANNOUNCED = "announced"
    WITHOUT_SIGN_UP = "without_sign_up"
    NOT_OPEN_YET = "not_open_yet"
    OPEN = "open"
    FULL = "full"  # open, but a newcomer joins the waiting list
    CLOSED = "closed"

    @property
    def takes_registrations(self) -> bool:
        return self in (Stage.OPEN, Stage.FULL)


def stage_of(meeting: Meeting, now: datetime) -> Stage:
    """Where a meeting stands at a moment."""
    if meeting.is_cancelled:
        return Stage.CANCELLED
    if meeting.ends_at <= now:
        return Stage.HELD
    if meeting.state != MeetingState.PUBLISHED:
        return Stage.ANNOUNCED
    return _sign_up(meeting, now)


def is_today(meeting: Meeting, now: datetime) -> bool:
    """Whether the meeting is on this day in Amsterdam; one over midnight is on both."""
    day = amsterdam_date(now)
    return amsterdam_date(meeting.starts_at) <= day <= amsterdam_date(meeting.ends_at)


def _sign_up(meeting: Meeting, now: datetime) -> Stage:
    if meeting.registration_closes_at is None:
        return Stage.WITHOUT_SIGN_UP
    if meeting.opens_later(now):
        return Stage.NOT_OPEN_YET
    if not meeting.takes_registrations(now):
        return Stage.CLOSED
    return Stage.OPEN if meeting.has_free_place else Stage.FULL
