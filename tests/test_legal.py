"""The pages every government site owes its visitors, and the health address."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from config import Config, UnsafeSettings
from kwartaal.db import db


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/privacy", "Privacy"), ("/toegankelijkheid", "Toegankelijkheid")],
)
def test_a_legal_page_is_open_to_everybody(client: FlaskClient, path: str, heading: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert f">{heading}</h1>" in response.text


def test_the_privacy_page_says_whom_to_ask(app: Flask, client: FlaskClient) -> None:
    app.config["CONTACT_EMAIL"] = "vragen@griffie.example"

    assert 'href="mailto:vragen@griffie.example"' in client.get("/privacy").text


def test_accessibility_without_a_statement_claims_none(app: Flask, client: FlaskClient) -> None:
    app.config["ACCESSIBILITY_REGISTER_URL"] = ""

    assert "nog geen toegankelijkheidsverklaring" in client.get("/toegankelijkheid").text


def test_accessibility_links_to_the_register(app: Flask, client: FlaskClient) -> None:
    app.config["ACCESSIBILITY_REGISTER_URL"] = "https://register.example/verklaring/1"

    page = client.get("/toegankelijkheid").text

    assert 'href="https://register.example/verklaring/1"' in page
    assert "nog geen toegankelijkheidsverklaring" not in page


def test_security_txt_is_plain_text_with_contact_and_expiry(
    app: Flask, client: FlaskClient
) -> None:
    app.config["SECURITY_CONTACT"] = "mailto:lek@griffie.example"
    app.config["SECURITY_EXPIRES"] = "2027-10-31T23:00:00Z"
    app.config["BASE_URL"] = "https://kwartaal.example"

    response = client.get("/.well-known/security.txt")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "Contact: mailto:lek@griffie.example\n"
        "Expires: 2027-10-31T23:00:00Z\n"
        "Preferred-Languages: nl, en\n"
        "Canonical: https://kwartaal.example/.well-known/security.txt\n"
    )


@pytest.mark.parametrize("moment", ["volgend jaar", "2027-10-31T23:00:00"])
def test_the_start_is_refused_when_the_expiry_is_no_moment(moment: str) -> None:
    environ = {"SECURITY_EXPIRES": moment, "SECRET_KEY": "x" * 40, "DATABASE_URL": "sqlite://"}

    with pytest.raises(UnsafeSettings, match="SECURITY_EXPIRES moet een moment zijn"):
        Config.from_environment(environ)


@pytest.mark.parametrize(
    ("demo", "closed"),
    [
        (True, "Disallow: /\n"),
        (False, "Disallow: /beheer/\nDisallow: /mijn/\nDisallow: /kalender/persoonlijk/\n"),
    ],
)
def test_robots_stay_out_of_a_demonstration_and_of_personal_pages(
    app: Flask, client: FlaskClient, demo: bool, closed: str
) -> None:
    app.config["DEMO"] = demo

    assert client.get("/robots.txt").text == f"User-agent: *\n{closed}"


def test_health_is_well_while_the_database_answers(client: FlaskClient) -> None:
    response = client.get("/gezond")

    assert response.status_code == 200
    assert response.get_json() == {"database": "ok", "waarschuwingen": []}
    assert response.headers["Cache-Control"] == "no-store"


def test_health_says_so_when_the_database_does_not_answer(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with app.app_context():
        monkeypatch.setitem(db._app_engines[app], None, nowhere)

    response = client.get("/gezond")

    assert response.status_code == 503
    assert response.get_json() == {"database": "geen antwoord", "waarschuwingen": []}


@pytest.mark.parametrize(
    ("today", "warnings"),
    [
        ("2027-09-30T00:00:00+00:00", []),
        (
            "2027-10-02T00:00:00+00:00",
            ["security.txt verloopt op 2027-10-31: zet SECURITY_EXPIRES verder."],
        ),
    ],
)
def test_health_warns_a_month_before_security_txt_expires(
    app: Flask, client: FlaskClient, today: str, warnings: list[str]
) -> None:
    app.config["SECURITY_EXPIRES"] = "2027-10-31T00:00:00Z"
    app.extensions["clock"] = lambda: datetime.fromisoformat(today)

    assert client.get("/gezond").get_json()["waarschuwingen"] == warnings
