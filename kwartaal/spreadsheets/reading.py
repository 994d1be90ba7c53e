"""A CSV or XLSX file that someone sends, as one table of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from openpyxl.utils import get_column_letter

from kwartaal.domain.refusals import Refused
from kwartaal.spreadsheets.csv_files import csv_rows
from kwartaal.spreadsheets.raw_row import RawRow
from kwartaal.spreadsheets.refusals import (
    FileTooLarge,
    HiddenCharacter,
    NameAndContentDiffer,
    NoTable,
    OldOrLockedFile,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
    UnknownFileType,
    UnusableHeading,
)
from kwartaal.spreadsheets.safe_text import original_text
from kwartaal.spreadsheets.xlsx_files import xlsx_rows

MAX_MEGABYTES = 25
MAX_ROWS = 20_000
MAX_COLUMNS = 60
TEXT_TYPES = (".csv", ".tsv", ".txt")
ZIP_START, OLE_START = b"PK", b"\xd0\xcf\x11\xe0"
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True)
class Row:
    """A row under the heading: as many cells as there are columns, all text, none missing."""

    number: int
    """As a spreadsheet program counts; the heading is usually row 1."""
    cells: tuple[str, ...]
    refusal: Refused | None = None
    """Why this row cannot be used, if so."""


@dataclass(frozen=True)
class Table:
    """What stands in the file. A column without a name has an empty one."""

    columns: tuple[str, ...]
    rows: list[Row]


def read_table(filename: str, data: bytes) -> Table:
    """Read a CSV or XLSX file; the name must fit the content.

    The first row that is not empty is the heading; empty rows are passed over. Of an XLSX file the
    first visible sheet counts. The `'` that our exports put before a cell is taken off.
    Raises a `TableRefused` when the file as a whole cannot be used.
    """
    if len(data) > MAX_MEGABYTES * 1024 * 1024:
        raise FileTooLarge(megabytes=MAX_MEGABYTES)
    if not data.strip():
        raise NoTable
    rows = (row for row in _raw_rows(filename, data) if not row.is_empty)
    heading = next(rows, None)
    if heading is None:
        raise NoTable
    columns = _columns(heading)
    return Table(columns, _rows(rows, len(columns)))


def _raw_rows(filename: str, data: bytes) -> Iterator[RawRow]:
    extension = PurePath(filename.lower()).suffix
    if extension not in (".xlsx", *TEXT_TYPES):
        raise UnknownFileType
    if data.startswith(OLE_START):
        raise OldOrLockedFile
    if data.startswith(ZIP_START) != (extension == ".xlsx"):
        raise NameAndContentDiffer
    return xlsx_rows(data) if extension == ".xlsx" else csv_rows(data)


def _columns(heading: RawRow) -> tuple[str, ...]:
    names = tuple(original_text(cell).strip() for cell in heading.trimmed)
    if heading.refusal or _hidden_character(names):
        raise UnusableHeading(row=heading.number)
    if len(names) > MAX_COLUMNS:
        raise TooManyColumns(maximum=MAX_COLUMNS)
    return names


def _rows(raw_rows: Iterator[RawRow], width: int) -> list[Row]:
    rows: list[Row] = []
    for raw in raw_rows:
        if len(rows) == MAX_ROWS:
            raise TooManyRows(maximum=f"{MAX_ROWS:,}".replace(",", "."))
        rows.append(_row(raw, width))
    return rows


def _row(raw: RawRow, width: int) -> Row:
    cells = tuple(original_text(cell) for cell in raw.cells[:width])
    cells += ("",) * (width - len(cells))
    refusal = raw.refusal or _hidden_character(cells)
    if refusal is None and len(raw.trimmed) > width:
        refusal = TooManyCells()
    return Row(raw.number, cells, refusal)


def _hidden_character(cells: tuple[str, ...]) -> Refused | None:
    for column, cell in enumerate(cells, 1):
        if HIDDEN.search(cell):
            return HiddenCharacter(column=get_column_letter(column))
    return None
