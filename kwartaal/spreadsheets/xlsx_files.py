"""XLSX files from anybody: looked at before they are unpacked, and read row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from kwartaal.domain.refusals import Refused
from kwartaal.spreadsheets.raw_row import RawRow
from kwartaal.spreadsheets.refusals import (
    DamagedFile,
    ErrorInCell,
    FormulaInCell,
    NameAndContentDiffer,
    NoTable,
    UnpacksTooLarge,
)
from kwartaal.uploads.archives import ArchiveDamaged, ArchiveTooLarge, Limits, read_directory

# A sheet that repeats itself packs about 50 to 1, a bomb 1000 to 1.
LIMITS = Limits(entries=1000, unpacked=80 * 1024 * 1024, ratio=200)
LAST_ROW_OF_A_SHEET = 1_048_576
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def xlsx_rows(data: bytes) -> Iterator[RawRow]:
    """The rows of the first visible sheet.

    Raises, before anything is unpacked, UnpacksTooLarge, NameAndContentDiffer or DamagedFile, and
    while reading DamagedFile.
    """
    check_archive(data)
    return _rows(data)


def check_archive(data: bytes) -> None:
    """Refuse a ZIP bomb and what is no workbook, by the directory of the ZIP file alone."""
    try:
        entries = read_directory(BytesIO(data), LIMITS)
    except ArchiveDamaged:
        raise DamagedFile from None
    except ArchiveTooLarge:
        raise UnpacksTooLarge from None
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise NameAndContentDiffer


def _rows(data: bytes) -> Iterator[RawRow]:
    try:
        workbook = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheet = next((s for s in workbook.worksheets if s.sheet_state == "visible"), None)
        if sheet is None:
            raise NoTable
        # What the file says about its size may be wrong, and would be filled with empty cells.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > LAST_ROW_OF_A_SHEET:
                raise DamagedFile
            yield RawRow(number, [text_of(cell.value) for cell in cells], _refusal(cells))
    except Refused:
        raise
    # A damaged file makes openpyxl stumble in as many ways as there are parts in it.
    except Exception as error:
        raise DamagedFile from error


def _refusal(cells: Iterable[Any]) -> Refused | None:
    for column, cell in enumerate(cells, 1):
        if cell.data_type == "f":
            return FormulaInCell(column=get_column_letter(column))
        if cell.data_type == "e":
            return ErrorInCell(column=get_column_letter(column))
    return None


def text_of(value: Any) -> str:
    """A cell as text: 30, 1,5, 2027-03-28, 2027-03-28 14:30, 14:30, 36:00, WAAR.

    A phone number that Excel made a number of has lost its plus or zero; that is not guessed back.
    """
    match value:
        case None:
            return ""
        case bool():
            return "WAAR" if value else "ONWAAR"
        case int():
            return str(value)
        case float():
            return _number(value)
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime():
            return f"{value.date().isoformat()} {_time_of_day(value.time())}"
        case date():
            return value.isoformat()
        case time():
            return _time_of_day(value)
        case timedelta():
            return _duration(value)
        case _:
            return ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _number(value: float) -> str:
    """With at most 15 digits, which is what a spreadsheet keeps, and a comma."""
    digits = format(Decimal(f"{value:.15g}"), "f")
    return digits.replace(".", ",")


def _time_of_day(value: time) -> str:
    rounded = value.replace(microsecond=0)
    return rounded.isoformat("seconds" if rounded.second else "minutes")


def _duration(value: timedelta) -> str:
    minutes = round(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
