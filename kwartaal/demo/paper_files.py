"""Small PDF files for the demo region: one page of words, tagged, with a title and a language.

Written by hand, so that loading needs no library and judging them takes no time: what an upload
would find in such a file is known beforehand, and a test holds it against the real judgement.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from io import BytesIO

from kwartaal.domain.documents import StoredFile
from kwartaal.file_store import Batch

MOST = 100_000
MEDIA_TYPE = "application/pdf"
LEFT, TOP, LEADING, WIDTH = 72, 760, 18, 80


def stored(batch: Batch, file_name: str, title: str, text: str) -> StoredFile:
    """A file that waits in the batch, as an upload of it would be described."""
    data, name = one_page(title, text), batch.new_name()
    batch.write(name, BytesIO(data), MOST)
    return StoredFile(
        name=file_name,
        media_type=MEDIA_TYPE,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        pages=1,
        warnings=(),
        storage_name=name,
    )


def one_page(title: str, text: str) -> bytes:
    """The bytes of the PDF: a heading, and a paragraph for each line of the text."""
    parts = [("H1", [title]), *(("P", textwrap.wrap(line, WIDTH)) for line in text.split("\n"))]
    parts = [(tag, lines) for tag, lines in parts if lines]
    content = _content(parts)
    first = 8  # the number of the first structure element
    numbers = range(first, first + len(parts))
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (nl-NL) /MarkInfo << /Marked true >> "
        "/StructTreeRoot 6 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0 "
        "/Tabs /S /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [{kids}]] >> >>",
        f"<< /Type /StructElem /S /Document /P 6 0 R /K [{kids}] >>",
        *(
            f"<< /Type /StructElem /S /{tag} /P 7 0 R /Pg 3 0 R /K {place} >>"
            for place, (tag, _lines) in enumerate(parts)
        ),
        f"<< /Title ({_escaped(title)}) >>",
    ]
    return _file(objects)


def _content(parts: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The words on the page, each part marked with its tag."""
    drawn, height = [], TOP
    for place, (tag, lines) in enumerate(parts):
        size = 18 if tag == "H1" else 11
        drawn.append(f"/{tag} << /MCID {place} >> BDC")
        for line in lines:
            drawn.append(f"BT /F1 {size} Tf {LEFT} {height} Td ({_escaped(line)}) Tj ET")
            height -= LEADING
        drawn.append("EMC")
        height -= LEADING
    return "\n".join(drawn)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[str]) -> bytes:
    """The objects one after another, with the table that says where each begins."""
    data, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(objects) + 1
    return data + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\n"
        f"startxref\n{len(data)}\n%%EOF\n"
    ).encode("ascii")
