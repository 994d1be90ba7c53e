"""Where mails go: files that can be read back, or a mail server."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import unquote, urlsplit

TIMEOUT = 30  # seconds

Send = Callable[[EmailMessage], object]


@contextmanager
def opened(mail_url: str, mail_dir: Path) -> Iterator[Send]:
    """A way to send messages; a mail server's connection is kept for the messages of one turn.

    `file:` keeps every mail as .eml in mail_dir; `smtp://user:pass@host:port` uses STARTTLS when
    the server offers it; `smtps://` is encrypted from the start. Raises smtplib.SMTPException or
    OSError when a server cannot be reached or refuses.
    """
    if mail_url.startswith("file:"):
        yield lambda message: keep(message, mail_dir)
        return
    with _connected(mail_url) as server:
        yield lambda message: _hand_over(server, message)


def keep(message: EmailMessage, mail_dir: Path) -> Path:
    """Write one .eml, whole or not at all; the same message twice is one file."""
    mail_dir.mkdir(parents=True, exist_ok=True)
    path = mail_dir / f"{_local_part(message['Message-ID'])}.eml"
    part = path.with_suffix(".part")
    part.write_bytes(message.as_bytes(policy=SMTP))
    os.replace(part, path)
    return path


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    server.send_message(message)


@contextmanager
def _connected(mail_url: str) -> Iterator[smtplib.SMTP]:
    parts = urlsplit(mail_url)
    host = parts.hostname or "localhost"
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _local_part(message_id: str) -> str:
    return str(message_id).strip("<>").split("@")[0]
