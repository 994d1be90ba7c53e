"""The region's time zone: moments are stored in UTC and read in Europe/Amsterdam."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def amsterdam_date(moment: datetime) -> date:
    """The day an aware moment falls on in Amsterdam; offices and memberships run by it."""
    return moment.astimezone(AMSTERDAM).date()


def amsterdam_moment(day: date, at: time) -> datetime:
    """The aware moment of a wall time in Amsterdam; in the autumn's double hour the first one."""
    return datetime.combine(day, at, tzinfo=AMSTERDAM)


def later(moment: datetime, span: timedelta) -> datetime:
    """So much later by the clock in Amsterdam, in UTC: days on, it is the same time of day.

    Also when the clock changes in between; what falls in the hour that is skipped comes one later.
    """
    return (moment.astimezone(AMSTERDAM) + span).astimezone(UTC)
