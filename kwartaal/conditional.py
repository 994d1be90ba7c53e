"""The HTTP side of calendar feeds: answered with 304 before anything is rendered.

A poll costs little more than its one read: headers are a list that is made once, a public feed is
rendered and compressed once, and no header is parsed that the client did not send (decision 0025).
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from flask import Response, current_app, request
from werkzeug.datastructures import Accept, Headers
from werkzeug.http import http_date, parse_accept_header

from kwartaal import clock
from kwartaal.feeds.fingerprint import FINGERPRINT
from kwartaal.ical import FORMAT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

KEPT = 50  # of perhaps 100 kB each
PUBLIC = (("Cache-Control", "public, max-age=300"),)
PRIVATE = (
    ("Cache-Control", "private, no-cache"),
    ("X-Robots-Tag", "noindex"),
    ("Referrer-Policy", "no-referrer"),
)


@dataclass(frozen=True)
class Content:
    """The bytes of a feed; compressed when somebody asks for that, and then once."""

    plain: bytes

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.plain, mtime=0)  # without the time: equal input, equal bytes


class FeedResponse(Response):
    """An answer that has all its headers when it is made, so nothing is looked for among them."""

    default_mimetype = None

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        return self.headers


def feed_response(
    key: str, last_modified: datetime, render: Callable[[], bytes], private: bool
) -> Response:
    """The answer to GET or HEAD for a feed (RFC 9110 sections 8.8, 12.5.3 and 13; RFC 9111).

    `key` stands for the bytes: it differs whenever `render` would give others, is never shown, and
    need not hold the writer's FORMAT. `last_modified` is aware and never falls, also not after a
    deletion. `render` is called only when the client's copy is old, and for a public feed only when
    it was not rendered before for this key. A private feed is for one person: no shared cache keeps
    it, every use asks again, no search engine lists it, and its secret address is not told on.
    """
    compressed = _accepts_gzip(request.headers.get("Accept-Encoding", ""))
    tag = _tag(key, compressed)
    headers = [
        ("ETag", f'"{tag}"'),
        ("Vary", "Accept-Encoding"),
        *(PRIVATE if private else PUBLIC),
    ]
    if _has_current_copy(tag, last_modified):
        return FeedResponse(status=304, headers=headers)
    headers.append(("Last-Modified", _http_date(last_modified)))
    content = Content(render()) if private else kept(key, render)
    return _with_body(headers, content, compressed)


def kept(key: str, render: Callable[[], bytes]) -> Content:
    """A public feed that was rendered before for this key, else rendered now.

    Many calendar programs fetch without condition. The key names the content, so nothing ever has
    to be thrown away for being old; each application keeps the feeds that were asked for last.
    """
    feeds: OrderedDict[str, Content] = current_app.extensions.setdefault("feeds", OrderedDict())
    content = feeds.pop(key, None) or Content(render())
    feeds[key] = content
    while len(feeds) > KEPT:
        feeds.popitem(last=False)
    return content


_http_date = lru_cache(maxsize=200)(http_date)


@lru_cache(maxsize=200)  # calendar programs send a handful of different ones
def _accepts_gzip(accepted: str) -> bool:
    # `"gzip" in accept_encodings` is true for "gzip;q=0" too.
    encodings = parse_accept_header(accepted, Accept)
    return encodings.best_match(["gzip", "identity"]) == "gzip"


def _tag(key: str, compressed: bool) -> str:
    """Each encoding has bytes, so a strong ETag, of its own (RFC 9110 section 8.8.3.3)."""
    digest = hashlib.sha256(f"{FORMAT} {FINGERPRINT} {key}".encode()).hexdigest()[:32]
    return f"{digest}-gzip" if compressed else digest


def _has_current_copy(tag: str, last_modified: datetime) -> bool:
    """If-Modified-Since counts only without If-None-Match (RFC 9110 section 13.2.2).

    By hand: Werkzeug's make_conditional falls back to the date when If-None-Match is there but
    holds no readable tag, and refuses `If-Match: *` with 412.
    """
    asked = request.headers.get("If-None-Match")
    if asked is not None:
        return asked == f'"{tag}"' or request.if_none_match.contains_weak(tag)
    since = request.if_modified_since
    if since is None or since > clock.now():  # of the future: to be ignored (section 13.1.3)
        return False
    return last_modified.replace(microsecond=0) <= since


def _with_body(headers: list[tuple[str, str]], content: Content, compressed: bool) -> Response:
    body = content.compressed if compressed else content.plain
    headers.append(("Content-Type", "text/calendar; charset=utf-8"))
    headers.append(("Content-Length", str(len(body))))
    if compressed:
        headers.append(("Content-Encoding", "gzip"))
    return FeedResponse(body, headers=headers)
