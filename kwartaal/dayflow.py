"""The geometry of the *dagstroom*: the day as one river that splits into strands and joins again.

Pure arithmetic on blocks; the macro `dayflow` prints the result. Widths follow the minutes, except
that every block is wide enough for its time and title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

COLUMNS = 60
NARROWEST = 5  # columns; "14.45 uur" fits at the smallest width that shows the river
UNIT = 10  # viewBox units per column
HEIGHT = 72
MIDDLE = HEIGHT // 2
MARGIN = 8
CURVE = 16
RAIL_WIDTH = 32
RAIL_HEIGHT = 100
RAIL_CURVE = 18
MOST_STRANDS = 12


class Block(Protocol):
    """A part of the day; `strands` counts parallel workshops, 0 for the main stream."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def title(self) -> str: ...
    @property
    def strands(self) -> int: ...


@dataclass(frozen=True)
class Part:
    """One block as drawn: its columns, and the paths of its own piece of the upright rail."""

    block: Block
    columns: int
    rail: tuple[str, ...]

    @property
    def is_round(self) -> bool:
        return self.block.strands > 1

    def is_now(self, now: datetime | None) -> bool:
        return now is not None and self.block.starts_at <= now < self.block.ends_at


@dataclass(frozen=True)
class Drawing:
    """Everything the macro prints: `strands` and `main` are values of an SVG path's `d`."""

    parts: tuple[Part, ...]
    strands: tuple[str, ...]
    main: str
    width: int = COLUMNS * UNIT
    height: int = HEIGHT

    @property
    def fits_sideways(self) -> bool:
        """Too many blocks for their titles to stand beside each other stay an upright rail."""
        return len(self.parts) * NARROWEST <= COLUMNS


def draw(blocks: Sequence[Block]) -> Drawing:
    """Lay out the blocks of one day in order of time; no blocks give an empty drawing."""
    ordered = sorted(blocks, key=lambda block: (block.starts_at, block.ends_at))
    columns = _columns(_minutes(ordered))
    parts = tuple(
        Part(block, width, _rail(block.strands))
        for block, width in zip(ordered, columns, strict=True)
    )
    return Drawing(parts, tuple(_all_strands(parts)), _main(parts))


def _minutes(blocks: Sequence[Block]) -> list[int]:
    """From each start to the next one: the river flows on through a gap between two blocks."""
    starts = [block.starts_at for block in blocks]
    ends = [*starts[1:], *(block.ends_at for block in blocks[-1:])]
    return [
        max(int((end - start).total_seconds()) // 60, 0)
        for start, end in zip(starts, ends, strict=True)
    ]


def _columns(minutes: Sequence[int]) -> list[int]:
    """Divide the columns by minutes, none below the narrowest; together exactly `COLUMNS`."""
    if not minutes:
        return []
    narrowest = min(NARROWEST, COLUMNS // len(minutes))
    widths = {i: float(narrowest) for i in range(len(minutes))}
    wide = set(widths)
    while wide:
        room = COLUMNS - narrowest * (len(minutes) - len(wide))
        total = sum(minutes[i] for i in wide) or 1
        too_narrow = {i for i in wide if room * minutes[i] / total < narrowest}
        if not too_narrow:
            widths |= {i: room * minutes[i] / total for i in wide}
            break
        wide -= too_narrow
    return _whole([widths[i] for i in range(len(minutes))])


def _whole(widths: Sequence[float]) -> list[int]:
    """Round to whole columns; what is left over goes where the most was cut off."""
    whole = [int(width) for width in widths]
    by_remainder = sorted(range(len(whole)), key=lambda i: whole[i] - widths[i])
    left = COLUMNS - sum(whole)
    for i in range(left):
        whole[by_remainder[i % len(whole)]] += 1
    return whole


def _all_strands(parts: Sequence[Part]) -> list[str]:
    paths = []
    start = 0
    for part in parts:
        end = start + part.columns * UNIT
        if part.is_round:
            paths += [_strand(start, end, y) for y in _spread(part.block.strands, HEIGHT, MARGIN)]
        start = end
    return paths


def _main(parts: Sequence[Part]) -> str:
    """The stretches where the day is one stream, as one path."""
    pieces: list[str] = []
    start = 0
    for part in parts:
        end = start + part.columns * UNIT
        if not part.is_round:
            pieces.append(f"M{start} {MIDDLE}H{end}")
        start = end
    return "".join(pieces)


def _strand(start: int, end: int, y: float) -> str:
    """Out of the middle, along at height y, back into the middle."""
    half = CURVE // 2
    out = f"M{start} {MIDDLE}C{start + half} {MIDDLE} {start + half} {y:g} {start + CURVE} {y:g}"
    back = f"C{end - half} {y:g} {end - half} {MIDDLE} {end} {MIDDLE}"
    return f"{out}H{end - CURVE}{back}"


def _rail(strands: int) -> tuple[str, ...]:
    """The same split and join, upright, for one block."""
    middle = RAIL_WIDTH // 2
    if strands < 2:
        return (f"M{middle} 0V{RAIL_HEIGHT}",)
    half, last = RAIL_CURVE // 2, RAIL_HEIGHT - RAIL_CURVE
    return tuple(
        f"M{middle} 0C{middle} {half} {x:g} {half} {x:g} {RAIL_CURVE}V{last}"
        f"C{x:g} {RAIL_HEIGHT - half} {middle} {RAIL_HEIGHT - half} {middle} {RAIL_HEIGHT}"
        for x in _spread(strands, RAIL_WIDTH, 2)
    )


def _spread(strands: int, size: int, margin: int) -> list[float]:
    """Evenly spaced lines; past a dozen more lines would only be a smear."""
    lines = min(strands, MOST_STRANDS)
    step = (size - 2 * margin) / (lines - 1)
    return [round(margin + i * step, 1) for i in range(lines)]
