"""One rule for the clock of an agenda: own minutes first, then those of the sub-points."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kwartaal.models.running_times import agenda_times, durations
from tests.factories import START


def an_agenda(*points: tuple[int | None, list[int | None]]) -> list[dict[str, object]]:
    """Points as (own minutes, minutes of the sub-points)."""
    agenda: list[dict[str, object]] = []
    for number, (own, below) in enumerate(points, 1):
        agenda.append({"id": number, "minutes": own})
        agenda += [
            {"id": number * 100 + place, "minutes": minutes, "parent": number}
            for place, minutes in enumerate(below)
        ]
    return agenda


def clock(agenda: list[dict[str, object]]) -> list[int | None]:
    """Minutes after the start at which each point begins."""
    times = agenda_times(agenda, (), START)
    minute = timedelta(minutes=1)
    return [None if time is None else (time - START) // minute for time in times]


def test_a_point_takes_its_own_minutes_and_those_of_its_subpoints():
    agenda = an_agenda((5, [10, 20]), (5, []))

    assert (clock(agenda), durations(agenda)) == ([0, 5, 15, 35], [35, 10, 20, 5])


def test_a_point_that_only_gathers_subpoints_needs_no_minutes():
    agenda = an_agenda((None, [10, 20]), (5, []))

    assert (clock(agenda), durations(agenda)) == ([0, 0, 10, 30], [30, 10, 20, 5])


def test_a_subpoint_without_minutes_leaves_the_rest_without_times():
    agenda = an_agenda((5, [10, None, 10]), (5, []))

    assert (clock(agenda), durations(agenda)) == ([0, 5, 15, None, None], [None, 10, None, 10, 5])


MINUTES = st.none() | st.integers(1, 90)
AGENDAS = st.lists(st.tuples(MINUTES, st.lists(MINUTES, max_size=4)), max_size=6)


@given(AGENDAS)
def test_each_point_begins_when_the_one_before_is_over(points):
    agenda = an_agenda(*points)
    begins, lasts = clock(agenda), durations(agenda)
    tops = [place for place, point in enumerate(agenda) if "parent" not in point]

    for here, behind in zip(tops, tops[1:], strict=False):
        known = begins[here] is not None and lasts[here] is not None
        assert begins[behind] == (begins[here] + lasts[here] if known else None)


@given(AGENDAS)
def test_subpoints_lie_within_their_point(points):
    agenda = an_agenda(*points)
    begins, lasts = clock(agenda), durations(agenda)
    places = {point["id"]: place for place, point in enumerate(agenda)}

    for place, point in enumerate(agenda):
        above = places[point["parent"]] if "parent" in point else None
        if above is not None and lasts[above] is not None and begins[above] is not None:
            assert begins[above] <= begins[place]
            assert begins[place] + lasts[place] <= begins[above] + lasts[above]
