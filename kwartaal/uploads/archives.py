"""ZIP files from anybody, judged by their directory alone: nothing is unpacked."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

MAX_DIRECTORY_BYTES = 1 << 20
SMALL = 1 << 20  # as little as this does no harm, however densely packed
END_OF_DIRECTORY = b"PK\x05\x06"
END_SIZE = 22
LONGEST_COMMENT = 0xFFFF


class ArchiveDamaged(Exception):
    """It cannot be read as a ZIP file."""


class ArchiveTooLarge(Exception):
    """Unpacking it would take too much."""


@dataclass(frozen=True)
class Limits:
    """How many parts, how many bytes of them together, and how often what they take packed:
    each large part, and all together."""

    entries: int
    unpacked: int
    ratio: int


def read_directory(file: BinaryIO, limits: Limits) -> list[ZipInfo]:
    """The parts of a ZIP file; raises ArchiveDamaged or ArchiveTooLarge.

    The sizes can be relied on: Python unpacks no more of a part than the directory says.
    """
    if _directory_bytes(file) > MAX_DIRECTORY_BYTES:
        raise ArchiveTooLarge
    try:
        entries = ZipFile(file).infolist()
    except (BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError):
        raise ArchiveDamaged from None
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = any(_is_too_dense(e.file_size, e.compress_size, limits.ratio) for e in entries)
    too_dense = too_dense or _is_too_dense(unpacked, file.seek(0, os.SEEK_END), limits.ratio)
    if len(entries) > limits.entries or unpacked > limits.unpacked or too_dense:
        raise ArchiveTooLarge
    return entries


def _is_too_dense(unpacked: int, packed: int, ratio: int) -> bool:
    return unpacked > SMALL and unpacked > ratio * packed


def _directory_bytes(file: BinaryIO) -> int:
    """What the end of the file says of its directory, so that a huge one is not even read."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
    tail = file.read()
    end = tail.rfind(END_OF_DIRECTORY)
    if end < 0 or len(tail) < end + 16:
        raise ArchiveDamaged
    (directory_bytes,) = struct.unpack_from("<L", tail, end + 12)
    return int(directory_bytes)
