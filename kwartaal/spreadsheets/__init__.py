"""Tables out and in: CSV, XLSX, ODS and JSON with the same cells; the first two are read as well.

The dialect is in the decision "Code": `;`, UTF-8 with BOM, CRLF, and a `'` before text that a
spreadsheet program could take for a formula.
"""

from kwartaal.spreadsheets.ods_writing import ods_pieces
from kwartaal.spreadsheets.reading import Row, Table, read_table
from kwartaal.spreadsheets.refusals import TableRefused
from kwartaal.spreadsheets.safe_text import Cell, Phone, original_text, plain_text, safe_text
from kwartaal.spreadsheets.writing import write_csv, write_json, xlsx_pieces

__all__ = [
    "Cell",
    "Phone",
    "Row",
    "Table",
    "TableRefused",
    "ods_pieces",
    "original_text",
    "plain_text",
    "read_table",
    "safe_text",
    "write_csv",
    "write_json",
    "xlsx_pieces",
]
