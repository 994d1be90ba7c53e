"""Files as people send them, made small, and the ones that nobody should send."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfWriter
from pypdf.generic import (
    BooleanObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
    read_object,
)

from kwartaal.uploads.file_types import BY_EXTENSION

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>%s</dc:creator></cp:coreProperties>"
)


def a_pdf(
    pages: int = 1,
    *,
    tagged: bool = True,
    author: str = "",
    text: str = "",
    script: bool = False,
    attachment: bool = False,
    password: str = "",
    holding: bytes = b"",
) -> bytes:
    """A PDF with empty pages; `text` stands in it as a remark, `holding` is one more object."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if tagged:
        marked = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        writer._root_object[NameObject("/MarkInfo")] = marked
    if author:
        writer.add_metadata({"/Author": author})
    if script:
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.alert('x')"),
            }
        )
    if attachment:
        writer.add_attachment("a.exe", b"MZ")
    if holding:
        writer._add_object(read_object(io.BytesIO(holding), writer))
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return _with_remark(_written(writer), text.encode()) if text else _written(writer)


def a_packed_pdf(holding: bytes) -> bytes:
    """A PDF of one page, with one more object inside an object stream (ISO 32000-2, 7.5.7)."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        _stream(b"/Type/ObjStm/N 1/First 4", b"5 0 " + holding),
    )
    pdf, rows = b"%PDF-1.5\n", bytes(4)
    for number, one in enumerate(objects, start=1):
        rows += b"\1" + len(pdf).to_bytes(2, "big") + b"\0"
        pdf += b"%d 0 obj%s endobj\n" % (number, one)
    rows += b"\2\0\4\0"
    end = _stream(b"/Type/XRef/Size 6/W[1 2 1]/Root 1 0 R", rows)
    return pdf + b"6 0 obj%s endobj\nstartxref\n%d\n%%%%EOF\n" % (end, len(pdf))


def a_pdf_of(size: int) -> bytes:
    """A PDF of exactly so many bytes."""
    plain = a_pdf()
    return _with_remark(plain, b"x" * (size - len(plain) - 2))


def an_office_file(
    extension: str = ".docx", parts: Mapping[str, bytes] | None = None, author: str = ""
) -> bytes:
    """A file of Word, Excel, PowerPoint or LibreOffice, with more parts if given."""
    kind = BY_EXTENSION[extension]
    content: dict[str, bytes] = {}
    if kind.main_part:
        content |= {"[Content_Types].xml": b"<Types/>", kind.main_part: b"<x/>"}
    else:
        content |= {"mimetype": kind.media_type.encode(), "META-INF/manifest.xml": b"<m/>"}
    if author:
        name = "docProps/core.xml" if kind.main_part else "meta.xml"
        content[name] = (CORE % author).encode()
    return a_zip(content | dict(parts or {}))


def a_zip(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def a_png() -> bytes:
    """One white pixel."""
    header = _chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    pixel = _chunk(b"IDAT", zlib.compress(b"\0\xff"))
    return b"\x89PNG\r\n\x1a\n" + header + pixel + _chunk(b"IEND", b"")


def a_jpeg() -> bytes:
    """The parts of a picture of one pixel; what is in them nobody here looks at."""
    header = b"\xff\xe0\0\x10JFIF\0" + bytes(9)
    frame = b"\xff\xc0\0\x0b\x08\0\1\0\1\1\1\x11\0"
    scan = b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\x12\xff\0\x34\xff\xd0\x56"
    return b"\xff\xd8" + header + frame + scan + b"\xff\xd9"


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")


def _with_remark(pdf: bytes, remark: bytes) -> bytes:
    before, word, after = pdf.rpartition(b"startxref")
    return before + b"%" + remark + b"\n" + word + after


def _stream(says: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (says, len(data), data)


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
