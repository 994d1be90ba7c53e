"""Moments and days by the clock in Amsterdam, most of all in the nights in which it changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartaal.amsterdam import AMSTERDAM, SkippedTime, amsterdam_moment, later

WEEK = timedelta(weeks=1)
HOUR = timedelta(hours=1)
FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)
# From well before to well after each of the two changes; whole minutes, as people plan.
MINUTES = st.integers(-36 * 60, 36 * 60).map(lambda count: timedelta(minutes=count))
CHANGES = (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC))
NEAR_A_CHANGE = st.builds(lambda change, span: change + span, st.sampled_from(CHANGES), MINUTES)
SPANS = st.one_of(MINUTES, st.integers(-400, 400).map(lambda days: timedelta(days=days)))


def wall_clock(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        (datetime(2027, 3, 23, 11, tzinfo=UTC), datetime(2027, 3, 30, 10, tzinfo=UTC)),
        (datetime(2027, 10, 26, 10, tzinfo=UTC), datetime(2027, 11, 2, 11, tzinfo=UTC)),
        # 2.30 in the night of the change is the first of the two.
        (datetime(2027, 10, 24, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_week_later_it_is_the_same_time_of_day(moment, after):
    assert later(moment, WEEK) == after


def test_a_week_later_in_the_hour_that_is_skipped_is_no_time():
    with pytest.raises(SkippedTime) as skipped:
        later(datetime(2027, 3, 21, 1, 30, tzinfo=UTC), WEEK)

    assert (skipped.value.gap_starts.time(), skipped.value.gap_ends.time()) == (time(2), time(3))


@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_a_time_that_comes_twice_is_the_first_unless_the_second_is_asked(fold, hour):
    assert amsterdam_moment(BACK, time(2, 30, fold=fold)) == datetime(
        2027, 10, 31, hour, 30, tzinfo=UTC
    )


@given(st.sampled_from([FORWARD, BACK]), st.times())
def test_a_wall_time_is_that_time_or_none_at_all(day, at):
    try:
        moment = amsterdam_moment(day, at)
    except SkippedTime:
        assert (day, at.hour) == (FORWARD, 2)
    else:
        assert wall_clock(moment) == datetime.combine(day, at)
        was_there_before = wall_clock(moment - HOUR).time() == wall_clock(moment).time()
        assert was_there_before == (at.fold == 1 and (day, at.hour) == (BACK, 2))


@given(NEAR_A_CHANGE, SPANS)
def test_later_is_so_much_later_on_the_clock_or_no_time_at_all(moment, span):
    wall = wall_clock(moment) + span
    try:
        after = later(moment, span)
    except SkippedTime:
        assert (wall.date(), wall.hour) == (FORWARD, 2)
    else:
        assert wall_clock(after) == wall


@given(NEAR_A_CHANGE)
def test_no_time_later_is_the_same_moment(moment):
    assert later(moment, timedelta()) == moment
