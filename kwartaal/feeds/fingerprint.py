"""Which code writes the feeds: in every ETag, so that another release is another feed."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
# What stands between the database and the bytes.
WRITERS = ("amsterdam.py", "content_lines.py", "ical.py", "feeds/*.py", "models/*.py")


def fingerprint() -> str:
    """A hash over the source of what renders a feed, and the version of the library it uses."""
    digest = hashlib.sha256(version("icalendar").encode())
    for path in sorted(path for pattern in WRITERS for path in PACKAGE.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


FINGERPRINT = fingerprint()
