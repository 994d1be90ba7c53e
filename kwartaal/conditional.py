"""The HTTP side of calendar feeds: answered with 304 before anything is rendered."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from flask import Response, current_app, request

from kwartaal.ical import FORMAT

KEPT = 20  # of perhaps 100 kB each


def feed_response(
    key: str, last_modified: datetime, render: Callable[[], bytes], private: bool
) -> Response:
    """The answer to GET or HEAD for a feed (RFC 9110 sections 8.8, 12.5.3 and 13; RFC 9111).

    `key` stands for the bytes: it differs whenever `render` would give others, is never shown, and
    need not hold the writer's FORMAT. `last_modified` is aware and never falls, also not after a
    deletion. `render` is called only when the client's copy is old. A private feed is for one
    person: no shared cache keeps it, every use asks again, no search engine lists it, and its
    secret address is not told on.
    """
    compressed = _accepts_gzip()
    response = Response()
    response.last_modified = last_modified
    response.set_etag(_tag(key, compressed))
    response.vary.add("Accept-Encoding")
    _set_cache_rules(response, private)
    if _has_current_copy(response):
        response.status_code = 304
        return response
    return _with_body(response, render(), compressed)


def kept(key: str, render: Callable[[], bytes]) -> bytes:
    """The bytes of a public feed that were rendered before for this key, else rendered now.

    Many calendar programs fetch without condition. The key names the content, so nothing ever has
    to be thrown away for being old; each application keeps the feeds that were asked for last.
    """
    feeds: OrderedDict[str, bytes] = current_app.extensions.setdefault("feeds", OrderedDict())
    content = feeds.pop(key, None) or render()
    feeds[key] = content
    while len(feeds) > KEPT:
        feeds.popitem(last=False)
    return content


def _accepts_gzip() -> bool:
    # `"gzip" in accept_encodings` is true for "gzip;q=0" too.
    return request.accept_encodings.best_match(["gzip", "identity"]) == "gzip"


def _tag(key: str, compressed: bool) -> str:
    """Each encoding has bytes, so a strong ETag, of its own (RFC 9110 section 8.8.3.3)."""
    digest = hashlib.sha256(f"{FORMAT} {key}".encode()).hexdigest()[:32]
    return f"{digest}-gzip" if compressed else digest


def _set_cache_rules(response: Response, private: bool) -> None:
    if private:
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
    else:
        response.headers["Cache-Control"] = "public, max-age=300"


def _has_current_copy(response: Response) -> bool:
    """If-Modified-Since counts only without If-None-Match (RFC 9110 section 13.2.2).

    By hand: Werkzeug's make_conditional falls back to the date when If-None-Match is there but
    holds no readable tag, and refuses `If-Match: *` with 412.
    """
    if "If-None-Match" in request.headers:
        tag, _ = response.get_etag()
        return tag is not None and request.if_none_match.contains_weak(tag)
    since, modified = request.if_modified_since, response.last_modified
    return since is not None and modified is not None and modified <= since


def _with_body(response: Response, content: bytes, compressed: bool) -> Response:
    response.content_type = "text/calendar; charset=utf-8"
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
        content = gzip.compress(content, mtime=0)  # without the time: equal input, equal bytes
    response.set_data(content)
    return response
