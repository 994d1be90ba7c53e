"""Working days of the region, for moments that must fall on one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from holidays import country_holidays

from kwartaal.amsterdam import amsterdam_date, amsterdam_moment

NOON = time(12)
SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no public holiday in the Netherlands."""
    return day.weekday() < SATURDAY and day not in country_holidays("NL", years=day.year)


def last_working_day_before(day: date) -> date:
    """The nearest working day before a day; that day itself never counts."""
    candidate = day - timedelta(days=1)
    while not is_working_day(candidate):
        candidate -= timedelta(days=1)
    return candidate


def default_promotes_until(starts_at: datetime) -> datetime:
    """Noon in Amsterdam of the last working day before a meeting (decision "Registration")."""
    return amsterdam_moment(last_working_day_before(amsterdam_date(starts_at)), NOON)
