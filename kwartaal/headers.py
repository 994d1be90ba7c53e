"""The security headers of every answer, and what nobody may keep a copy of."""

from __future__ import annotations

from flask import Flask, Response, current_app, session

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


def init_app(app: Flask) -> None:
    """Put the headers on every answer of the application, redirects, errors and files included.

    The rules are those of internet.nl, which looks at the first answer without following it.
    """
    app.after_request(_secure)
    app.after_request(_limit_copies)


def let_be_framed(response: Response) -> Response:
    """Let other sites show this answer in a frame; all others are shown in none."""
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


def _secure(response: Response) -> Response:
    """A view that sets one of these headers itself keeps its own value."""
    own = {name.lower() for name in response.headers.keys()}
    if response.headers.get("Content-Security-Policy") == FRAMED_POLICY:
        own.add("x-frame-options")
    for name, value in HEADERS.items():
        if name.lower() not in own:
            response.headers.add(name, value)
    if current_app.config["DEMO"]:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _limit_copies(response: Response) -> Response:
    """What a session may have shaped is kept by nobody; other pages are asked for anew each time.

    Views that know better (files, feeds) say so themselves and are left alone.
    """
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if session else "no-cache"
    return response
