"""PDF files as somebody reads them, on paper or aloud."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any

from flask.testing import FlaskClient
from pypdf import PdfReader

NO_BREAK_SPACE = "\u00a0"


def paper(client: FlaskClient, path: str) -> bytes:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/pdf"), response.text
    return response.data


def words_of(pdf: bytes) -> str:
    """The text of all pages, with plain spaces."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace(NO_BREAK_SPACE, " ").split())


def lines_of(pdf: bytes) -> list[str]:
    """The lines of all pages as they stand on the paper."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [line.strip() for page in pages for line in page.extract_text().splitlines()]


def tags_of(pdf: bytes) -> list[str]:
    """The roles of the structure tree in the order in which they are read."""
    root = PdfReader(io.BytesIO(pdf)).root_object
    return list(_roles(root["/StructTreeRoot"]["/K"]))


def _roles(node: Any) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [role for child in node for role in _roles(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"]).removeprefix("/")] if "/S" in node else []
    return own + (_roles(node["/K"]) if "/K" in node else [])


def no_known_fault(*files):
    """What pdfua finds, "" for nothing; it checks 16 of the 106 rules (decision 0021)."""
    command = [sys.executable, "-m", "pdfua", "check", *files]
    checked = subprocess.run(command, capture_output=True, text=True)
    return checked.stdout if checked.returncode else ""
