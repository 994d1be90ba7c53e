"""Privacy, accessibility, and the two files that robots and security researchers look for."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from kwartaal.permissions import public

bp = Blueprint("legal", __name__)


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("legal/privacy.html")


@bp.get("/toegankelijkheid")
@public
def accessibility() -> str:
    return render_template("legal/accessibility.html")


@bp.get("/.well-known/security.txt")
@public
def security_txt() -> Response:
    """Where to report a leak, and until when this file may be believed (RFC 9116)."""
    config = current_app.config
    return _text(
        f"Contact: {config['SECURITY_CONTACT']}",
        f"Expires: {config['SECURITY_EXPIRES']}",
        "Preferred-Languages: nl, en",
        f"Canonical: {config['BASE_URL']}/.well-known/security.txt",
    )


@bp.get("/robots.txt")
@public
def robots_txt() -> Response:
    """Search engines may read what everybody may read, but nothing of a demonstration."""
    closed = (
        ["/"] if current_app.config["DEMO"] else ["/beheer/", "/mijn/", "/kalender/persoonlijk/"]
    )
    return _text("User-agent: *", *(f"Disallow: {path}" for path in closed))


def _text(*lines: str) -> Response:
    return Response("".join(f"{line}\n" for line in lines), mimetype="text/plain")
