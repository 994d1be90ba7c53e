"""An uploaded table, and the rows read from it, as bytes to keep between the steps of an import."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kwartaal.domain.people_import import ImportRow
from kwartaal.domain.people_refusals import RowUnusable
from kwartaal.domain.refusals import Refused
from kwartaal.spreadsheets import Row, Table
from kwartaal.translations import sentence

VALUES = ("first_name", "prefix", "last_name", "email", "phone", "organisation", "office")


def packed(table: Table) -> bytes:
    """The table with what is wrong with its rows, in few bytes."""
    rows = [
        (row.number, row.cells, sentence(row.refusal) if row.refusal else None)
        for row in table.rows
    ]
    return _pressed([table.columns, rows])


def unpacked(data: bytes) -> Table:
    """What `packed` was given."""
    columns, rows = _unpressed(data)
    return Table(
        tuple(columns),
        [Row(number, tuple(cells), _refusal(said)) for number, cells, said in rows],
    )


def packed_rows(rows: Sequence[ImportRow]) -> bytes:
    """Rows as they were read, with what is wrong with their cells, in few bytes."""
    return _pressed([_flat(row) for row in rows])


def unpacked_rows(data: bytes) -> list[ImportRow]:
    """What `packed_rows` was given; a refusal has become its sentence."""
    return [_row(*flat) for flat in _unpressed(data)]


def _flat(row: ImportRow) -> tuple[Any, ...]:
    days = (day.isoformat() if day else None for day in (row.starts_on, row.ends_on))
    said = [sentence(mistake) for mistake in row.mistakes]
    return (row.number, [getattr(row, name) for name in VALUES], *days, said)


def _row(
    number: int, values: list[Any], starts_on: str | None, ends_on: str | None, said: list[str]
) -> ImportRow:
    row = ImportRow(number, *values)
    if starts_on or ends_on:
        row = replace(row, starts_on=_day(starts_on), ends_on=_day(ends_on))
    return replace(row, mistakes=tuple(map(RowUnusable.saying, said))) if said else row


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _refusal(said: str | None) -> Refused | None:
    return RowUnusable.saying(said) if said else None


def _pressed(content: Any) -> bytes:
    return zlib.compress(json.dumps(content).encode())


def _unpressed(data: bytes) -> Any:
    return json.loads(zlib.decompress(data))
