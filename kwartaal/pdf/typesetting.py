"""From words to the bytes of a PDF, in a child process with a time limit."""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kwartaal.pdf.glyphs import printable

HERE = Path(__file__).parent
PROGRAM = HERE / "typeset_program.py"
LONGEST_SECONDS = 30

log = logging.getLogger(__name__)


class NotTypeset(Exception):
    """No PDF came out in time; the log says why."""


@dataclass(frozen=True)
class Sheet:
    """What stands on a paper: words only, for one of the `.typ` templates."""

    template: str
    data: str  # JSON

    @classmethod
    def of(cls, template: str, data: Mapping[str, Any]) -> Sheet:
        return cls(template, json.dumps(printable(data), ensure_ascii=False, sort_keys=True))

    @property
    def key(self) -> str:
        """Equal for equal papers: words, templates, fonts and program together decide."""
        text = f"{_edition()} {self.template} {self.data}"
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def typeset(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1, or as a plain PDF with a line in the log; raises NotTypeset."""
    try:
        done = subprocess.run(  # noqa: S603 (our own program, and a template that we chose)
            [sys.executable, "-I", str(PROGRAM), f"{sheet.template}.typ"],
            input=sheet.data.encode("utf-8", "replace"),
            capture_output=True,
            timeout=LONGEST_SECONDS,
            env={},
        )
    except subprocess.TimeoutExpired:
        log.error("%s took more than %s seconds", sheet.template, LONGEST_SECONDS)
        raise NotTypeset from None
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode != 0:
        log.error("%s did not become a PDF: %s", sheet.template, said.splitlines()[-1:])
        raise NotTypeset
    if said:
        log.warning("%s is no PDF/UA: %s", sheet.template, said)
    return done.stdout


@lru_cache(maxsize=1)
def _edition() -> str:
    """Differs when templates, program or fonts do."""
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.typ"), PROGRAM, *(HERE / "fonts").glob("*.ttf")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
