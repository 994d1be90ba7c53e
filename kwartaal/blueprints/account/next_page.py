"""Where somebody goes after signing in: the page they wanted, if it is one of ours."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from flask import url_for

from kwartaal.permissions import Permission, allowed

LONGEST = 500
# Signing in must not end with signing in again, or out.
NOT_AFTER_SIGNING_IN = ("/inloggen", "/uitloggen")


def own_path(wanted: str | None) -> str:
    """The path to go to, or "" for anything that could lead to another host.

    Browsers drop tabs and line breaks, read `\\` as `/`, and take `//name` as another host.
    """
    if not wanted or len(wanted) > LONGEST or not wanted.startswith("/"):
        return ""
    if "\\" in wanted or any(unicodedata.category(c)[0] in "CZ" for c in wanted):
        return ""
    path = wanted.partition("?")[0].partition("#")[0]
    if "//" in path or path.startswith(NOT_AFTER_SIGNING_IN):
        return ""
    return wanted if _is_a_path(wanted) else ""


def after_signing_in(wanted: str) -> str:
    """The wanted own path, else the desk for who works there, else one's own meetings."""
    if wanted:
        return wanted
    return url_for("desk.show") if allowed(Permission.USE_DESK) else url_for("mine.show")


def _is_a_path(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
