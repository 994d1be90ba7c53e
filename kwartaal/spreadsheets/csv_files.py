"""CSV files from anybody: whatever they are separated by, in an encoding that can be read."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

from kwartaal.spreadsheets.raw_row import RawRow
from kwartaal.spreadsheets.refusals import BrokenQuotes, UnreadableLetters

SEPARATORS = (";", "\t", ",")
PIECE = 1 << 16
QUOTED_CELL = re.compile('"[^"]*"')
# "sep=;" on the first line is Excel's own way to name the separator.
NAMED_SEPARATOR = re.compile("sep=([;,|\t])[\r\n]*", re.IGNORECASE)
LETTER = rb"[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\xff]"
# Windows-1252 gives almost every byte a meaning, so a file in another encoding reads as nonsense:
# Andr\x82 (DOS) would be "Andr‚". These are marks in places where only a letter makes sense.
NO_CHARACTER = rb"[\x81\x8d\x8f\x90\x9d]"
UTF8_IN_BETWEEN = rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x90-\xbf]"
MARK_AFTER_LETTER = LETTER + rb"[\x82\x83\x84\x86-\x89\x8b\x98\x9b]"  # ‚ƒ„†‡ˆ‰‹˜›
MARK_BETWEEN_LETTERS = LETTER + rb"[\x91\x93\x94\x95]" + LETTER  # ‘“”•
CAPITAL_AFTER_SMALL_LETTER = rb"[a-z\xdf-\xf6\xf8-\xff][\x8a\x8c\x8e\x9f]"  # ŠŒŽŸ
NONSENSE = re.compile(
    b"|".join(
        (
            NO_CHARACTER,
            UTF8_IN_BETWEEN,
            MARK_AFTER_LETTER,
            MARK_BETWEEN_LETTERS,
            CAPITAL_AFTER_SMALL_LETTER,
        )
    )
)


def csv_rows(data: bytes) -> Iterator[RawRow]:
    """The rows of a CSV file, read piece by piece; `number` counts as Excel does.

    Raises UnreadableLetters or, while reading, BrokenQuotes.
    """
    encoding = _encoding(data)
    file = _opened(data, encoding)
    separator, skipped = _separator(data, encoding)
    for _ in range(skipped):
        file.readline()
    reader = csv.reader(file, delimiter=separator, strict=True)
    return _numbered(reader, skipped + 1)


def _numbered(reader: Iterator[list[str]], number: int) -> Iterator[RawRow]:
    while True:
        try:
            yield RawRow(number, next(reader))
        except StopIteration:
            return
        except csv.Error:
            raise BrokenQuotes(row=number) from None
        number += 1


def _opened(data: bytes, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(data), encoding=encoding, newline="")


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(data, "utf-16")
    if b"\0" in data:
        raise UnreadableLetters
    if data.startswith(codecs.BOM_UTF8):
        return _checked(data, "utf-8-sig")
    try:
        return _checked(data, "utf-8")
    except UnreadableLetters:
        if NONSENSE.search(data):
            raise
        return "windows-1252"


def _checked(data: bytes, encoding: str) -> str:
    """The encoding, if all of the file can be read in it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), PIECE):
            decoder.decode(data[start : start + PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise UnreadableLetters from None
    return encoding


def _separator(data: bytes, encoding: str) -> tuple[str, int]:
    """The separator, and how many lines come before the table to name it (0 or 1)."""
    named = NAMED_SEPARATOR.fullmatch(_opened(data, encoding).readline(PIECE))
    if named:
        return named[1], 1
    return _most_frequent_separator(_opened(data, encoding).read(PIECE)), 0


def _most_frequent_separator(start: str) -> str:
    """Counted outside quotes, in the first line that holds more than separators."""
    lines = QUOTED_CELL.sub("x", start).splitlines()
    heading = next((line for line in lines if line.strip(" ;\t,")), "")
    return max(SEPARATORS, key=heading.count)
