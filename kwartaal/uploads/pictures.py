"""Photos and drawings: whether the parts of the file follow each other up to its end.

Nothing is decoded: a browser does that, with more care than we could.
"""

from __future__ import annotations

import re
from typing import BinaryIO
from zipfile import is_zipfile

from kwartaal.uploads.file_types import PNG_START, FileType
from kwartaal.uploads.refusals import Damaged, TwoFilesInOne

MOST_CHUNKS = 100_000
LENGTH, NAME, CHECKSUM = 4, 4, 4

END_OF_IMAGE, START_OF_SCAN = 0xD9, 0xDA
# Each but DHT, JPG and DAC (ITU-T T.81 table B.1).
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
# What ends a scan: in its data every FF is followed by 00 or a restart (T.81 section B.1.1.5).
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def check_picture(file: BinaryIO, kind: FileType) -> None:
    """Raises TwoFilesInOne or Damaged."""
    if is_zipfile(file):
        raise TwoFilesInOne
    file.seek(0)
    data = file.read()
    if not (_is_whole_png(data) if kind.start == PNG_START else _is_whole_jpeg(data)):
        raise Damaged


def _is_whole_png(data: bytes) -> bool:
    """IHDR first, then picture data, and IEND as the last bytes of the file (ISO 15948)."""
    names: list[bytes] = []
    at = len(PNG_START)
    while at < len(data) and len(names) < MOST_CHUNKS:
        length = int.from_bytes(data[at : at + LENGTH], "big")
        names.append(data[at + LENGTH : at + LENGTH + NAME])
        at += LENGTH + NAME + length + CHECKSUM
        if names[-1] == b"IEND":
            break
    return (
        at == len(data) and names[:1] == [b"IHDR"] and b"IDAT" in names and names[-1:] == [b"IEND"]
    )


def _is_whole_jpeg(data: bytes) -> bool:
    """A frame, a scan and the end of the image (ITU-T T.81 annex B).

    What comes after is let be: telephones put a second picture or a short film there.
    """
    seen: set[int] = set()
    at = 2
    while at + 1 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == END_OF_IMAGE:
            return START_OF_SCAN in seen and not FRAMES.isdisjoint(seen)
        seen.add(marker)
        at = _next_marker(data, at, marker)
    return False


def _next_marker(data: bytes, at: int, marker: int) -> int:
    """Where the marker after this one stands; the end of the file when there is none."""
    if marker == 0xFF:  # padding
        return at + 1
    if marker in ALONE:
        return at + 2
    end = at + 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
    if marker != START_OF_SCAN:
        return end
    found = MARKER.search(data, end)
    return found.start() if found else len(data)
