"""Files of Word, Excel, PowerPoint and LibreOffice: a ZIP file of parts, with rules about them."""

from __future__ import annotations

import os
import re
from typing import BinaryIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from kwartaal.uploads.archives import (
    END_OF_DIRECTORY,
    END_SIZE,
    ArchiveDamaged,
    ArchiveTooLarge,
    Limits,
    read_directory,
)
from kwartaal.uploads.file_types import FileType
from kwartaal.uploads.refusals import (
    Damaged,
    HoldsFiles,
    HoldsMacros,
    Locked,
    NameAndContentDiffer,
    TwoFilesInOne,
    UnpacksTooLarge,
    UploadRefused,
)

LIMITS = Limits(entries=2000, unpacked=200 * 1024 * 1024, ratio=100)
ENCRYPTED = 0x1  # general purpose bit 0 (APPNOTE 4.4.4)
LARGEST_READ = 1 << 20
MACROS = re.compile(r"vbaproject|(^|/)(basic|scripts|macrosheets|activex)/", re.I)
# Drawings and photos of any kind are fine; what a double-click would open is not. Charts bring a
# workbook along, so the three kinds that are let in themselves may lie inside as well.
FOREIGN = re.compile(
    r"\.(bin|exe|dll|com|bat|cmd|scr|msi|js|jse|vbs|vbe|wsf|ps1|sh|jar|py|lnk|hta|html?|svgz"
    r"|zip|7z|rar|gz|tar|iso|cab|doc[mt]?|dot[mx]?|xls[mb]?|xlt[mx]?|ppt[m]?|pot[mx]?|pps[mx]?)$",
    re.I,
)
HARMLESS_BINARY = re.compile(r"(^|/)(printerSettings|layoutData|customProperty)[^/]*\.bin$", re.I)
OUTSIDE = re.compile(r"^/|^[a-z]:|(^|/)\.\.(/|$)", re.I)
REMOTE = re.compile(r"\s*(https?|ftp):", re.I)
AUTHORS = ("creator", "lastModifiedBy", "initial-creator")
PROPERTIES = ("docProps/core.xml", "meta.xml")


def check_office_file(file: BinaryIO, kind: FileType) -> bool:
    """Whether somebody's name is in the properties of the file; raises a refusal."""
    try:
        entries = read_directory(file, LIMITS)
    except ArchiveDamaged:
        raise Damaged from None
    except ArchiveTooLarge:
        raise UnpacksTooLarge from None
    _check_parts(entries)
    _check_end(file)
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
            _check_kind(archive, names, kind)
            _check_template(archive, names)
            return any(_names_somebody(archive, one) for one in PROPERTIES if one in names)
    except UploadRefused:
        raise
    # A damaged part makes zlib and the XML reader stumble in as many ways as there are.
    except Exception as error:
        raise Damaged from error


def _check_parts(entries: list[ZipInfo]) -> None:
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Locked
    if not entries or min(entry.header_offset for entry in entries) != 0:
        raise TwoFilesInOne
    if any(MACROS.search(entry.filename) for entry in entries):
        raise HoldsMacros
    if any(_is_foreign(entry.filename) for entry in entries):
        raise HoldsFiles


def _check_end(file: BinaryIO) -> None:
    """Office programs write no comment, so nothing can come after the end of the directory."""
    file.seek(-END_SIZE, os.SEEK_END)
    if not file.read().startswith(END_OF_DIRECTORY):
        raise TwoFilesInOne


def _is_foreign(name: str) -> bool:
    """Windows drops the spaces and dots at the end of a name when it unpacks the file."""
    name = name.replace("\\", "/")
    if OUTSIDE.search(name):
        return True
    return FOREIGN.search(name.rstrip(" .")) is not None and not HARMLESS_BINARY.search(name)


def _check_kind(archive: ZipFile, names: set[str], kind: FileType) -> None:
    """The parts that make it what its name says, without a promise of macros or a password."""
    if kind.main_part:
        if not {kind.main_part, "[Content_Types].xml"} <= names:
            raise NameAndContentDiffer
        if b"macroenabled" in _read(archive, "[Content_Types].xml").lower():
            raise HoldsMacros
        return
    if "mimetype" not in names or _read(archive, "mimetype") != kind.media_type.encode():
        raise NameAndContentDiffer
    if b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
        raise Locked


def _check_template(archive: ZipFile, names: set[str]) -> None:
    """A template on the internet is fetched at opening, and brings its macros.

    One on the disk or the network of who wrote the file is usual, and is not there for others.
    """
    for part in names:
        if part.lower().endswith(".rels") and any(map(_fetches, fromstring(_read(archive, part)))):
            raise HoldsMacros


def _fetches(relation: Element) -> bool:
    """A Relationship (ECMA-376 part 2, 6.5.3) to an attached template with an address."""
    is_template = relation.get("Type", "").endswith("/attachedTemplate")
    return is_template and REMOTE.match(relation.get("Target", "")) is not None


def _names_somebody(archive: ZipFile, part: str) -> bool:
    root: Element = fromstring(_read(archive, part))
    return any(
        element.tag.rpartition("}")[2] in AUTHORS and (element.text or "").strip()
        for element in root.iter()
    )


def _read(archive: ZipFile, part: str) -> bytes:
    with archive.open(part) as opened:
        data = opened.read(LARGEST_READ + 1)
    if len(data) > LARGEST_READ:
        raise UnpacksTooLarge
    return data
