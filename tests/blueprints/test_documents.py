"""Documents as readers get them: who may, under which headers, and what never gets out."""

from __future__ import annotations

import io
import logging
import re
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from kwartaal.blueprints.documents.archive import Entry, streamed
from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from tests.conftest import NOON
from tests.document_samples import a_pdf, an_office_file
from tests.factories import (
    a_body,
    a_document,
    a_meeting,
    a_membership,
    a_person,
    a_series,
    a_version,
    an_agenda_item,
    an_item,
    staff,
)
from tests.publishing import cancel, change, publish, store
from tests.reading import links, words
from tests.stored_files import store_file
from tests.test_access import filled, rules_of

AGENDA = "/bijeenkomsten/maart/agenda/"
ZIP = "/bijeenkomsten/maart/stukken.zip"
CANARY = "Zeldzaamwoord"
PDF = a_pdf(2)


class Papers:
    """A published meeting in March with one document on its agenda and one with the whole of it."""

    def __init__(self, app, *others, body=None, published=True, **columns):
        self.app = app
        self.meeting = a_meeting(slug="maart", title="Wonen", series=a_series(body=body))
        self.point = an_agenda_item(self.meeting, title="Woningbouw", position=1)
        self.one = a_document(self.meeting, agenda_item=self.point, title="Raadsvoorstel")
        self.whole = a_document(self.meeting, title=f"{CANARY} titel", **columns)
        self.whole.versions[0].file_name = f"{CANARY}.pdf"
        # Once stored, an object lets go of what belongs to it.
        self.versions = {one: one.versions[0] for one in (self.one, self.whole)}
        for document in (self.one, self.whole):
            store_file(app, document.versions[0], PDF)
        parts = (an_item(self.meeting), self.point, self.one, self.whole, *others)
        if published:
            store(app, self.meeting, *parts)

    def address(self, document, name=None):
        version = self.versions[document]
        own = document.title.replace(" ", "-") + version.file_name[version.file_name.rindex(".") :]
        return f"/stukken/{version.public_id}/{name or own}"


@pytest.fixture
def papers(app):
    return Papers(app)


def test_the_agenda_shows_documents_with_what_they_are(client, papers):
    shown = words(client, AGENDA)

    assert "Raadsvoorstel pdf, 2 pagina’s," in shown
    assert "Stukken bij de bijeenkomst" in shown
    assert links(client, AGENDA)["Raadsvoorstel"] == papers.address(papers.one)


def test_a_file_comes_with_safe_headers(client, papers):
    answer = client.get(papers.address(papers.one))

    assert (answer.status_code, answer.data) == (200, PDF)
    assert "Expires" not in answer.headers
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS | {
        "ETag": f'"{papers.versions[papers.one].sha256}"',
        "Content-Length": str(len(PDF)),
    }


HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Disposition": "inline; filename=Raadsvoorstel.pdf",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    ),
    "Cache-Control": "no-cache",
    "Accept-Ranges": "bytes",
    "ETag": "",
    "Content-Length": "",
}


def test_an_office_file_is_saved_under_its_title(app, client):
    papers = Papers(app, published=False)
    version = papers.one.versions[0]
    papers.one.title, version.file_name = "Één “brief”: a/b", "scan 1.DOCX"
    version.media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    store_file(app, version, an_office_file())
    store(app, papers.meeting, an_item(papers.meeting), papers.point, papers.one)

    answer = client.get(papers.address(papers.one, "x.docx"), follow_redirects=True)

    disposition = answer.headers["Content-Disposition"]
    assert answer.content_type == version.media_type
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''%C3%89%C3%A9n%20%E2%80%9Cbrief%E2%80%9D%20a-b.docx" in disposition


@pytest.mark.on_both
def test_any_name_leads_to_the_right_one(client, papers):
    answer = client.get(papers.address(papers.one, "iets-anders.pdf"))

    assert (answer.status_code, answer.location) == (302, papers.address(papers.one))


def test_a_new_title_in_the_draft_is_not_in_the_name(app, client, papers):
    change(app, Document, papers.one.id, title=f"{CANARY} concept")

    answer = client.get(papers.address(papers.one))

    assert answer.headers["Content-Disposition"] == "inline; filename=Raadsvoorstel.pdf"


