"""The demo region answers this computer and nobody else, whatever a proxy may promise."""

from __future__ import annotations

from flask import Flask, abort, request
from werkzeug.datastructures import Headers

from config import LOOPBACK_HOSTS

FORWARDING_HEADERS = (
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Via",
)


def init_app(app: Flask) -> None:
    """With DEMO on, refuse every request that came over another host name or a proxy."""
    if app.config["DEMO"]:
        app.before_request(_refuse_others)


def _refuse_others() -> None:
    if host_name(request.host) not in LOOPBACK_HOSTS or _was_forwarded(request.headers):
        abort(404)


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    if host.startswith("["):
        return host[1:].split("]")[0]
    return host.rsplit(":", 1)[0] if ":" in host else host


def _was_forwarded(headers: Headers) -> bool:
    return any(name in headers for name in FORWARDING_HEADERS)
