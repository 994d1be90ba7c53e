"""The security headers of every answer, and what nobody may keep a copy of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Everything comes from this host and nothing is inline. `data:` is for the check mark that the
# design system's checkbox draws from its stylesheet.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Browsers ignore it over plain http, so a demo on this computer is not caught by it.
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # `no-referrer` would be stricter, but the check on forged forms reads the Referer over https.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

# For a page that is made to stand in a page of another site, and has nothing to press in it.
FRAMED_POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
FRAMED = ("Content-Security-Policy", FRAMED_POLICY)


def init_app(app: Flask) -> None:
    """Put the headers on every answer of the application, redirects, errors and files included.

    The rules are those of internet.nl, which looks at the first answer without following it.
    """
    app.wsgi_app = Secured(app.wsgi_app, app.config["DEMO"])  # type: ignore[method-assign]
    app.after_request(_limit_copies)


def let_be_framed(response: Response) -> Response:
    """Let other sites show this answer in a frame; all others are shown in none."""
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


class Secured:
    """Around an application: the last to touch the headers of an answer.

    As a hook of the application it would cost a feed a tenth of all it costs: each of these
    headers would be checked and copied twice, though none of them ever changes.
    """

    def __init__(self, application: WSGIApplication, is_demo: bool) -> None:
        self._application = application
        self._headers = [(name.lower(), (name, value)) for name, value in HEADERS.items()]
        if is_demo:
            self._headers.append(("x-robots-tag", ("X-Robots-Tag", "noindex, nofollow")))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], *failure: Any
        ) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *self._missing(headers)], *failure)

        return self._application(environ, start)

    def _missing(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """A view that sets one of these headers itself keeps its own value."""
        own = {name.lower() for name, _value in headers}
        if FRAMED in headers:
            own.add("x-frame-options")
        return [header for name, header in self._headers if name not in own]


def _limit_copies(response: Response) -> Response:
    """What a session may have shaped is kept by nobody; other pages are asked for anew each time.

    Views that know better (files, feeds) say so themselves and are left alone.
    """
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if session else "no-cache"
    return response
