"""Mails kept as files, read back for the demo's mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

SHOWN = 100


@dataclass(frozen=True)
class Attachment:
    """A part with a file name, such as the appointment."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class KeptMail:
    """One mail of the mailbox; `key` is its file's name without .eml."""

    key: str
    to: str
    subject: str
    sent_at: datetime
    text: str
    markup: str  # the same as HTML; "" without
    original: bytes
    attachments: tuple[Attachment, ...]


def newest(mail_dir: Path, to: str = "") -> list[KeptMail]:
    """The newest mails, at most a hundred; `to` narrows them to addresses that contain it."""
    found: list[KeptMail] = []
    paths = sorted(mail_dir.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in paths:
        mail = _read(path)
        if to.lower() in mail.to.lower():
            found.append(mail)
        if len(found) == SHOWN:
            break
    return found


def find(mail_dir: Path, key: str) -> KeptMail | None:
    """One mail by its key; None when there is no such file in the mailbox."""
    path = mail_dir / f"{key}.eml"
    # A key with a slash or dots must not lead out of the mailbox.
    if path.parent != mail_dir or path.name != f"{Path(key).name}.eml" or not path.is_file():
        return None
    return _read(path)


def _read(path: Path) -> KeptMail:
    data = path.read_bytes()
    message = message_from_bytes(data, policy=default)
    return KeptMail(
        key=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=message["Date"].datetime,
        text=_body(message, "plain"),
        markup=_body(message, "html"),
        original=data,
        attachments=tuple(
            Attachment(
                part.get_filename() or "bijlage",
                part.get_content_type(),
                cast(bytes, part.get_payload(decode=True) or b""),
            )
            for part in message.iter_attachments()
        ),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""
