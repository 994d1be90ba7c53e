"""Up, down and dragging in a programme: one rule, without a database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartaal.domain import programme_order as order
from kwartaal.domain.preparation_refusals import ItemsInParallel, RoomTaken, WorkshopStaysInRound
from kwartaal.domain.programme import in_order
from kwartaal.domain.refusals import (
    CancelledIsFixed,
    ItemOutsideMeeting,
    RoundsOverlap,
    WorkshopOutsideRound,
)
from kwartaal.models.meeting import MeetingState
from kwartaal.models.venue import Room
from tests.factories import START, a_meeting, a_round, a_workshop, an_item

HOUR = timedelta(hours=1)


def span(item):
    return ((item.starts_at - START) / HOUR, (item.ends_at - START) / HOUR)


def part(meeting, start, end, title="", **columns):
    return an_item(
        meeting, title=title, starts_at=START + start * HOUR, ends_at=START + end * HOUR, **columns
    )


def a_day():
    """Two rounds and a workshop in the first."""
    meeting = a_meeting()
    one, two = a_round(meeting, title="Een"), a_round(meeting, 3, title="Twee")
    return [one, two, a_workshop(one)]


def a_line():
    """a from 0 to 1, an hour of pause, b from 2 to 2.5, c from 2.5 to 4, d from 4 to 5."""
    meeting = a_meeting()
    times = {"a": (0, 1), "b": (2, 2.5), "c": (2.5, 4), "d": (4, 5)}
    return [part(meeting, *when, title=name) for name, when in times.items()]


def drawn(line):
    return [(one.title, *span(one)) for one in in_order(line)]


def move(item, programme, earlier=True):
    order.move(item, programme, earlier=earlier)


def test_move_swaps_times_and_each_keeps_its_length():
    meeting = a_meeting()
    first = an_item(meeting, starts_at=START, ends_at=START + HOUR)
    second = an_item(meeting, starts_at=START + 1.5 * HOUR, ends_at=START + 2 * HOUR)

    move(second, [first, second])

    assert (span(second), span(first)) == ((0, 0.5), (1, 2))


def test_move_of_a_round_takes_its_workshops_along():
    one, two, workshop = programme = a_day()

    move(one, programme, earlier=False)

    assert (span(two), span(one), span(workshop)) == ((1, 2), (3, 4), (3, 4))


def test_move_of_what_starts_together_changes_only_the_order():
    meeting = a_meeting()
    round_ = a_round(meeting)
    first, second = a_workshop(round_, position=1), a_workshop(round_, position=2)

    move(second, [round_, first, second])

    assert (second.position, first.position, span(second)) == (1, 2, (1, 2))


def test_move_past_something_that_runs_deeper_into_it_is_refused():
    meeting = a_meeting()
    first = an_item(meeting, starts_at=START, ends_at=START + 2 * HOUR)
    second = an_item(meeting, starts_at=START + HOUR, ends_at=START + 3 * HOUR)

    with pytest.raises(ItemsInParallel):
        move(second, [first, second])


def test_move_that_would_make_rounds_overlap_is_refused():
    meeting = a_meeting()
    one, two = a_round(meeting, 1), a_round(meeting, 2)
    pause = an_item(meeting, starts_at=START + 1.5 * HOUR, ends_at=START + 2 * HOUR)

    with pytest.raises(RoundsOverlap):
        move(two, [one, pause, two])


@pytest.mark.parametrize("earlier", [True, False])
def test_move_at_the_end_of_the_line_changes_nothing(earlier):
    item = an_item(a_meeting())

    move(item, [item], earlier)

    assert span(item) == (0, 1)


@pytest.mark.parametrize(
    ("item", "other", "after"),
    [
        (3, 0, [("d", 0, 1), ("a", 2, 3), ("b", 3, 3.5), ("c", 3.5, 5)]),
        (0, 3, [("b", 0, 0.5), ("c", 1.5, 3), ("a", 3, 4), ("d", 4, 5)]),
        (0, None, [("b", 0, 0.5), ("c", 1.5, 3), ("d", 3, 4), ("a", 4, 5)]),
        (1, 1, [("a", 0, 1), ("b", 2, 2.5), ("c", 2.5, 4), ("d", 4, 5)]),
        (1, 2, [("a", 0, 1), ("b", 2, 2.5), ("c", 2.5, 4), ("d", 4, 5)]),
    ],
    ids=["to the front", "past two", "to the end", "before itself", "where it stands"],
)
def test_what_is_passed_makes_way_and_pauses_stay_where_they_were(item, other, after):
    line = a_line()

    order.move_before(line[item], None if other is None else line[other], line)

    assert drawn(line) == after


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3)), min_size=2, max_size=6), st.data())
def test_a_drag_is_as_many_presses_of_a_button(lengths, data):
    def day():
        meeting, at, made = a_meeting(), 0.0, []
        for number, (length, pause) in enumerate(lengths):
            made.append(part(meeting, at / 10, (at + length) / 10, title=str(number)))
            at += length + pause
        return made

    one, other = (data.draw(st.integers(0, len(lengths) - 1)) for _ in range(2))
    dragged, pressed = day(), day()

    behind = dragged[other] if other <= one else next(iter(dragged[other + 1 :]), None)
    order.move_before(dragged[one], behind, dragged)
    for _ in range(abs(other - one)):
        order.move(pressed[one], pressed, earlier=other < one)

    assert drawn(dragged) == drawn(pressed)
    assert [title for title, *_times in drawn(dragged)].index(str(one)) == other


@pytest.mark.parametrize(
    ("dragged", "after"), [(0, [(1, 2), (0, 1), (2, 3)]), (2, [(0, 1), (1, 2), (2, 3)])]
)
def test_among_the_workshops_of_a_round_is_behind_that_round(dragged, after):
    meeting = a_meeting()
    round_ = a_round(meeting, 1)
    day = [part(meeting, 0, 1), round_, part(meeting, 2, 3)]
    workshop = a_workshop(round_)

    order.move_before(day[dragged], workshop, [*day, workshop])

    assert [span(one) for one in day] == after


def test_behind_the_last_workshop_it_is_the_last_of_its_round():
    one, two, first = programme = a_day()
    second = a_workshop(one, position=2)
    programme.append(second)
    first.position = 1

    order.move_before(first, two, programme)

    assert in_order([first, second]) == [second, first]


@pytest.mark.parametrize("target", [0, None])
def test_a_workshop_stays_in_its_round(target):
    _one, _two, workshop = programme = a_day()

    with pytest.raises(WorkshopStaysInRound):
        order.move_before(workshop, None if target is None else programme[target], programme)


def test_what_runs_beside_the_stretch_may_not_come_between():
    meeting = a_meeting()
    programme = [part(meeting, 0, 1), part(meeting, 1, 3), part(meeting, 1.5, 2)]

    with pytest.raises(ItemsInParallel):
        move(programme[0], programme, earlier=False)


def test_a_room_that_the_kitchen_builds_up_in_is_refused():
    meeting, room = a_meeting(), Room(id=7, name="Kil", capacity=30)
    talk, pause = part(meeting, 0, 1, room=room), part(meeting, 1, 2)
    lunch = part(meeting, 2, 3, room=room, setup_minutes=30)

    with pytest.raises(RoomTaken):
        move(lunch, [talk, pause, lunch])


def test_a_workshop_that_sticks_out_of_its_round_is_refused():
    one, _two, workshop = programme = a_day()
    workshop.ends_at += HOUR

    with pytest.raises(WorkshopOutsideRound):
        move(one, programme, earlier=False)


def test_what_lies_outside_the_meeting_is_refused():
    meeting = a_meeting()
    programme = [part(meeting, 4, 5), part(meeting, 5, 6.5)]

    with pytest.raises(ItemOutsideMeeting):
        move(programme[1], programme)


def test_the_programme_of_a_cancelled_meeting_stays():
    meeting = a_meeting(state=MeetingState.CANCELLED, cancel_reason="Storm")
    programme = [part(meeting, 0, 1), part(meeting, 1, 2)]

    with pytest.raises(CancelledIsFixed):
        move(programme[1], programme)
