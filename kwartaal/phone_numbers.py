"""Phone numbers as people read them; kept as E.164 everywhere else."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import phonenumbers

_DUTCH = 31
# A list of thousands is mostly Dutch, and parsing a number takes longer than the rest of its row.
DUTCH_NUMBER = re.compile(r"\+31[1-9]\d{8}", re.ASCII)
DECIDING_DIGITS = len("+31") + 3
_LOOKS_LIKE_A_NUMBER = re.compile(r"\+?[\d\s()./\u2010-\u2013-]{3,40}")


def kept(text: str) -> str | None:
    """The number as E.164, or None when `text` is no phone number that exists.

    Without a country code it is a Dutch number. Letters and extensions are no part of one.
    """
    text = text.strip()
    if not _LOOKS_LIKE_A_NUMBER.fullmatch(text):
        return None
    try:
        parsed = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def spaced(number: str) -> str:
    """Write an E.164 number with spaces: `+31787701234` becomes `+31 78 770 12 34`.

    What is no phone number comes back unchanged. Rule: decision "Code" (CSV and phones).
    """
    if DUTCH_NUMBER.fullmatch(number):
        cuts = _cuts(number[:DECIDING_DIGITS], len(number))
        return " ".join([number[start:end] for start, end in cuts])
    return _written(number)


@lru_cache(maxsize=2048)
def _cuts(start: str, length: int) -> list[tuple[int, int]]:
    """Where a Dutch number is cut into groups: its first digits and its length decide."""
    places = [0]
    for group in _written(start.ljust(length, "0")).split(" "):
        places.append(places[-1] + len(group))
    return list(pairwise(places))


def _written(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if parsed.country_code != _DUTCH:
        return written
    return " ".join(_in_pairs(group) for group in written.split(" "))


def _in_pairs(digits: str) -> str:
    """The Dutch habit: four and eight digits are read two by two."""
    if len(digits) not in (4, 8):
        return digits
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))
