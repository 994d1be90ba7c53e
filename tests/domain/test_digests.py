"""When a change waits for the daily mail, and what several versions come down to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartaal.domain.changes import Change, ChangeKind, Subject
from kwartaal.domain.digests import digest_for, next_digest, settled
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person

ROOM = Change(ChangeKind.ROOM, Subject.ITEM, 1, "Warmte", "Kil", "Noord")
NEW = Change(ChangeKind.ADDED, Subject.ITEM, 1, "Warmte")
GONE = replace(NEW, kind=ChangeKind.REMOVED)
TITLE = Change(ChangeKind.RETITLED, Subject.ITEM, 1, "Warmte", "Hitte", "Warmte")


def utc(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (utc(10, 11), utc(10, 16)),  # 17.00 uur in winter
        (utc(10, 16), utc(11, 16)),
        (utc(27, 17), utc(28, 15)),  # the clock changes in between
    ],
)
def test_the_next_daily_mail_is_at_the_hour_in_amsterdam(now, moment):
    assert next_digest(now, 17) == moment


def test_the_daily_mail_goes_right_after_an_hour_that_the_clock_skips():
    assert next_digest(utc(27, 17), 2) == utc(28, 1)  # 3.00 uur in summer


@pytest.mark.parametrize(
    ("starts_at", "now", "waits"),
    [
        (utc(23, 11), utc(22, 10), True),
        (utc(23, 11), utc(22, 17), False),  # the next mail goes on the day itself
        (utc(23, 19), utc(22, 17), False),  # also when it begins after that mail
        (utc(23, 11), utc(23, 8), False),
        (utc(23, 11), utc(24, 8), False),
    ],
)
def test_what_is_about_today_or_is_too_late_otherwise_goes_at_once(starts_at, now, waits):
    moment = digest_for(Person(wants_digest=True), Meeting(starts_at=starts_at), now, 17)

    assert (moment is not None) == waits


def test_who_did_not_choose_it_hears_at_once():
    assert (
        digest_for(Person(wants_digest=False), Meeting(starts_at=utc(23, 11)), utc(1, 9), 17)
        is None
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([ROOM], [ROOM]),
        ([ROOM, replace(ROOM, before="Noord", after="Zuid")], [replace(ROOM, after="Zuid")]),
        ([ROOM, replace(ROOM, before="Noord", after="Kil")], []),
        ([ROOM, TITLE], [ROOM, TITLE]),
        ([ROOM, replace(ROOM, id=2)], [ROOM, replace(ROOM, id=2)]),
        ([replace(NEW, title="Hitte"), TITLE, ROOM], [NEW]),
        ([ROOM, TITLE, GONE], [GONE]),
        ([NEW, ROOM, GONE], []),
        ([GONE, NEW], [GONE, NEW]),
        ([replace(ROOM, before=None), ROOM], [ROOM]),
    ],
    ids=["once", "twice", "and back", "two", "two parts", "new", "gone", "came and went",
         "came back", "was hidden"],
)  # fmt: skip
def test_what_several_versions_come_down_to(changes, told):
    assert settled(changes) == tuple(told)


@given(st.lists(st.sampled_from(["Kil", "Noord", "Zuid"]), min_size=1, max_size=6))
def test_a_value_is_told_from_the_first_to_the_last(rooms):
    steps = [
        replace(ROOM, before=old, after=new)
        for old, new in zip(rooms, rooms[1:], strict=False)
        if old != new
    ]
    whole = replace(ROOM, before=rooms[0], after=rooms[-1])

    assert settled(steps) == (() if rooms[0] == rooms[-1] else (whole,))
