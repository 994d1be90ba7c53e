"""The name under which a file is shown: readable, and never a path."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
NAMELESS = "bestand"
SEPARATORS = re.compile(r"[/\\]")
SPACES = re.compile(r"[ -]+")
# Windows keeps no file with one of these in its name.
UNUSABLE = re.compile(r'[<>:"|?*]')
# Control and format characters (such as those that turn the reading direction), halves, unassigned.
INVISIBLE = ("Cc", "Cf", "Cs", "Cn", "Co")


def shown_name(sent: str) -> str:
    """The last part of the sent name, without what cannot be seen, in at most 150 characters.

    What is too long loses the end of its stem: the extension stays, because it was checked.
    """
    last = SEPARATORS.split(unicodedata.normalize("NFC", sent))[-1]
    visible = "".join(one for one in last if unicodedata.category(one) not in INVISIBLE)
    name = " ".join(UNUSABLE.sub("_", visible).split()).rstrip(". ")
    stem, extension = _parts(name)
    return (stem[: LONGEST - len(extension)].strip(". ") or NAMELESS) + extension


def named_after(title: str, file_name: str) -> str:
    """A name for a file that people get: the title of its document, with the file's extension."""
    readable = UNUSABLE.sub("", SEPARATORS.sub("-", title))
    return shown_name(readable.rstrip(". ") + extension_of(file_name))


def in_address(name: str) -> str:
    """The same in an address, where a space would read as %20."""
    return SPACES.sub("-", name)


def extension_of(name: str) -> str:
    """The part from the last dot on, in lower case; "" without one."""
    return _parts(name)[1].lower()


def title_from(name: str) -> str:
    """What a document is called until somebody types a better title."""
    return " ".join(_parts(name)[0].replace("_", " ").split())[:LONGEST] or NAMELESS


def numbered(name: str, number: int) -> str:
    """Another name for a file of which there is one already: brief (2).pdf"""
    stem, extension = _parts(name)
    return f"{stem} ({number}){extension}"


def _parts(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name, ""
    return stem, f".{extension}"
