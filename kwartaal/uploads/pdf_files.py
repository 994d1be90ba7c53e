"""PDF files: the outside is looked at here, the inside by a small program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import is_zipfile

from kwartaal.uploads.refusals import Damaged, HoldsFiles, HoldsMacros, Locked, TwoFilesInOne

PROBE = Path(__file__).with_name("pdf_probe.py")
LONGEST_SECONDS = 20
END = b"%%EOF"
LONGEST_TAIL = 1024


def check_pdf(file: BinaryIO, path: Path) -> dict[str, Any]:
    """`pages`, `tagged` and `author` of a PDF; raises a refusal."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_TAIL))
    if END not in file.read():
        raise Damaged
    if is_zipfile(file):
        raise TwoFilesInOne
    found = _probe(path)
    if found["encrypted"]:
        raise Locked
    if found["scripts"]:
        raise HoldsMacros
    if found["files"]:
        raise HoldsFiles
    if not found["pages"]:
        raise Damaged
    return found


def _probe(path: Path) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 (our own program, and a path that we chose)
            [sys.executable, "-I", str(PROBE), str(path)],
            capture_output=True,
            timeout=LONGEST_SECONDS,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise Damaged from None
    if done.returncode != 0:
        raise Damaged
    found: dict[str, Any] = json.loads(done.stdout)
    return found
