"""Which characters our fonts can print, read from the fonts themselves (OpenType, `cmap`)."""

from __future__ import annotations

import logging
import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).with_name("fonts")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
SPACES = re.compile("[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
# Control and format characters have no form, and could turn the order of what is read around.
INVISIBLE = {"Cc", "Cf"}
UNICODE_TABLES = {(0, 3), (0, 4), (3, 1), (3, 10)}  # platform, encoding

log = logging.getLogger(__name__)


def printable(value: Any) -> Any:
    """The same JSON value with each text on one line, in characters that some font has.

    What no font has becomes U+FFFD and is logged, by its code point: the text may be closed.
    """
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(one) for one in value]
    return value


def _printable_text(text: str) -> str:
    text = unicodedata.normalize("NFC", SPACES.sub(" ", text))
    shown = (one for one in text if unicodedata.category(one) not in INVISIBLE)
    return "".join(one if ord(one) in covered() else _unknown(one) for one in shown)


def _unknown(character: str) -> str:
    log.warning("no font has U+%04X", ord(character))
    return UNKNOWN


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Every code point that at least one of the fonts has."""
    return frozenset(code for path in FONTS.glob("*.ttf") for code in _codes(path.read_bytes()))


def _codes(font: bytes) -> Iterator[int]:
    tables = struct.unpack_from(">H", font, 4)[0]
    for at in range(12, 12 + 16 * tables, 16):
        if font[at : at + 4] == b"cmap":
            start, size = struct.unpack_from(">8xII", font, at)
            yield from _codes_in(font[start : start + size])


def _codes_in(cmap: bytes) -> Iterator[int]:
    for at in range(4, 4 + 8 * struct.unpack_from(">2xH", cmap)[0], 8):
        platform, encoding, start = struct.unpack_from(">HHI", cmap, at)
        if (platform, encoding) not in UNICODE_TABLES:
            continue
        kind = struct.unpack_from(">H", cmap, start)[0]
        if kind == 4:
            yield from _format_4(cmap[start:])
        elif kind == 12:
            yield from _format_12(cmap[start:])


def _format_4(table: bytes) -> Iterator[int]:
    """Segments of the basic plane: first and last code, and how to get from code to glyph."""
    doubled = struct.unpack_from(">6xH", table)[0]
    ends, starts, deltas, offsets = (14, 16 + doubled, 16 + 2 * doubled, 16 + 3 * doubled)
    for at in range(0, doubled, 2):
        last, first, delta, offset = (
            struct.unpack_from(">H", table, column + at)[0]
            for column in (ends, starts, deltas, offsets)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = (code + delta) & 0xFFFF
            if offset:
                where = offsets + at + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", table, where)[0]
            if glyph:
                yield code


def _format_12(table: bytes) -> Iterator[int]:
    """Groups of all planes: first code, last code, first glyph."""
    for at in range(16, 16 + 12 * struct.unpack_from(">12xI", table)[0], 12):
        first, last, glyph = struct.unpack_from(">III", table, at)
        yield from range(first if glyph else first + 1, last + 1)
