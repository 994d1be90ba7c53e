"""Rows to ODS (OpenDocument 1.2, part 1), with every space and line break that a cell has.

Our own, and small: the libraries that write ODS either lose white space in a cell or need half a
gigabyte for twenty thousand rows (decision 0029).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from math import ceil
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from kwartaal.spreadsheets.safe_text import Cell, safe_text
from kwartaal.spreadsheets.writing import SHEET_NAME

ROWS_AT_ONCE = 500
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
OLDEST = (1980, 1, 1, 0, 0, 0)  # the same rows give the same bytes, whenever it is
LINE_END = re.compile("\r\n|\r|\n")
# White space that ODF would collapse, section 6.1.2: at an end, or after other white space. For a
# tab it has <text:tab/>, which LibreOffice 7.4 writes but does not read: words would grow together.
# A tab as such is kept by LibreOffice, and is a space to whoever follows the standard.
COLLAPSED = re.compile("\t|^ +| +$|(?<=[ \t]) +")
# What no XML file can hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
NAMESPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office",
        "style": "style",
        "table": "table",
        "text": "text",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
    }.items()
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = f"""{XML}<manifest:manifest{NAMESPACES} manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
# Printed, a list lies across, in letters one can read (style:scale-to-X, as LibreOffice writes it).
COLUMNS_ACROSS = 11
STYLES = f"""{XML}<office:document-styles{NAMESPACES} office:version="1.2">
<office:styles/>
<office:automatic-styles><style:page-layout style:name="across">
<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"
 style:print-orientation="landscape" fo:margin="1.3cm" style:scale-to-X="%d" style:scale-to-Y="0"/>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="paper" style:page-layout-name="across"/>
</office:master-styles></office:document-styles>"""
# Cells are of the format text (@), so that a phone number stays one when somebody edits it.
START = f"""{XML}<office:document-content{NAMESPACES} office:version="1.2">
<office:automatic-styles>
<number:text-style style:name="text"><number:text-content/></number:text-style>
<style:style style:name="sheet" style:family="table" style:master-page-name="paper"/>
<style:style style:name="column" style:family="table-column">
<style:table-column-properties style:column-width="4.5cm"/></style:style>
<style:style style:name="cell" style:family="table-cell" style:data-style-name="text">
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>
<style:style style:name="heading" style:family="table-cell" style:data-style-name="text">
<style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>
"""
END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods_pieces(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], sheet_name: str = SHEET_NAME
) -> Iterator[bytes]:
    """An ODS file with one sheet: a bold heading, and only text cells.

    There is an empty piece for every so many rows, so that one sees how far it is. ODF knows one
    line break: CR, LF and CRLF inside a cell all become that. A control character, which XML cannot
    hold, becomes U+FFFD.
    """
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        # First and as it is, so that the kind of file can be told from its first bytes.
        archive.writestr(_entry("mimetype", ZIP_STORED), MIMETYPE)
        archive.writestr(_entry("META-INF/manifest.xml"), MANIFEST)
        archive.writestr(_entry("styles.xml"), STYLES % (ceil(len(columns) / COLUMNS_ACROSS) or 1))
        with archive.open(_entry("content.xml"), "w") as content:
            for piece in _content(columns, rows, sheet_name):
                content.write(piece.encode())
                yield b""
    yield file.getvalue()


def _entry(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    entry = ZipInfo(name, OLDEST)
    entry.compress_type = compression
    return entry


def _content(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], sheet_name: str
) -> Iterator[str]:
    yield START
    yield f'<table:table table:name={quoteattr(sheet_name)} table:style-name="sheet">'
    yield '<table:table-column table:style-name="column" table:default-cell-style-name="cell"'
    yield f' table:number-columns-repeated="{max(len(columns), 1)}"/>'
    heading = _row(columns, "heading")
    yield f"<table:table-header-rows>{heading}</table:table-header-rows>"
    lines = (_row(row, "cell") for row in rows)
    while batch := list(islice(lines, ROWS_AT_ONCE)):
        yield "".join(batch)
    yield END


def _row(cells: Iterable[Cell], style: str) -> str:
    start = f'<table:table-cell table:style-name="{style}"'
    written = "".join([_cell(start, safe_text(cell)) for cell in cells])
    return f"<table:table-row>{written}</table:table-row>\n"


def _cell(start: str, text: str) -> str:
    if not text:
        return f"{start}/>"
    lines = text if text.isalnum() else _lines(text)
    return f'{start} office:value-type="string"><text:p>{lines}</text:p></table:table-cell>'


def _lines(text: str) -> str:
    """Each line is a paragraph of its own, as spreadsheet programs write them."""
    return "</text:p><text:p>".join(_line(line) for line in LINE_END.split(text))


def _line(text: str) -> str:
    return COLLAPSED.sub(_kept, escape(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)))


def _kept(found: re.Match[str]) -> str:
    return "&#9;" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'
