"""How rows of cells become a file: one entry per kind of file, all with the same cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kwartaal.dutch import in_dutch
from kwartaal.exports.columns import Column
from kwartaal.models.attendance_export import ExportedPerson
from kwartaal.spreadsheets import Cell, ods_pieces, write_csv, write_json, xlsx_pieces

SHEET_NAME = in_dutch("Aanwezigheid")
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Format:
    """A kind of file: how a server names it, and how cells become its bytes, piece by piece.

    `is_streamed` when the first bytes come with the first rows. Other kinds come whole at the end,
    after an empty piece for every so many rows.
    """

    mimetype: str
    write: Callable[[Sequence[str], Iterable[Row]], Iterator[bytes]]
    is_streamed: bool = False


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv", write_csv, is_streamed=True),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda columns, rows: xlsx_pieces(columns, rows, SHEET_NAME),
    ),
    "ods": Format(
        "application/vnd.oasis.opendocument.spreadsheet",
        lambda columns, rows: ods_pieces(columns, rows, SHEET_NAME),
    ),
    "json": Format("application/json", write_json, is_streamed=True),
}


def rows_of(people: Iterable[ExportedPerson], columns: Iterable[Column]) -> Iterator[Row]:
    """One row of cells per person, in the order given."""
    writers = [column.write for column in columns]
    for one in people:
        yield tuple([write(one) for write in writers])
