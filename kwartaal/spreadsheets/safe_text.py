"""What stands in a cell: text that no spreadsheet program takes for a formula."""

from __future__ import annotations

import re

from kwartaal import phone_numbers

DANGEROUS_STARTS = ("=", "+", "-", "@", "'", "\t", "\r")
SPACED_PHONE = re.compile(r"\+[0-9][0-9 -]*")
# Half characters cannot be written as UTF-8, the other two not as XML.
UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Phone(str):
    """A phone number in E.164. Its cell has spaces and no `'`: +31 78 770 12 34."""


Cell = str | int | None


def safe_text(value: Cell) -> str:
    """The text of a cell, the same in CSV, XLSX and ODS.

    Text that starts with one of `= + - @ ' TAB CR` gets one `'` in front; a `Phone` never does.
    In XLSX and ODS a text cell is never a formula, yet it has the same `'`: so all files hold the
    same cells, and one that someone saves as CSV is still safe. `original_text` takes it off.
    """
    # What most cells hold, and nothing has to be done to.
    if type(value) is str and value.isascii() and not value.startswith(DANGEROUS_STARTS):
        return value
    text = plain_text(value)
    if not text.startswith(DANGEROUS_STARTS):
        return text
    if isinstance(value, Phone) and SPACED_PHONE.fullmatch(text):
        return text
    return f"'{text}"


def plain_text(value: Cell) -> str:
    """The text of a cell where no program takes text for a formula: JSON, paper."""
    if value is None:
        return ""
    if isinstance(value, Phone):
        return phone_numbers.spaced(value)
    text = value if isinstance(value, str) else str(value)
    return text if text.isascii() else UNWRITABLE.sub("\ufffd", text)


def original_text(cell: str) -> str:
    """What `safe_text` was given: takes exactly one `'` off, where `safe_text` would have put it.

    So 's-Gravendeel from another program keeps its own.
    """
    if cell.startswith("'") and cell[1:].startswith(DANGEROUS_STARTS):
        return cell[1:]
    return cell
