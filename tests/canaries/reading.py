"""Everything that an answer tells, as text: headers, pages, and what is packed in files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache
from html import unescape
from zipfile import ZipFile, is_zipfile

from pypdf import PdfReader
from werkzeug.test import TestResponse

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')


def told_by(answer: TestResponse) -> str:
    """Headers and body, files in it unpacked."""
    if answer.mimetype == "message/rfc822":
        return f"{answer.headers}\n{told_by_mail(read_mail(answer.data))}"
    return f"{answer.headers}\n{unpacked(answer.data)}"


def read_mail(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def told_by_mail(mail: EmailMessage) -> str:
    """Headers, and every part decoded."""
    parts = [part.get_payload(decode=True) or b"" for part in mail.walk()]
    return "\n".join([*map(str, mail.values()), *(unpacked(part) for part in parts)])


def links_in(text: str) -> list[str]:
    """Where the links and forms of a page lead on this site."""
    return [unescape(path) for path in LINK.findall(text)]


def unpacked(data: bytes) -> str:
    """Bytes as text, with what is packed in them behind it."""
    return "\n".join((data.decode("utf-8", "replace"), *_inside(data)))


@lru_cache(maxsize=100)
def _inside(data: bytes) -> tuple[str, ...]:
    """Viewers who read the same get the same bytes."""
    return tuple(_parts(data))


def _parts(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK") and is_zipfile(io.BytesIO(data)):
        with ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield unpacked(archive.read(name))
    if data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        yield str(reader.metadata)
        yield from (page.extract_text() for page in reader.pages)
