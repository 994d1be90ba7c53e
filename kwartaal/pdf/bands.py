"""How the columns of a table fit on paper: side by side, else in bands below each other.

Widths are worked out from the texts, so that no word is wider than its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# How wide letters of Noto Sans are as a part of their size, a little more for bold headings.
LETTERS = {
    0.31: "ijl.,:;'|!()[]- ",
    0.43: "fIrt",
    0.53: "ckJsvxyz",
    0.7: "ABCDEFGHKLNOPQRSTUVXYZ",
    0.95: "mwMW@%",
}
COMMON = 0.62
SPACE = 0.31
SIZES = {ord(letter): size for size, letters in LETTERS.items() for letter in letters}
BEYOND_LATIN = 0x2E80  # Chinese, Japanese and Korean are as wide as they are high
# A longer word is broken: sheet.typ does so from 46 letters.
LONGEST_WORD = 46 * COMMON
# What is no longer than a phone number stays on one line, anything else on a few.
SHORT = 9.5
MOST_LINES = 4
# attendance.typ breaks an address there.
PARTS = re.compile("(?<=@)|\\s+")
INSET = 8  # points, both sides of a cell together
SIGNATURE = 80


class Need(NamedTuple):
    """Points a column takes: at least, with no text on more than two lines, and all on one."""

    least: float
    halved: float
    whole: float


@dataclass(frozen=True)
class Band:
    """Columns side by side, by their place among all, and their widths in points."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]


def need_of(texts: Iterable[str], size: float) -> Need:
    """What the texts of a column take in letters of a size."""
    different = set(texts)
    widths = [width_of(text) for text in different]
    whole = max(widths, default=0)
    short = max((width for width in widths if width <= SHORT), default=0)
    words = [[width_of(part) for part in PARTS.split(text)] for text in different]
    word = max((width for text in words for width in text), default=0)
    least = max(short, min(word, LONGEST_WORD), whole / MOST_LINES)
    halved = max(map(_on_two_lines, words), default=0)
    least, halved, whole = (one * size + INSET for one in (least, max(least, halved), whole))
    return Need(least, min(halved, whole), whole)


def _on_two_lines(words: Sequence[float]) -> float:
    """How wide the wider of two lines is when they are as alike as the words allow."""
    before, after = 0.0, sum(words) + SPACE * (len(words) - 1)
    best = after
    for word in words:
        before += word + SPACE
        after -= word + SPACE
        best = min(best, max(before - SPACE, after))
    return best


def width_of(text: str) -> float:
    """About how wide a text is, as a part of the size of its letters."""
    return sum(SIZES.get(code, COMMON if code < BEYOND_LATIN else 1.0) for code in map(ord, text))


def in_bands(needs: Sequence[Need], repeated: Sequence[int], room: float) -> list[Band]:
    """Every column once in their order, and the repeated ones in front of each band."""
    fixed = sum(needs[column].least for column in repeated)
    groups: list[list[int]] = [[]]
    left = room - fixed
    for column in (one for one in range(len(needs)) if one not in repeated):
        if needs[column].least > left and groups[-1]:
            groups.append([])
            left = room - fixed
        groups[-1].append(column)
        left -= needs[column].least
    return [_band([*repeated, *group], needs, room) for group in groups]


def _band(columns: Sequence[int], needs: Sequence[Need], room: float) -> Band:
    """What is left goes to the texts on most lines: two for all is worth more than one for some."""
    here = [needs[column] for column in columns]
    low, high = [one.least for one in here], [one.halved for one in here]
    if sum(high) <= room:
        low, high = high, [one.whole for one in here]
    wanted = sum(high) - sum(low)
    share = min(max(room - sum(low), 0) / wanted, 1) if wanted else 0
    widths = (round(one + share * (more - one), 1) for one, more in zip(low, high, strict=True))
    return Band(tuple(columns), tuple(widths))
