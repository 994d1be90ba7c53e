"""Tables out and in: CSV and XLSX with the same cells, and either read back as one table.

The dialect is in the decision "Code": `;`, UTF-8 with BOM, CRLF, and a `'` before text that a
spreadsheet program could take for a formula.
"""

from kwartaal.spreadsheets.reading import Row, Table, read_table
from kwartaal.spreadsheets.refusals import TableRefused
from kwartaal.spreadsheets.safe_text import Cell, Phone, original_text, safe_text
from kwartaal.spreadsheets.writing import write_csv, write_xlsx

__all__ = [
    "Cell",
    "Phone",
    "Row",
    "Table",
    "TableRefused",
    "original_text",
    "read_table",
    "safe_text",
    "write_csv",
    "write_xlsx",
]
