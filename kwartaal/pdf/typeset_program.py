"""Makes a PDF: python typeset_program.py TEMPLATE, with the data as JSON on standard input.

A program of its own, so that a time limit can end it and nothing of it stays in the server. It
imports nothing of Kwartaal. The data is a value in `sys.inputs`; what looks like markup in it is
text. What kept the PDF from being PDF/UA is told on standard error.
"""

from __future__ import annotations

import resource
import sys
from contextlib import suppress
from pathlib import Path

import typst

CPU_SECONDS = 20
MEMORY_BYTES = 2 << 30
HERE = Path(__file__).parent


def main(template: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    with suppress(ValueError, OSError):  # macOS knows no limit on memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    sys.stdout.buffer.write(typeset(template, sys.stdin.buffer.read().decode()))


def typeset(template: str, data: str) -> bytes:
    """The PDF; a plain one when PDF/UA cannot be had, because a paper is wanted in any case."""
    compiler = typst.Compiler(
        HERE / template,
        root=HERE,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        # Templates use no packages. Nor could one be found: these folders do not exist.
        package_path=HERE / "no-packages",
        package_cache_path=HERE / "no-packages",
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        print(error.message, *error.hints, file=sys.stderr)
        made = compiler.compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document is one file")
    return made


if __name__ == "__main__":
    main(sys.argv[1])
