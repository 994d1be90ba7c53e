"""Tables read back by libraries that are not our own: every row a list of texts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from odf import teletype
from odf.opendocument import load
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl import load_workbook

from kwartaal.spreadsheets import Cell, ods_pieces, xlsx_pieces

ESCAPED = re.compile("_x([0-9A-F]{4})_")


def xlsx_file(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    return b"".join(xlsx_pieces(columns, rows))


def ods_file(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    return b"".join(ods_pieces(columns, rows))


def cells_of(kind: str, data: bytes) -> list[list[str]]:
    """The cells of a CSV, XLSX, ODS or JSON file, the heading first."""
    return READERS[kind](data)


def _csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def _xlsx(data: bytes) -> list[list[str]]:
    rows = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    return [[_unescaped(cell or "") for cell in row] for row in rows]


def _unescaped(cell: str) -> str:
    """openpyxl leaves what XML cannot hold as it is written in the file."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)


def _ods(data: bytes) -> list[list[str]]:
    """Lines of a cell are paragraphs; a formula, or a cell that is no text, is an error."""
    rows = load(io.BytesIO(data)).spreadsheet.getElementsByType(TableRow)
    return [[_ods_cell(cell) for cell in row.getElementsByType(TableCell)] for row in rows]


def _ods_cell(cell: TableCell) -> str:
    assert cell.getAttribute("formula") is None
    assert cell.getAttribute("valuetype") in (None, "string")
    return "\n".join(teletype.extractText(line) for line in cell.getElementsByType(P))


def _json(data: bytes) -> list[list[str]]:
    rows = json.loads(data)
    return [list(rows[0]), *(list(row.values()) for row in rows)] if rows else []


READERS = {"csv": _csv, "xlsx": _xlsx, "ods": _ods, "json": _json}
