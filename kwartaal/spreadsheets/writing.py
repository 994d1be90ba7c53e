"""Rows to CSV, to JSON and to XLSX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, islice
from math import ceil

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kwartaal.dutch import in_dutch
from kwartaal.spreadsheets.safe_text import Cell, plain_text, safe_text

SHEET_NAME = in_dutch("Lijst")
ROWS_AT_ONCE = 500
NARROWEST, WIDEST = 8, 60
A4 = 9  # as spreadsheet programs number it
# As text, so that a phone number stays one when somebody edits the cell. It is how every cell of
# the workbook looks: naming it in each took a fifth of the time that a long list needs.
AS_TEXT = {
    "font_name": "Calibri",
    "font_size": 11,
    "num_format": 49,  # `@`; by its number, as the library forgets to declare it by its name here
    "text_wrap": True,
    "valign": "top",
}
ACROSS = 170  # characters on a page, at a little more than half their size
# A comma and a tab are quoted too: then the separator can be found without guessing.
QUOTED = re.compile('[;,\t"\r\n]')


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Pieces of a CSV file: `;`, UTF-8 with BOM, CRLF (RFC 4180).

    Rows are asked for while the file is sent, so a long list needs no more memory than a short one.
    """
    lines: Iterator[Sequence[Cell]] = chain([columns], rows)
    yield b"\xef\xbb\xbf"
    while batch := list(islice(lines, ROWS_AT_ONCE)):
        yield "".join(_csv_line(row) for row in batch).encode()


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Pieces of a JSON file (RFC 8259): a list with an object per row, each value a text.

    The texts are those of the other files without the `'`, since nothing here is ever a formula.
    """
    objects = (_json_object(columns, row) for row in rows)
    yield b"["
    start = "\n"
    while batch := list(islice(objects, ROWS_AT_ONCE)):
        yield (start + ",\n".join(batch)).encode()
        start = ",\n"
    yield b"\n]\n"


def xlsx_pieces(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], sheet_name: str = SHEET_NAME
) -> Iterator[bytes]:
    """An XLSX file with one sheet: a bold heading that stays in view, and only text cells.

    There is an empty piece for every so many rows, so that one sees how far it is. Raises
    ValueError when a sheet cannot hold the text or the rows: nothing is cut off silently.
    """
    file = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": AS_TEXT,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": False})
        sheet = workbook.add_worksheet(sheet_name)
        sheet.freeze_panes(1, 0)
        widths = [NARROWEST] * len(columns)
        for number, row in enumerate(chain([columns], rows)):
            cells = [safe_text(cell) for cell in row]
            _widen(widths, cells)
            _write_row(sheet, number, cells, None if number else bold)
            if number % ROWS_AT_ONCE == 0:
                yield b""
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, WIDEST))
        _set_up_printing(sheet, sum(min(width + 2, WIDEST) for width in widths))
    yield file.getvalue()


def _set_up_printing(sheet: Worksheet, width: int) -> None:
    """A4 across, in letters one can read, with the heading and the first column on each page."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(ceil(width / ACROSS) or 1, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)


def _csv_line(row: Sequence[Cell]) -> str:
    line = ";".join(_csv_cell(safe_text(cell)) for cell in row)
    # A row of one empty cell would otherwise be an empty line, which is no row.
    return (line or '""') + "\r\n"


def _csv_cell(text: str) -> str:
    if QUOTED.search(text) is None:
        return text
    return '"' + text.replace('"', '""') + '"'


def _json_object(columns: Sequence[str], row: Sequence[Cell]) -> str:
    texts = (plain_text(cell) for cell in row)
    return json.dumps(dict(zip(columns, texts, strict=True)), ensure_ascii=False)


def _write_row(sheet: Worksheet, number: int, cells: list[str], style: object) -> None:
    write = sheet.write_string
    for column, cell in enumerate(cells):
        if cell and write(number, column, cell, style) != 0:
            raise ValueError(f"row {number + 1} does not fit in an XLSX sheet")


def _widen(widths: list[int], cells: Sequence[str]) -> None:
    """Make each column as wide as the longest line in it; most cells are shorter than that."""
    for column, cell in enumerate(cells):
        if len(cell) > widths[column]:
            widths[column] = max(widths[column], *map(len, cell.split("\n")))
