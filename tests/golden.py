"""Golden files: what is written once, looked at by a person, and compared ever after.

`KWARTAAL_GOLDEN=write pytest …` writes them anew; look at the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

SNAPSHOTS = Path(__file__).parent / "snapshots"


def golden(name: str, actual: str) -> str:
    """The content of a golden file, as text with `\\n` line ends."""
    path = SNAPSHOTS / name
    if os.environ.get("KWARTAAL_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, newline="\n")
    return path.read_text()


def golden_bytes(name: str, actual: bytes) -> bytes:
    """The content of a golden file to the byte, for formats where line ends count."""
    path = SNAPSHOTS / name
    if os.environ.get("KWARTAAL_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(actual)
    return path.read_bytes()
