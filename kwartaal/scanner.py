"""A virus scanner beside Kwartaal, asked over the INSTREAM command of clamd (man 8 clamd).

CLAMD_URL says where it listens: tcp://host:port or unix:///path. Without it nothing is scanned.
"""

from __future__ import annotations

import logging
import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

CHUNK = 1 << 16
SECONDS = 30.0
LONGEST_ANSWER = 4096
log = logging.getLogger(__name__)


class ScannerSilent(Exception):
    """The scanner did not say whether the file is clean."""


def is_clean(path: Path, url: str) -> bool:
    """Whether the scanner finds nothing in a file; raises ScannerSilent when it does not say."""
    try:
        with _connected(url) as clamd:
            clamd.sendall(b"zINSTREAM\0")
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    clamd.sendall(struct.pack("!L", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!L", 0))
            answer = _answer(clamd)
    except (OSError, ValueError) as error:
        log.warning("the virus scanner does not answer: %s", type(error).__name__)
        raise ScannerSilent from None
    if answer == "stream: OK":
        return True
    if answer.endswith(" FOUND"):
        return False
    log.warning("the virus scanner failed: %s", answer[:100])
    raise ScannerSilent


def _connected(url: str) -> socket.socket:
    where = urlsplit(url)
    if where.scheme == "unix":
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(SECONDS)
        clamd.connect(where.path)
        return clamd
    return socket.create_connection((where.hostname or "", where.port or 3310), SECONDS)


def _answer(clamd: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        part = clamd.recv(LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0").decode(errors="replace")