@pytest.mark.on_both
def test_part_of_a_file_can_be_asked_for(client, papers):
    answer = client.get(papers.address(papers.one), headers={"Range": "bytes=5-9"})

    assert (answer.status_code, answer.data) == (206, PDF[5:10])
    assert answer.headers["Content-Range"] == f"bytes 5-9/{len(PDF)}"


@pytest.mark.parametrize("asked", ["items=0-1", "bytes=abc", "bytes=0-1,3-4", "bytes=9-5", ""])
def test_a_range_that_is_not_one_range_of_bytes_gives_the_file(client, papers, asked):
    answer = client.get(papers.address(papers.one), headers={"Range": asked})

    assert (answer.status_code, answer.data) == (200, PDF)


@pytest.mark.on_both
def test_a_range_beyond_the_end_is_refused(client, papers):
    answer = client.get(papers.address(papers.one), headers={"Range": "bytes=999999-"})

    assert answer.status_code == 416


@pytest.mark.on_both
def test_head_gives_the_headers_alone(client, papers):
    answer = client.head(papers.address(papers.one))

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(PDF))


@pytest.mark.on_both
def test_what_one_has_is_not_sent_again(client, papers):
    tag = client.get(papers.address(papers.one)).headers["ETag"]

    answer = client.get(papers.address(papers.one), headers={"If-None-Match": tag})

    assert (answer.status_code, answer.data) == (304, b"")


def test_a_file_that_is_gone_from_disk_is_not_there(app, client, papers):
    for path in app.config["FILES_DIR"].rglob("*"):
        if path.is_file():
            path.unlink()

    assert client.get(papers.address(papers.one)).status_code == 404
    assert client.get(ZIP).status_code == 404


def test_a_draft_is_only_for_who_prepares_the_meeting(app, client, browser_of):
    papers = Papers(app, published=False)
    person, clerk = a_person(), staff()
    store(app, papers.meeting, an_item(papers.meeting), papers.point, person, clerk)
    address = add_draft(app, papers)

    answers = [browser.get(address) for browser in (client, browser_of(person), browser_of(clerk))]

    assert [answer.status_code for answer in answers] == [404, 404, 200]


def add_draft(app, papers):
    """A document that came after the publication; its address."""
    with app.app_context():
        meeting = db.session.get_one(Meeting, papers.meeting.id)
        draft = a_document(meeting, title="Later stuk")
        store_file(app, draft.versions[0], PDF)
        db.session.add(draft)
        db.session.commit()
        return f"/stukken/{draft.versions[0].public_id}/Later-stuk.pdf"


@pytest.mark.on_both
@pytest.mark.parametrize("openness", [Openness.BESLOTEN, Openness.DATUM], ids=["besloten", "datum"])
def test_nothing_of_a_closed_document_gets_out(app, client, browser_of, caplog, openness):
    person = a_person()
    papers = Papers(app, person, body=a_body())
    change(app, Document, papers.whole.id, openness=openness)
    address = papers.address(papers.whole, "iets.pdf")
    caplog.set_level(logging.DEBUG)

    found: dict[tuple[str, str], object] = {}
    for name, browser in (("niemand", client), ("deelnemer", browser_of(person))):
        for path in everywhere(app, papers):
            answer = browser.get(path)
            found[name, path] = CANARY.encode() in answer.data + str(answer.headers).encode()
        file = browser.get(address)
        found[name, "file"] = (file.status_code, CANARY in str(file.headers) + file.text)

    assert {key for key, value in found.items() if value not in (False, (404, False))} == set()
    assert CANARY not in caplog.text


def everywhere(app, papers):
    """Every address of the application that can be read, filled in for this meeting."""
    version = papers.versions[papers.whole].public_id
    for rule in rules_of(app):
        if "GET" in rule.methods:
            at_home = rule.rule.replace("<slug>", "maart").replace("<uuid:public_id>", str(version))
            yield filled(rule) if at_home == rule.rule else re.sub("<[^>]+>", "1", at_home)


def test_outsiders_see_of_a_document_with_only_its_date_that_there_is_one(app, client, papers):
    change(app, Document, papers.whole.id, openness=Openness.DATUM)

    assert "Besloten stuk" in words(client, AGENDA)


