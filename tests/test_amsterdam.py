"""Moments and days by the clock in Amsterdam."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kwartaal.amsterdam import later


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        (datetime(2027, 3, 23, 11, tzinfo=UTC), datetime(2027, 3, 30, 10, tzinfo=UTC)),
        (datetime(2027, 10, 26, 10, tzinfo=UTC), datetime(2027, 11, 2, 11, tzinfo=UTC)),
        (datetime(2027, 3, 21, 1, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_week_later_it_is_the_same_time_of_day_but_in_the_hour_that_is_skipped(moment, after):
    assert later(moment, timedelta(weeks=1)) == after
