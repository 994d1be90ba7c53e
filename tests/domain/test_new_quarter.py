"""The next quarter after the example of a meeting, as far as it needs no database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kwartaal.domain.new_quarter import suggested_day
from tests.factories import a_meeting


@pytest.mark.parametrize(
    ("today", "suggested"),
    [
        (date(2027, 3, 1), date(2027, 6, 22)),
        (date(2027, 6, 21), date(2027, 6, 22)),
        (date(2027, 6, 22), date(2027, 9, 21)),
        (date(2028, 1, 1), date(2028, 3, 21)),
    ],
)
def test_the_suggested_day_is_the_same_weekday_a_quarter_later(today, suggested):
    meeting = a_meeting(starts_at=datetime(2027, 3, 23, 11, tzinfo=UTC))

    assert suggested_day(meeting, today) == suggested
