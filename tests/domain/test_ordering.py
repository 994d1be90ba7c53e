"""The order of things that stand in a line."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kwartaal.domain import ordering


@dataclass(eq=False)
class Thing:
    name: str
    position: int = 0


def a_line():
    return [Thing("a", 1), Thing("b", 1), Thing("c", 7)]


def order(line):
    return [thing.name for thing in sorted(line, key=lambda thing: thing.position)]


@pytest.mark.parametrize(
    ("index", "earlier", "after"),
    [(1, True, "bac"), (1, False, "acb"), (2, True, "acb"), (0, False, "bac")],
)
def test_step_moves_one_place(index, earlier, after):
    line = a_line()

    ordering.step(line, line[index], earlier=earlier)

    assert "".join(order(line)) == after


@pytest.mark.parametrize(("index", "earlier"), [(0, True), (2, False)])
def test_step_at_the_end_of_the_line_changes_nothing(index, earlier):
    line = a_line()

    ordering.step(line, line[index], earlier=earlier)

    assert [thing.position for thing in line] == [1, 1, 7]


def test_next_position_comes_after_the_last():
    assert (ordering.next_position([]), ordering.next_position(a_line())) == (1, 8)
