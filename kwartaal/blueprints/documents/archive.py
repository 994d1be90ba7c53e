"""Many files as one ZIP file that is made while it is sent: nothing of it is kept in memory."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.uploads.names import numbered

CHUNK = 1 << 16


@dataclass(frozen=True)
class Entry:
    name: str
    path: Path
    uploaded_at: datetime


class _Passage(io.RawIOBase):
    """What is written comes out at the other side; it cannot be gone back in."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._written.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


def streamed(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of the ZIP file, file by file. Not pressed: documents are pressed already."""
    passage = _Passage()
    with ZipFile(passage, "w", ZIP_STORED) as archive:
        for entry in entries:
            moment = entry.uploaded_at.astimezone(AMSTERDAM)
            info = ZipInfo(entry.name, moment.timetuple()[:6])
            info.external_attr = 0o644 << 16
            with entry.path.open("rb") as source, archive.open(info, "w") as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield passage.take()
    yield passage.take()


def unlike(names: Iterable[str]) -> list[str]:
    """The names, made different for programs that see no difference between a and A."""
    given: set[str] = set()
    different = []
    for name in names:
        other, number = name, 1
        while other.casefold() in given:
            number += 1
            other = numbered(name, number)
        given.add(other.casefold())
        different.append(other)
    return different