@pytest.mark.parametrize(
    ("who", "status"), [("member", 200), ("griffie", 404), ("niemand", 404), ("deelnemer", 404)]
)
def test_a_closed_document_of_a_body_is_for_its_members(app, client, browser_of, who, status):
    body, person = a_body(), staff() if who == "griffie" else a_person()
    if who == "member":
        a_membership(person, body)
    papers = Papers(app, person, body=body)
    change(app, Document, papers.whole.id, openness=Openness.BESLOTEN)
    browser = client if who == "niemand" else browser_of(person)

    assert browser.get(papers.address(papers.whole, "stuk.pdf")).status_code == status


def test_a_closed_file_is_kept_by_nobody_and_its_address_says_nothing(app, browser_of):
    body, member = a_body(), a_person()
    papers = Papers(app, a_membership(member, body), body=body)
    change(app, Document, papers.whole.id, openness=Openness.BESLOTEN)
    browser = browser_of(member)

    address = links(browser, AGENDA)[f"{CANARY} titel"]
    answer = browser.get(address)

    assert address == papers.address(papers.whole, "stuk.pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert CANARY in answer.headers["Content-Disposition"]


@pytest.mark.on_both
def test_at_the_desk_a_closed_document_is_not_there_for_who_may_not_read_it(app, browser_of):
    clerk = staff()
    papers = Papers(app, clerk, body=a_body())
    change(app, Document, papers.whole.id, openness=Openness.BESLOTEN)
    desk = browser_of(clerk)
    page = "/beheer/bijeenkomsten/maart/stukken/"
    one = f"{page}{papers.whole.public_id}/"

    shown = words(desk, page)
    answers = [
        desk.get(one),
        desk.post(one, data={"title": "Anders"}),
        desk.post(f"{one}intrekken"),
        desk.post(f"{one}terugzetten"),
        desk.post(f"{one}verwijderen"),
        desk.post(f"{one}vervangen"),
        desk.get("/beheer/bijeenkomsten/maart/voorbeeld/"),
    ]

    assert ("Raadsvoorstel" in shown, CANARY in shown) == (True, False)
    assert [answer.status_code for answer in answers] == [404] * 6 + [200]
    assert CANARY not in answers[-1].text


def test_under_a_closed_point_nothing_is_open(app, client, papers):
    change(app, AgendaItem, papers.point.id, openness=Openness.BESLOTEN)

    assert client.get(papers.address(papers.one)).status_code == 404
    assert "Raadsvoorstel" not in words(client, AGENDA)


@pytest.mark.on_both
def test_a_document_that_was_moved_under_a_closed_point_is_closed_everywhere(app, client, papers):
    change(app, AgendaItem, papers.point.id, openness=Openness.BESLOTEN)
    change(app, Document, papers.whole.id, agenda_item_id=papers.point.id, under_item=True)

    assert client.get(papers.address(papers.whole)).status_code == 404
    assert CANARY not in words(client, AGENDA)


def test_a_meeting_that_is_closed_closes_its_documents(app, client, papers):
    change(app, Meeting, papers.meeting.id, openness=Openness.BESLOTEN)

    assert client.get(papers.address(papers.one)).status_code == 404
    assert client.get(ZIP).status_code == 404


def test_a_withdrawn_document_keeps_its_line_and_loses_its_link(app, client, papers):
    change(app, Document, papers.one.id, withdrawn_at=NOON)

    assert "Raadsvoorstel icon Ingetrokken" in words(client, AGENDA)
    assert "Raadsvoorstel" not in links(client, AGENDA)


def test_the_address_of_a_withdrawn_document_says_so(app, client, papers):
    change(app, Document, papers.one.id, withdrawn_at=NOON)
    address = papers.address(papers.one)

    shown = words(client, address, 410)

    assert "Dit stuk is ingetrokken U kunt het niet meer lezen." in shown
    assert links(client, address, 410)["Naar de agenda"] == AGENDA


def test_a_withdrawn_document_that_is_closed_is_not_there(app, client, papers):
    change(app, Document, papers.one.id, withdrawn_at=NOON, openness=Openness.BESLOTEN)

    assert client.get(papers.address(papers.one)).status_code == 404


def test_a_replaced_version_stays_and_says_so(app, client, papers):
    old = papers.address(papers.one)
    replace(app, papers)

    before = words(client, AGENDA)
    publish(app, papers.meeting)

    assert "Vervangen" not in before
    assert "versie 2" in words(client, AGENDA)
    assert "Vervangen" in words(client, f"{AGENDA}versie/1/")
    assert client.get(old).status_code == 200
    assert links(client, AGENDA)["versie 1 : Raadsvoorstel"] == old


def replace(app, papers):
    with app.app_context():
        document = db.session.get_one(Document, papers.one.id)
        document.versions.append(a_version(number=2, uploader=document.versions[0].uploader))
        store_file(app, document.latest, a_pdf(3))
        db.session.commit()


def test_a_cancelled_meeting_keeps_its_documents(app, client, papers):
    cancel(app, papers.meeting, "Storm")

    assert client.get(papers.address(papers.one)).status_code == 200


def names_in(answer):
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_documents_come_in_one_file(client, papers):
    answer = client.get(ZIP)

    assert names_in(answer) == {f"{CANARY} titel.pdf": PDF, "01 - Raadsvoorstel.pdf": PDF}
    assert answer.headers["Content-Disposition"] == "attachment; filename=stukken-maart.zip"
    assert answer.content_type == "application/zip"


def test_the_one_file_holds_what_this_reader_may_read(app, client, browser_of):
    body, member = a_body(), a_person()
    papers = Papers(app, a_membership(member, body), body=body)
    change(app, Document, papers.whole.id, openness=Openness.BESLOTEN)

    assert set(names_in(client.get(ZIP))) == {"01 - Raadsvoorstel.pdf"}
    assert set(names_in(browser_of(member).get(ZIP))) == {
        f"{CANARY} titel.pdf",
        "01 - Raadsvoorstel.pdf",
    }


def test_equal_names_are_made_different(app, client):
    papers = Papers(app, published=False)
    papers.whole.title = "Stuk"
    other = a_document(papers.meeting, title="stuk")
    store_file(app, other.versions[0], PDF)
    store(app, papers.meeting, an_item(papers.meeting), papers.whole, other)

    assert set(names_in(client.get(ZIP))) == {"Stuk.pdf", "stuk (2).pdf"}


def test_the_one_file_is_made_in_small_pieces(tmp_path):
    large = tmp_path / "large"
    large.write_bytes(bytes(20 << 20))

    pieces = [len(piece) for piece in streamed([Entry("a.pdf", large, NOON)])]

    assert sum(pieces) > 20 << 20
    assert max(pieces) < 70_000


def test_a_meeting_without_documents_has_no_such_file(app, client):
    store(app, a_meeting(slug="maart"))

    assert client.get(ZIP).status_code == 404
    assert "zip" not in words(client, AGENDA)


@pytest.mark.parametrize("address", ["/stukken/x/a.pdf", f"/stukken/{'0' * 32}/a.pdf", "/stukken/"])
def test_what_never_was_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_a_hidden_file_and_no_file_look_alike(app, client, papers):
    change(app, Document, papers.one.id, openness=Openness.BESLOTEN)
    hidden = client.get(papers.address(papers.one))
    nothing = client.get("/stukken/6f1c1f0e-58d5-4c0b-9a57-0d7e1f0b6c11/stuk.pdf")

    own, other = (
        papers.address(papers.one),
        "/stukken/6f1c1f0e-58d5-4c0b-9a57-0d7e1f0b6c11/stuk.pdf",
    )
    assert hidden.status_code == nothing.status_code == 404
    assert hidden.text.replace(own, other) == nothing.text


@pytest.mark.on_both
def test_queries_of_the_agenda_do_not_grow_with_documents(app, client, count_queries, papers):
    add_draft(app, papers)
    publish(app, papers.meeting)
    few = count_queries(lambda: client.get(AGENDA))
    for _n in range(5):
        add_draft(app, papers)
    publish(app, papers.meeting)

    assert count_queries(lambda: client.get(AGENDA)) == few


@pytest.mark.on_both
@pytest.mark.parametrize("column", ["number", "file_name", "size", "sha256", "storage_name"])
def test_the_database_keeps_a_file_as_it_is(app, papers, column):
    with app.app_context(), pytest.raises(sa.exc.DatabaseError, match="never changed"):
        db.session.execute(sa.text(f"UPDATE document_version SET {column} = {column}"))
