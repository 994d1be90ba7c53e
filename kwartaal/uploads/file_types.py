"""The kinds of file that are let in: extension and signature together decide."""

from __future__ import annotations

from dataclasses import dataclass

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

PDF_START = b"%PDF-"
ZIP_START = b"PK\x03\x04"
PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8\xff"
OLE_START = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class FileType:
    """`main_part` is what an Office file must hold: the name of a part, or of its `mimetype`."""

    extension: str
    media_type: str
    name: str
    start: bytes
    main_part: str = ""

    @property
    def shows_in_browser(self) -> bool:
        """Whether a browser may open it by itself; the rest is only saved."""
        return self.start in (PDF_START, PNG_START, JPEG_START)


_TYPES = (
    FileType(".pdf", "application/pdf", "pdf", PDF_START),
    FileType(
        ".docx", f"{OPEN_XML}wordprocessingml.document", "Word", ZIP_START, "word/document.xml"
    ),
    FileType(".xlsx", f"{OPEN_XML}spreadsheetml.sheet", "Excel", ZIP_START, "xl/workbook.xml"),
    FileType(
        ".pptx",
        f"{OPEN_XML}presentationml.presentation",
        "PowerPoint",
        ZIP_START,
        "ppt/presentation.xml",
    ),
    FileType(".odt", f"{OPEN_DOCUMENT}text", "odt", ZIP_START),
    FileType(".ods", f"{OPEN_DOCUMENT}spreadsheet", "ods", ZIP_START),
    FileType(".odp", f"{OPEN_DOCUMENT}presentation", "odp", ZIP_START),
    FileType(".jpg", "image/jpeg", "foto", JPEG_START),
    FileType(".jpeg", "image/jpeg", "foto", JPEG_START),
    FileType(".png", "image/png", "afbeelding", PNG_START),
)
BY_EXTENSION = {one.extension: one for one in _TYPES}
ACCEPTED = ",".join(BY_EXTENSION)


def type_of(media_type: str) -> FileType | None:
    """The kind of file a stored media type stands for."""
    return next((one for one in _TYPES if one.media_type == media_type), None)
