"""The order of things that stand in a line: workshops, speakers, agenda items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Something with a place in line."""

    position: int


P = TypeVar("P", bound=Placed)


def next_position(line: Sequence[Placed]) -> int:
    """The place after the last one, counted from 1."""
    return max((one.position for one in line), default=0) + 1


def neighbour(line: Sequence[P], one: P, *, earlier: bool) -> P | None:
    """Who stands just before or just after; None at the end of the line."""
    index = line.index(one) + (-1 if earlier else 1)
    return line[index] if 0 <= index < len(line) else None


def swap(line: Sequence[P], one: P, other: P) -> None:
    """Let two change places and number the whole line afresh, from 1."""
    order = list(line)
    i, j = order.index(one), order.index(other)
    order[i], order[j] = order[j], order[i]
    for position, placed in enumerate(order, 1):
        placed.position = position


def step(line: Sequence[P], one: P, *, earlier: bool) -> None:
    """Move one up or down a place; at the end of the line nothing happens."""
    other = neighbour(line, one, earlier=earlier)
    if other is not None:
        swap(line, one, other)


def put_before(line: Sequence[P], one: P, other: P | None) -> None:
    """Put one in a line, new or not, before another or (None) at the end; numbers it afresh."""
    order = [placed for placed in line if placed is not one]
    order.insert(len(order) if other is None else order.index(other), one)
    for position, placed in enumerate(order, 1):
        placed.position = position
