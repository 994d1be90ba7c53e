"""Addresses that pages make: of static files, and of the other pages of a long list."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from flask import current_app, request, url_for

PAGE_PARAMETER = "pagina"
LATEST = "laatst"  # in the address of a list: what the visitor did something with just now
ONCE = (PAGE_PARAMETER, LATEST)  # not kept in the links between pages
HIGHEST_PAGE = 100_000  # times a page is far below what a database can count to


def static_url(path: str) -> str:
    """The address of a static file; it changes with the content, so it may be cached forever."""
    file = Path(current_app.static_folder or "") / path
    return url_for("static", filename=path, v=_fingerprint(file, file.stat().st_mtime_ns))


def asked_page() -> int:
    """The number of the page of a list that the address asks for; one when it is no number."""
    return min(max(request.args.get(PAGE_PARAMETER, 1, type=int), 1), HIGHEST_PAGE)


def page_url(page: int) -> str:
    """The address of this page of a list with another page number."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ONCE]
    # The query is the visitor's: it must never become an argument of url_for.
    path = url_for(request.endpoint or "", **(request.view_args or {}))
    return f"{path}?{urlencode([*kept, (PAGE_PARAMETER, str(page))])}"


@lru_cache(maxsize=64)
def _fingerprint(file: Path, modified: int) -> str:
    """First 8 digits of the sha256; `modified` makes an edited file be read again."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]
