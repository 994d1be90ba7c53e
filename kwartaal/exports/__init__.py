"""The attendance list as a file: first its rows, then a format (contract.md, Addresses).

`columns` says what can stand in it, `choosing` which of that somebody wants, and `formats` how
cells become bytes. Every format writes the same cells.
"""

from kwartaal.exports.choosing import (
    PARAMETERS,
    Asked,
    TooManyForPaper,
    asked_in,
    chosen_columns,
    default_columns,
    still_known,
)
from kwartaal.exports.columns import Column, Sheet, columns_of
from kwartaal.exports.formats import FORMATS, Format, Row, rows_of
from kwartaal.exports.papers import PAPER_NAMES

__all__ = [
    "FORMATS",
    "PAPER_NAMES",
    "PARAMETERS",
    "Asked",
    "Column",
    "Format",
    "Row",
    "Sheet",
    "TooManyForPaper",
    "asked_in",
    "chosen_columns",
    "columns_of",
    "default_columns",
    "rows_of",
    "still_known",
]
