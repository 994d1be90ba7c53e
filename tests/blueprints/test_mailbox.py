"""/postvak/: the demo's mails, on this computer, and nothing else of it."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.mailer import keep


@pytest.fixture
def demo(make_app: Callable[..., Flask]) -> Flask:
    return make_app(DEMO=True)


@pytest.fixture
def client(demo: Flask) -> FlaskClient:
    return demo.test_client()


def a_mail(to: str = "anna@x.example", key: str = "een") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Kwartaal <griffie@kwartaal.example>"
    message["To"] = to
    message["Subject"] = "U bent aangemeld <b>"
    message["Date"] = "Wed, 10 Mar 2027 11:00:00 +0000"
    message["Message-ID"] = f"<{key}@127.0.0.1>"
    message.set_content("Tekst <script>alert(1)</script>")
    message.add_alternative("<p>Opmaak</p>", subtype="html")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="bijeenkomst.ics")
    return message


def keep_in(demo: Flask, *mails: EmailMessage) -> Path:
    for mail in mails:
        keep(mail, demo.config["MAIL_DIR"])
    return demo.config["MAIL_DIR"]


def test_list_shows_subject_and_address(demo: Flask, client: FlaskClient) -> None:
    keep_in(demo, a_mail())

    page = client.get("/postvak/").text

    assert "U bent aangemeld &lt;b&gt;" in page
    assert "anna@x.example" in page


@pytest.mark.on_both
def test_search_narrows_to_an_address(demo: Flask, client: FlaskClient) -> None:
    keep_in(demo, a_mail(), a_mail("bram@x.example", "twee"))

    page = client.get("/postvak/?aan=BRAM").text

    assert ("bram@x.example" in page, "anna@x.example" in page) == (True, False)


@pytest.mark.on_both
def test_mail_is_text_and_not_markup(demo: Flask, client: FlaskClient) -> None:
    keep_in(demo, a_mail())

    page = client.get("/postvak/een/").text

    assert "Tekst &lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.on_both
def test_attachment_downloads_as_it_was_sent(demo: Flask, client: FlaskClient) -> None:
    keep_in(demo, a_mail())

    answer = client.get("/postvak/een/bijlage/0/bijeenkomst.ics")

    assert answer.data.strip() == b"BEGIN:VCALENDAR"
    assert answer.headers["Content-Disposition"] == "attachment; filename=bijeenkomst.ics"


@pytest.mark.on_both
def test_original_opens_in_a_mail_program(demo: Flask, client: FlaskClient) -> None:
    keep_in(demo, a_mail())

    answer = client.get("/postvak/een/mail.eml")

    assert answer.mimetype == "message/rfc822"
    assert b"<p>Opmaak</p>" in answer.data


@pytest.mark.parametrize("key", ["..%2Fsecret_key", "twee", "..", "een.eml"])
def test_nothing_but_mails_is_read(demo: Flask, client: FlaskClient, key: str) -> None:
    (keep_in(demo, a_mail()).parent / "secret_key.eml").write_text("geheim")

    assert client.get(f"/postvak/{key}/").status_code == 404


@pytest.mark.parametrize("settings", [{"DEMO": False}, {"MAIL_URL": "smtp://127.0.0.1:25"}])
def test_without_demo_or_files_there_is_no_mailbox(
    make_app: Callable[..., Flask], settings: dict[str, object]
) -> None:
    client = make_app(**({"DEMO": True} | settings)).test_client()

    assert client.get("/postvak/").status_code == 404


def test_the_markup_is_shown_apart_from_ours(demo: Flask, client: FlaskClient) -> None:
    keep_in(demo, a_mail())
    [path] = demo.config["MAIL_DIR"].glob("*.eml")

    answer = client.get(f"/postvak/{path.stem}/opmaak/")

    assert "<p>Opmaak</p>" in answer.text
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        "frame-ancestors 'none'; sandbox"
    )


def test_a_mail_without_markup_has_no_such_page(demo: Flask, client: FlaskClient) -> None:
    plain = a_mail()
    plain.clear_content()
    plain.set_content("Tekst")
    keep_in(demo, plain)
    [path] = demo.config["MAIL_DIR"].glob("*.eml")

    assert client.get(f"/postvak/{path.stem}/opmaak/").status_code == 404
    assert "opmaak" not in client.get(f"/postvak/{path.stem}/").text
