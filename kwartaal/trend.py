"""The geometry of numbers over time: a column for each, against lines to read them by.

Pure arithmetic; the macro `trend` prints the result. Units are those of the SVG's viewBox.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH = 720
HEIGHT = 240
LEFT = 40  # room for the numbers beside the lines
TOP = 12
BASE = 200  # where the columns stand; the names are below
MOST_LINES = 5
WIDEST = 56
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """A rectangle that stands on the base line."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Column:
    """Its middle, and a bar for each of its numbers, the first the widest; None draws no bar."""

    middle: float
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True)
class Line:
    """A horizontal line with the number it stands for."""

    y: float
    value: int


@dataclass(frozen=True)
class Drawing:
    """Everything the macro prints."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = BASE


def draw(columns: Sequence[Sequence[int | None]]) -> Drawing:
    """Lay out columns of numbers from left to right; every column has as many numbers."""
    highest = max((number or 0 for column in columns for number in column), default=0)
    step = _step(highest)
    top = step * max(-(-highest // step), 1)
    lines = tuple(Line(_y(value, top), value) for value in range(0, top + 1, step))
    return Drawing(tuple(_columns(columns, top)), lines)


def _step(highest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that needs few lines."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * (MOST_LINES - 1) >= highest:
                return step * power
        power *= 10


def _columns(columns: Sequence[Sequence[int | None]], top: int) -> Iterator[Column]:
    room = (WIDTH - LEFT) / max(len(columns), 1)
    widest = min(room * 0.7, WIDEST)
    for number, column in enumerate(columns):
        middle = round(LEFT + room * (number + 0.5), 2)
        bars = tuple(
            None if value is None else _bar(middle, widest * (1 - 0.3 * index), value, top)
            for index, value in enumerate(column)
        )
        yield Column(middle, bars)


def _bar(middle: float, width: float, value: int, top: int) -> Bar:
    y = _y(value, top)
    return Bar(round(middle - width / 2, 2), y, round(width, 2), round(BASE - y, 2))


def _y(value: int, top: int) -> float:
    return round(BASE - (BASE - TOP) * value / top, 2)
