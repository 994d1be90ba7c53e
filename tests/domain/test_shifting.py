"""Parts of a day that come along to another day, over the nights in which the clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kwartaal.amsterdam import AMSTERDAM, later
from kwartaal.domain.change_refusals import ItemInDoubleHour, ItemInSkippedHour
from kwartaal.domain.refusals import Refused
from kwartaal.domain.shifting import shift, shifted
from tests.factories import a_meeting, an_item
from tests.test_amsterdam import NEAR_A_CHANGE, SPANS

HALF_HOUR = timedelta(minutes=30)
SIX_DAYS = timedelta(days=6)
MIDNIGHT = datetime(2027, 3, 21, 23, tzinfo=UTC)  # in Amsterdam, six days before the change


@pytest.mark.parametrize(
    ("begins", "lasts"),
    [(4, 1), (4, 4), (5, 1), (3, 2)],
    ids=["inside", "begins in it", "to its end", "ends in it"],
)
def test_a_part_that_would_begin_or_end_in_the_skipped_hour_is_refused_by_name(begins, lasts):
    starts_at = MIDNIGHT + begins * HALF_HOUR
    item = an_item(
        a_meeting(), title="Borrel", starts_at=starts_at, ends_at=starts_at + lasts * HALF_HOUR
    )

    with pytest.raises(ItemInSkippedHour) as refused:
        shift(item, SIX_DAYS, "day")

    assert (refused.value.values, refused.value.field) == ({"title": "Borrel"}, "day")
    assert (item.starts_at, item.ends_at) == (starts_at, starts_at + lasts * HALF_HOUR)


@pytest.mark.parametrize(("begins", "lasts"), [(2, 1), (6, 2), (3, 4)])
def test_a_part_around_the_skipped_hour_keeps_its_times_of_day(begins, lasts):
    starts_at = MIDNIGHT + begins * HALF_HOUR
    item = an_item(a_meeting(), starts_at=starts_at, ends_at=starts_at + lasts * HALF_HOUR)

    shift(item, SIX_DAYS)

    start, end = (moment.astimezone(AMSTERDAM) for moment in (item.starts_at, item.ends_at))
    assert (start.hour * 60 + start.minute, end.hour * 60 + end.minute) == (
        begins * 30,
        (begins + lasts) * 30,
    )


def test_a_part_in_the_second_of_the_double_hour_has_no_place_on_another_day():
    """2.30 for the second time comes after 2.45 for the first; a week later it would not."""
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    item = an_item(a_meeting(), starts_at=second, ends_at=second + HALF_HOUR)

    with pytest.raises(ItemInDoubleHour):
        shift(item, timedelta(days=7))


@given(NEAR_A_CHANGE, NEAR_A_CHANGE, SPANS)
def test_what_comes_along_keeps_its_time_of_day_and_its_order(one, other, span):
    assume(one < other)
    try:
        start, end = shifted((one, other), span, "")
    except Refused:
        return
    assert start < end
    assert (start, end) == (later(one, span), later(other, span))


@given(NEAR_A_CHANGE, st.integers(-400, 400))
def test_there_and_back_it_is_the_same_moment(moment, days):
    there = timedelta(days=days)
    try:
        moved, _end = shifted((moment, moment), there, "")
        back, _end = shifted((moved, moved), -there, "")
    except Refused:
        return
    assert back == moment
