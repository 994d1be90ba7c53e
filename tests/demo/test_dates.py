"""On which days the demo's meetings fall, whatever the day of loading."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kwartaal.demo.dates import HOLIDAY_WEEKS, meeting_days, near, term_start
from kwartaal.domain.working_days import is_working_day

UNHURRIED = settings(deadline=None)  # the first call reads the calendar of holidays
DAYS = st.dates(date(2025, 1, 1), date(2035, 12, 31))


def all_days(today: date) -> list[date]:
    days = meeting_days(today)
    return [days.held, days.open, days.concept, *days.announced]


@UNHURRIED
@given(DAYS)
def test_every_meeting_is_on_a_working_tuesday_or_thursday(today: date) -> None:
    days = all_days(today)

    assert [day.strftime("%A") in ("Tuesday", "Thursday") for day in days] == [True] * 5
    assert [is_working_day(day) for day in days] == [True] * 5


@UNHURRIED
@given(DAYS)
def test_meetings_are_at_least_a_month_apart_in_order(today: date) -> None:
    days = all_days(today)

    gaps = [after - before for before, after in pairwise(days)]
    assert min(gaps) > timedelta(days=31)


@UNHURRIED
@given(DAYS)
def test_the_last_was_two_to_three_months_ago_and_the_next_is_in_some_weeks(today: date) -> None:
    days = meeting_days(today)

    assert timedelta(days=54) <= today - days.held <= timedelta(days=96)
    assert timedelta(days=18) <= days.open - today <= timedelta(days=32)


def test_a_day_in_a_school_holiday_is_passed_over() -> None:
    day = near(date(2027, 2, 23), 7)  # in the week of the spring holiday

    assert day == date(2027, 2, 18)
    assert day.isocalendar().week not in HOLIDAY_WEEKS


def test_a_public_holiday_is_never_chosen_even_when_little_else_is_left() -> None:
    ascension_day = date(2027, 5, 6)  # a Thursday, with the May holiday around it

    assert near(ascension_day, 4) == date(2027, 5, 4)


def test_council_members_began_with_a_term_that_had_time_to_settle() -> None:
    assert term_start(date(2026, 8, 1)) == date(2022, 3, 30)
    assert term_start(date(2027, 3, 10)) == date(2026, 3, 31)
