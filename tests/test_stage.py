"""Where a meeting stands for whoever might register. No application, no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kwartaal.models.meeting import MeetingState
from kwartaal.models.stage import Stage, is_today, stage_of
from tests.factories import START, a_meeting

OPENS, CLOSES = START - timedelta(days=40), START - timedelta(days=4)
END = START + timedelta(hours=6)


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        (OPENS - timedelta(seconds=1), Stage.NOT_OPEN_YET),
        (OPENS, Stage.OPEN),
        (CLOSES - timedelta(seconds=1), Stage.OPEN),
        (CLOSES, Stage.CLOSED),
        (END - timedelta(seconds=1), Stage.CLOSED),
        (END, Stage.HELD),
    ],
)
def test_a_published_meeting_goes_by_the_clock(moment, stage):
    assert stage_of(a_meeting(), moment) == stage


@pytest.mark.parametrize(
    ("columns", "stage"),
    [
        ({"maximum": 2, "taken": 2, "waiting": 0}, Stage.FULL),
        ({"maximum": 2, "taken": 1, "waiting": 1}, Stage.FULL),
        ({"maximum": 2, "taken": 1, "waiting": 0}, Stage.OPEN),
        ({"maximum": None, "taken": 900, "waiting": 0}, Stage.OPEN),
        ({"registration_closes_at": None}, Stage.WITHOUT_SIGN_UP),
        ({"registration_opens_at": None}, Stage.OPEN),
        ({"state": MeetingState.ANNOUNCED}, Stage.ANNOUNCED),
        ({"state": MeetingState.CANCELLED}, Stage.CANCELLED),
    ],
)
def test_an_open_moment_depends_on_the_meeting(columns, stage):
    assert stage_of(a_meeting(**({"taken": 0, "waiting": 0} | columns)), OPENS) == stage


@pytest.mark.parametrize("state", [MeetingState.ANNOUNCED, MeetingState.PUBLISHED])
def test_after_its_end_a_meeting_is_held(state):
    assert stage_of(a_meeting(state=state), END) == Stage.HELD


def test_a_cancelled_meeting_stays_cancelled():
    assert stage_of(a_meeting(state=MeetingState.CANCELLED), END) == Stage.CANCELLED


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        (datetime(2027, 3, 22, 22, 59, tzinfo=UTC), False),  # 23.59 the evening before
        (datetime(2027, 3, 22, 23, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 23, 22, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 23, 23, 0, tzinfo=UTC), False),
    ],
)
def test_today_is_the_day_in_amsterdam(moment, today):
    assert is_today(a_meeting(), moment) is today
