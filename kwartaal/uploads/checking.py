"""One look at a file that was sent in: is it what it says it is, and may it come in?"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kwartaal.uploads.file_types import (
    BY_EXTENSION,
    OLE_START,
    PDF_START,
    ZIP_START,
    FileType,
)
from kwartaal.uploads.names import extension_of, shown_name
from kwartaal.uploads.office_files import check_office_file
from kwartaal.uploads.pdf_files import check_pdf
from kwartaal.uploads.pictures import check_picture
from kwartaal.uploads.refusals import (
    EmptyFile,
    NameAndContentDiffer,
    OldOrLocked,
    UnknownType,
)

UNTAGGED = "untagged"
NAMES_AUTHOR = "names_author"


@dataclass(frozen=True)
class Checked:
    """A file that may come in. `warnings` are about what is better mended, and hold no names."""

    name: str
    kind: FileType
    size: int
    sha256: str
    pages: int | None
    warnings: tuple[str, ...]


def check(path: Path, sent_name: str) -> Checked:
    """Judge a file on disk by its name and its content; raises an UploadRefused."""
    name = shown_name(sent_name)
    kind = BY_EXTENSION.get(extension_of(name))
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if kind is None:
            raise UnknownType
        if size == 0:
            raise EmptyFile
        _check_start(file, kind)
        pages, warnings = _look_inside(file, path, kind)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Checked(name, kind, size, sha256, pages, warnings)


def _check_start(file: BinaryIO, kind: FileType) -> None:
    file.seek(0)
    start = file.read(16)
    if start.startswith(kind.start):
        return
    raise OldOrLocked if start.startswith(OLE_START) else NameAndContentDiffer


def _look_inside(file: BinaryIO, path: Path, kind: FileType) -> tuple[int | None, tuple[str, ...]]:
    """How many pages, and the warnings."""
    if kind.start == PDF_START:
        found = check_pdf(file, path)
        warnings = {UNTAGGED: not found["tagged"], NAMES_AUTHOR: found["author"]}
        return found["pages"], tuple(name for name, holds in warnings.items() if holds)
    if kind.start == ZIP_START:
        return None, (NAMES_AUTHOR,) if check_office_file(file, kind) else ()
    check_picture(file, kind)
    return None, ()
