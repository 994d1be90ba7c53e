"""What a PDF says of itself, as JSON on standard output: python pdf_probe.py FILE

A program of its own, because a PDF may be made to keep its reader busy for ever or to fill the
memory: the kernel ends this process when it takes too much. It imports nothing of Kwartaal.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from contextlib import suppress
from typing import Any

CPU_SECONDS = 10
MEMORY_BYTES = 1 << 30
DEEPEST = 12


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
    return {
        "encrypted": False,
        "pages": len(reader.pages),
        "tagged": bool(marked),
        "author": bool(metadata and str(metadata.author or "").strip()),
        "scripts": "/JavaScript" in names or _acts(root.get("/OpenAction")) or "/AA" in root,
        "files": "/EmbeddedFiles" in names,
    }


def _acts(action: Any, depth: int = 0) -> bool:
    """Whether an action, or one after it, runs a script or a program."""
    action = _plain(action)
    if not isinstance(action, dict) or depth > DEEPEST:
        return False
    return action.get("/S") in ("/JavaScript", "/Launch") or _acts(action.get("/Next"), depth + 1)


def _plain(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


if __name__ == "__main__":
    main(sys.argv[1])
