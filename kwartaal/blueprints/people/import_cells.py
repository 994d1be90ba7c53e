"""From the cells of a row to what the domain compares; mistakes in the words of the forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kwartaal.domain.people_import import ImportRow
from kwartaal.domain.people_refusals import CellRefused
from kwartaal.domain.refusals import Refused
from kwartaal.fields.moments import read_day
from kwartaal.fields.typed import read_email, read_line, read_phone, typed_text
from kwartaal.spreadsheets import Row, Table

# How Dutch last names begin; only in small letters, for "De Smet" is sorted under D.
PREFIX_WORDS = "van|de|den|der|het|'t|ten|ter|te|in|op|aan|bij|onder|over|uit|voor|von|la|le|du"
PREFIXED = re.compile(rf"(?P<prefix>(?:(?:{PREFIX_WORDS}) )+)(?P<name>\S.*)")
NAME_FIRST = re.compile(
    rf"(?P<name>[^,]+), ?(?P<prefix>(?:{PREFIX_WORDS})(?: (?:{PREFIX_WORDS}))*)"
)

READERS: dict[str, Callable[[str], Any]] = {
    "first_name": lambda text: read_line(text, 60),
    "prefix": lambda text: read_line(text, 20),
    "last_name": lambda text: read_line(text, 80),
    "email": read_email,
    "phone": read_phone,
    "organisation": lambda text: read_line(text, 120),
    "office": lambda text: read_line(text, 80),
    "starts_on": read_day,
    "ends_on": read_day,
}


def import_rows(table: Table, columns: Mapping[str, int]) -> list[ImportRow]:
    """The rows as values; `columns` says in which column each field stands."""
    return [_import_row(row, table, columns) for row in table.rows]


def _import_row(row: Row, table: Table, columns: Mapping[str, int]) -> ImportRow:
    if row.refusal is not None:
        return ImportRow(row.number, mistakes=(row.refusal,))
    values: dict[str, Any] = {}
    mistakes: list[Refused] = []
    for field, at in columns.items():
        text = typed_text([row.cells[at]])
        try:
            if text:
                values[field] = READERS[field](text)
        except ValueError as error:
            mistakes.append(CellRefused(column=table.columns[at], sentence=str(error)))
    return ImportRow(row.number, mistakes=tuple(mistakes), **_with_prefix(values))


def _with_prefix(values: dict[str, Any]) -> dict[str, Any]:
    """Take "van der" off a last name when the file has no prefix of its own."""
    last_name = values.get("last_name", "")
    found = PREFIXED.fullmatch(last_name) or NAME_FIRST.fullmatch(last_name)
    if not found or values.get("prefix"):
        return values
    return values | {"prefix": found["prefix"].strip(), "last_name": found["name"].strip()}
