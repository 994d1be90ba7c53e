"""What a PDF says of itself, as JSON on standard output: python pdf_probe.py FILE

A program of its own, because a PDF may be made to keep its reader busy for ever or to fill the
memory: the kernel ends this process when it takes too much. It imports nothing of Kwartaal.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

CPU_SECONDS = 10
MEMORY_BYTES = 1 << 30
MOST_OBJECTS = 100_000
FILE_NAMES = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}


def main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    with suppress(ValueError, OSError):  # macOS knows no limit on memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    logging.disable()
    json.dump(probe(path), sys.stdout)


def probe(path: str) -> dict[str, Any]:
    """`encrypted`, and if it is not: `pages`, `tagged`, `author`, `scripts` and `files`."""
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted:
        return {"encrypted": True}
    root = reader.root_object
    marked = _plain(_plain(root.get("/MarkInfo", {})).get("/Marked", False))
    names = _plain(root.get("/Names", {}))
    metadata = reader.metadata
    acts, holds_file = _look_everywhere(reader)
    return {
        "encrypted": False,
        "pages": len(reader.pages),
        "tagged": bool(marked),
        "author": bool(metadata and str(metadata.author or "").strip()),
        "scripts": acts or "/JavaScript" in names or "/AA" in root,
        "files": holds_file or "/EmbeddedFiles" in names,
    }


def _look_everywhere(reader: PdfReader) -> tuple[bool, bool]:
    """Whether anything acts, and whether anything holds a file: not only what the catalog names."""
    acts = holds_file = False
    for found in _dictionaries(reader):
        acts = acts or _acts(found)
        holds_file = holds_file or _holds_file(found)
        if acts and holds_file:
            break
    return acts, holds_file


def _dictionaries(reader: PdfReader) -> Iterator[dict[str, Any]]:
    """Every dictionary of the file: of each numbered object, and what is written inside it."""
    for one in _objects(reader):
        waiting = [one]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                yield value
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every numbered object; one that is not where the file says it is, nobody can open either."""
    from pypdf.errors import PdfReadError
    from pypdf.generic import IndirectObject

    numbered = {(number, made) for made, numbers in reader.xref.items() for number in numbers}
    numbered |= {(number, 0) for number in reader.xref_objStm}
    if len(numbered) > MOST_OBJECTS:
        raise SystemExit(1)
    for number, made in sorted(numbered):
        with suppress(PdfReadError):
            yield reader.get_object(IndirectObject(number, made, reader))


def _acts(found: dict[str, Any]) -> bool:
    """Whether a dictionary is, or holds, a script or the start of a program."""
    runs = found.get("/S") in ("/JavaScript", "/Launch")
    return runs or _is_content(found.get("/JS")) or _is_content(found.get("/XFA"))


def _holds_file(found: dict[str, Any]) -> bool:
    """Whether a dictionary is about a file inside (ISO 32000-2, 7.11.3 and 12.5.6.15)."""
    inside = _plain(found.get("/EF"))
    named = isinstance(inside, dict) and not FILE_NAMES.isdisjoint(inside)
    return named or found.get("/Subtype") == "/FileAttachment"


def _is_content(value: Any) -> bool:
    """A text, a list or a stream; a font or a picture may have any name, such as JS."""
    value = _plain(value)
    return value is not None and (not isinstance(value, dict) or hasattr(value, "get_data"))


def _plain(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


if __name__ == "__main__":
    main(sys.argv[1])
