"""The order of things that stand in a line: workshops, speakers, agenda items."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar


class Ordered(Protocol):
    """Something that stands in a line."""

    position: int


P = TypeVar("P", bound=Ordered)


def next_position(line: Sequence[Ordered]) -> int:
    """The position after the last one, counted from 1."""
    return max((one.position for one in line), default=0) + 1


def neighbour(line: Sequence[P], one: P, *, earlier: bool) -> P | None:
    """Who stands just before or just after; None at the end of the line."""
    index = line.index(one) + (-1 if earlier else 1)
    return line[index] if 0 <= index < len(line) else None


def swap(line: Sequence[P], one: P, other: P) -> None:
    """Let two swap and number the whole line afresh, from 1."""
    order = list(line)
    i, j = order.index(one), order.index(other)
    order[i], order[j] = order[j], order[i]
    for position, stands in enumerate(order, 1):
        stands.position = position


def step(line: Sequence[P], one: P, *, earlier: bool) -> None:
    """Move one up or down; at the end of the line nothing happens."""
    other = neighbour(line, one, earlier=earlier)
    if other is not None:
        swap(line, one, other)


def put_before(line: Sequence[P], one: P, other: P | None) -> None:
    """Put one in a line, new or not, before another or (None) at the end; numbers it afresh."""
    order = [stands for stands in line if stands is not one]
    order.insert(len(order) if other is None else order.index(other), one)
    for position, stands in enumerate(order, 1):
        stands.position = position


def moved_among(keys: list[int], before: Mapping[int, int]) -> set[int]:
    """The fewest of `keys`, as they stand now, that must have moved; the rest kept their order.

    What kept its order is a longest increasing run of the positions before (patience sorting).
    """
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for key in keys:
        at = bisect_left(tails, before[key])
        previous[key] = ends[at - 1] if at else None
        tails[at : at + 1], ends[at : at + 1] = [before[key]], [key]
    kept, last = set(), ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return set(keys) - kept
