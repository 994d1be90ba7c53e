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
SMALL_WIDTH = 340  # for a phone, where letters of a wide drawing are too small to read
LITTLE = 90  # room for a column without bars, and for a break: enough for the words below it
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
    """Its middle, and a bar for each of its numbers, the first the widest; None draws no bar.

    A break stands for time that is left out.
    """

    middle: float
    bars: tuple[Bar | None, ...]
    is_break: bool = False


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


def draw(columns: Sequence[Sequence[int | None]], width: int = WIDTH) -> Drawing:
    """Lay out columns of numbers from left to right; every column has as many numbers.

    One of no numbers is a break. What has nothing to draw takes little of the width.
    """
    highest = max((number or 0 for column in columns for number in column), default=0)
    step = _step(highest)
    top = step * max(-(-highest // step), 1)
    lines = tuple(Line(_y(value, top), value) for value in range(0, top + 1, step))
    return Drawing(tuple(_columns(columns, top, width)), lines, width)


def _step(highest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that needs few lines."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * (MOST_LINES - 1) >= highest:
                return step * power
        power *= 10


def _columns(columns: Sequence[Sequence[int | None]], top: int, width: int) -> Iterator[Column]:
    left = float(LEFT)
    for column, room in zip(columns, _rooms(columns, width - LEFT), strict=True):
        middle, widest = round(left + room / 2, 2), min(room * 0.7, WIDEST)
        left += room
        bars = tuple(
            None if value is None else _bar(middle, widest * (1 - 0.3 * index), value, top)
            for index, value in enumerate(column)
        )
        yield Column(middle, bars, is_break=not column)


def _rooms(columns: Sequence[Sequence[int | None]], width: float) -> list[float]:
    """How wide each column's place is: those with bars share what the others leave."""
    equal = width / max(len(columns), 1)
    little = min(equal, LITTLE)
    filled = sum(any(column) for column in columns)
    rest = (width - little * (len(columns) - filled)) / max(filled, 1)
    return [rest if any(column) else little for column in columns]


def _bar(middle: float, width: float, value: int, top: int) -> Bar:
    y = _y(value, top)
    return Bar(round(middle - width / 2, 2), y, round(width, 2), round(BASE - y, 2))


def _y(value: int, top: int) -> float:
    return round(BASE - (BASE - TOP) * value / top, 2)
