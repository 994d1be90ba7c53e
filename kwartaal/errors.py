"""What a visitor reads when something is not there, not allowed or not working."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from flask import Flask, abort, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import Gone, HTTPException

from kwartaal.db import db
from kwartaal.pdf.typesetting import NotTypeset

PAGES = (400, 404, 405, 413, 416, 429)
# Fields a person does not fill in, and the length of the ids that choices send.
UNTYPED = frozenset({"csrf_token", "key", "next", "seen", "told"})
LONGEST_CHOICE = 36
# Sections 10.2.3, 10.2.1 and 14.4 of RFC 9110.
FROM_ERROR = ("Retry-After", "Allow", "Content-Range")
log = logging.getLogger(__name__)


class TakenBack(Gone):
    """What readers of a meeting know of, and may not read any more.

    Only for whoever may see the meeting: to all others it is a 404 like any other.
    """

    def __init__(self, heading: str, explanation: str, way_on: tuple[str, str]) -> None:
        super().__init__()
        self.heading, self.explanation, self.way_on = heading, explanation, way_on


def init_app(app: Flask) -> None:
    app.before_request(_refuse_nul)
    for status in PAGES:
        app.register_error_handler(status, _page)
    app.register_error_handler(TakenBack, _taken_back)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(OperationalError, _database_busy)
    app.register_error_handler(NotTypeset, _not_typeset)
    app.register_error_handler(500, _failure)


def _refuse_nul() -> None:
    """No text of ours holds a NUL, and PostgreSQL fails on looking for one."""
    if "\0" in request.path or b"%00" in request.query_string:
        abort(404)


def _page(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    """One page per status. The 404 is the same whether or not the thing exists."""
    status = error.code or 500
    name = 404 if status == 405 else status
    told = error.get_headers(request.environ)
    headers = {name: value for name, value in told if name in FROM_ERROR}
    typed = _typed() if name == 404 else []
    page = render_template(f"errors/{name}.html", next=request.path, typed=typed)
    return page, status, headers


def _taken_back(error: TakenBack) -> tuple[str, int]:
    """Says that it was there, and where to read on; nothing of what it held."""
    return render_template("errors/410.html", error=error), 410


def _stale_form(error: CSRFError) -> tuple[str, int]:
    """A form that was open too long, or from before signing in: say so, offer a fresh one."""
    page = render_template("errors/400.html", next=_page_of_form(), typed=_typed())
    return page, 400


def _page_of_form() -> str:
    """The path and query of the page that sent this request; of the request when it says none."""
    page = urlsplit(request.referrer or "")
    if page.netloc != request.host:
        return request.path
    return f"{page.path}?{page.query}" if page.query else page.path


def _typed() -> list[str]:
    """The texts of a desk form that has nowhere to go: the session ended, or its subject is gone.

    Shown for copying, and only to who sent it from a page of ours. No desk form asks a password.
    """
    sent_from_here = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if request.method != "POST" or not request.path.startswith("/beheer/") or not sent_from_here:
        return []
    typed = (value for name, value in request.form.items(multi=True) if name not in UNTYPED)
    return [text for text in typed if " " in text.strip() or len(text) > LONGEST_CHOICE]


def _database_busy(error: OperationalError) -> tuple[str, int, dict[str, str]]:
    db.session.rollback()
    log.warning("database busy: %s", type(error.orig).__name__)
    return render_template("errors/503.html"), 503, {"Retry-After": "5"}


def _not_typeset(error: NotTypeset) -> tuple[str, int, dict[str, str]]:
    """A PDF that took too long; it may be better in a while."""
    return render_template("errors/503.html"), 503, {"Retry-After": "30"}


def _failure(error: HTTPException) -> tuple[str, int]:
    db.session.rollback()
    return render_template("errors/500.html"), 500
