"""The rules that internet.nl tests, on every kind of answer (decision 0005)."""

from __future__ import annotations

import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from kwartaal import headers

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

ANSWERS = {
    "a page": ("/privacy", 200),
    "plain text": ("/.well-known/security.txt", 200),
    "JSON": ("/gezond", 200),
    "a page that does not exist": ("/bestaat-niet", 404),
    "a file": ("/static/css/kwartaal.css", 200),
    "a file that does not exist": ("/static/bestaat-niet.css", 404),
}


@pytest.mark.parametrize(("path", "status"), ANSWERS.values(), ids=ANSWERS.keys())
def test_every_answer_carries_every_header(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED


@pytest.fixture
def small_app() -> Flask:
    return _small_app(demo=False)


def _small_app(demo: bool) -> Flask:
    """Only the headers, and views that do what no real page does on purpose."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="x" * 32, DEMO=demo)
    headers.init_app(app)
    app.add_url_rule("/breaks", "breaks", lambda: str(1 / 0))
    app.add_url_rule("/slash/", "slash", lambda: "at its own address")
    app.add_url_rule("/plain", "plain", lambda: "public")
    app.add_url_rule("/signed-in", "signed_in", lambda: session.setdefault("person", "1"))
    app.add_url_rule("/file", "file", lambda: ("", 200, {"Cache-Control": "public, max-age=9"}))
    app.add_url_rule("/embed", "embed", lambda: ("", 200, {"X-Frame-Options": "SAMEORIGIN"}))
    return app


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/breaks", 500), ("GET", "/slash", 308), ("POST", "/plain", 405)],
)
def test_errors_and_redirects_carry_every_header(
    small_app: Flask, method: str, path: str, status: int
) -> None:
    response = small_app.test_client().open(path, method=method)

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/plain", "no-cache"), ("/signed-in", "no-store"), ("/file", "public, max-age=9")],
)
def test_only_what_a_session_shaped_is_never_stored(
    small_app: Flask, path: str, expected: str
) -> None:
    assert small_app.test_client().get(path).headers["Cache-Control"] == expected


def test_a_public_page_does_not_vary_by_cookie_because_of_the_headers(small_app: Flask) -> None:
    assert "Vary" not in small_app.test_client().get("/file").headers


def test_a_view_may_set_its_own_header(small_app: Flask) -> None:
    assert small_app.test_client().get("/embed").headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(("demo", "expected"), [(True, "noindex, nofollow"), (False, None)])
def test_search_engines_are_kept_out_of_the_demonstration(demo: bool, expected: str | None) -> None:
    assert _small_app(demo).test_client().get("/plain").headers.get("X-Robots-Tag") == expected
