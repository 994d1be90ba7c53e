"""The region's time zone: moments are stored in UTC and read in Europe/Amsterdam.

Every local time, typed or shifted, becomes a moment here (decision 0030).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE = timedelta(minutes=1)


class SkippedTime(ValueError):
    """A wall time that does not exist: the clock goes from `gap_starts` to `gap_ends`, both local.

    The second is the first moment there is after it.
    """

    def __init__(self, wall: datetime) -> None:
        super().__init__(f"{wall:%Y-%m-%d %H:%M} does not exist in Amsterdam")
        self.gap_starts = wall
        while not _exists(self.gap_starts - MINUTE):
            self.gap_starts -= MINUTE
        # In a gap the first reading of a wall time uses the offset of before the jump (PEP 495).
        self.gap_ends = self.gap_starts.astimezone(UTC).astimezone(AMSTERDAM)


def amsterdam_date(moment: datetime) -> date:
    """The day an aware moment falls on in Amsterdam; offices and memberships run by it."""
    return moment.astimezone(AMSTERDAM).date()


def amsterdam_moment(day: date, at: time) -> datetime:
    """The moment, in UTC, of a wall time in Amsterdam; SkippedTime when the clock skips it.

    Of a time that comes twice in autumn it is the first, unless `at.fold` is 1 (PEP 495).
    """
    wall = datetime.combine(day, at, tzinfo=AMSTERDAM)
    if not _exists(wall):
        raise SkippedTime(wall.replace(second=0, microsecond=0))
    return wall.astimezone(UTC)


def later(moment: datetime, span: timedelta) -> datetime:
    """So much later by the clock in Amsterdam, in UTC: days on, it is the same time of day.

    Also when the clock changes in between. What is the second occurrence of a time that comes
    twice stays so where there is one. Raises SkippedTime.
    """
    local = moment.astimezone(AMSTERDAM)
    wall = local + span  # this forgets which occurrence it was
    return amsterdam_moment(wall.date(), wall.time().replace(fold=local.fold))


def is_second(moment: datetime) -> bool:
    """Whether its time of day in Amsterdam is there for the second time that night."""
    return moment.astimezone(AMSTERDAM).fold == 1


def _exists(wall: datetime) -> bool:
    there_and_back = wall.astimezone(UTC).astimezone(AMSTERDAM)
    return there_and_back.replace(tzinfo=None) == wall.replace(tzinfo=None)
