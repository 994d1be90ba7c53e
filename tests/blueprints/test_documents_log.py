"""Lines in the log about documents: what was done, never what it is called."""

from __future__ import annotations

import io

import pytest

from kwartaal.db import db
from kwartaal.models.audit import AuditAction, AuditEntry
from tests.document_samples import a_pdf
from tests.factories import a_document, a_meeting, an_item, staff
from tests.publishing import store
from tests.reading import words


class Desk:
    """A published document, and the clerk who works on it."""

    def __init__(self, app, browser_of):
        self.app, meeting, clerk = app, a_meeting(slug="maart", title="Wonen"), staff()
        document = a_document(meeting, title="Kanarie")
        store(app, meeting, an_item(meeting), document, clerk)
        self.key = document.public_id
        self.browser = browser_of(clerk)

    def act(self, *acts):
        for act in acts:
            data = {"replace-files": (io.BytesIO(a_pdf(3)), "Brief.pdf")}
            page = f"/beheer/bijeenkomsten/maart/stukken/{self.key}/{act}"
            answer = self.browser.post(
                page, data=data if act == "vervangen" else {}, content_type="multipart/form-data"
            )
            assert answer.status_code == 303

    def lines(self):
        """(action, version) of every line about the meeting's document."""
        with self.app.app_context():
            rows = db.session.query(AuditEntry).order_by(AuditEntry.id)
            about = [row for row in rows if row.detail.get("document") == str(self.key)]
            assert {row.subject for row in about} == {"meeting:maart"}
            return [(row.action, row.detail["version"]) for row in about]


@pytest.fixture
def desk(app, browser_of):
    return Desk(app, browser_of)


@pytest.mark.on_both
def test_each_act_is_one_line(desk):
    desk.act("vervangen", "intrekken", "terugzetten")

    assert desk.lines() == [
        (AuditAction.DOCUMENT_REPLACED, 2),
        (AuditAction.DOCUMENT_WITHDRAWN, 2),
        (AuditAction.DOCUMENT_PUT_BACK, 2),
    ]


def test_who_may_read_it_is_one_line_when_it_changes(desk):
    page = f"/beheer/bijeenkomsten/maart/stukken/{desk.key}/"
    form = {"title": "Kanarie", "shelf": "", "kind": "", "owner": "", "owner_name": ""}
    for openness in ("besloten", "besloten"):
        desk.browser.post(page, data=form | {"openness": openness})

    assert desk.lines() == [(AuditAction.DOCUMENT_OPENNESS_CHANGED, 1)]


def test_what_is_done_twice_is_one_line(desk):
    desk.act("vervangen", "vervangen", "intrekken", "intrekken", "terugzetten", "terugzetten")

    assert len(desk.lines()) == 3


def test_the_log_tells_it_without_the_title(desk):
    desk.act("vervangen", "intrekken", "terugzetten")

    desk.browser.get("/beheer/logboek/")  # takes the messages about what was done
    shown = words(desk.browser, "/beheer/logboek/")

    for told in ("Stuk vervangen", "Stuk ingetrokken", "Stuk teruggezet", "Wonen", "versie 2"):
        assert told in shown
    assert "Kanarie" not in shown
