"""The days of the demo's kwartaalbijeenkomsten, around the day on which it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kwartaal.domain.working_days import is_working_day, last_working_day_before

TUESDAY, THURSDAY = 1, 3
QUARTER = 91
# ISO weeks in which the schools of the region are usually closed: Christmas, spring, May, summer
# and autumn. The exact weeks change from year to year.
HOLIDAY_WEEKS = frozenset({1, 8, 9, 17, 18, *range(29, 36), 42, 43, 52, 53})
# Councils begin after the elections of March; what comes later is not known yet.
COUNCIL_TERMS = (date(2018, 3, 29), date(2022, 3, 30), date(2026, 3, 31))


@dataclass(frozen=True)
class MeetingDays:
    """One day for each kwartaalbijeenkomst, all different and at least a month apart."""

    held: date
    open: date
    concept: date
    announced: tuple[date, date]


def meeting_days(today: date) -> MeetingDays:
    """Held more than seven weeks ago, open for about three to four weeks more, the rest later."""
    open_day = near(today + timedelta(days=25), 7)
    return MeetingDays(
        held=near(today - timedelta(days=75), 21),
        open=open_day,
        concept=near(open_day + timedelta(days=QUARTER), 21),
        announced=(
            near(open_day + timedelta(days=2 * QUARTER), 21),
            near(open_day + timedelta(days=3 * QUARTER), 21),
        ),
    )


def near(wanted: date, spread: int) -> date:
    """The Tuesday or Thursday closest to a day, at most `spread` days off.

    Never a public holiday; in a school holiday only when there is no other.
    """
    days = sorted(
        (wanted + timedelta(days=n) for n in range(-spread, spread + 1)),
        key=lambda day: (abs(day - wanted), day),
    )
    return _first(days, _suits) or _first(days, _is_possible) or wanted


def a_week_off(day: date) -> date:
    """The same weekday a week later or earlier, in the same month."""
    later = day + timedelta(days=7)
    return later if later.month == day.month else day - timedelta(days=7)


def office_day(day: date) -> date:
    """The day itself, or the last working day before it: clerks have their weekends."""
    return day if is_working_day(day) else last_working_day_before(day)


def term_start(today: date) -> date:
    """When the councils began that have been sitting for at least half a year."""
    settled = [day for day in COUNCIL_TERMS if day <= today - timedelta(days=183)]
    return settled[-1] if settled else today - timedelta(days=365)


def _first(days: list[date], condition: Callable[[date], bool]) -> date | None:
    return next((day for day in days if condition(day)), None)


def _suits(day: date) -> bool:
    return _is_possible(day) and day.isocalendar().week not in HOLIDAY_WEEKS


def _is_possible(day: date) -> bool:
    return day.weekday() in (TUESDAY, THURSDAY) and is_working_day(day)
