"""Documents where other things happen: a retracted version, sub-points."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.db import begin_writing, db
from kwartaal.domain import retracting
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from tests.conftest import NOON
from tests.desk_pages import messages
from tests.document_samples import a_pdf
from tests.factories import a_document, a_meeting, a_version, an_agenda_item, an_item, staff
from tests.publishing import change, publish, store
from tests.reading import links, words
from tests.stored_files import store_file

AGENDA = "/bijeenkomsten/maart/agenda/"
DESK = "/beheer/bijeenkomsten/maart/stukken/"
ZIP = "/bijeenkomsten/maart/stukken.zip"
PDF = a_pdf()


class March:
    """Version 1 has one document; version 2 a better one of that, and a new one."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.meeting, self.clerk = a_meeting(slug="maart", title="Wonen"), staff()
        one = a_document(self.meeting, title="Brief", versions=[a_version(uploader=self.clerk)])
        store_file(app, one.versions[0], PDF)
        self.addresses = [f"/stukken/{one.versions[0].public_id}/stuk.pdf"]
        store(app, self.meeting, an_item(self.meeting), one, self.clerk)
        with app.app_context():
            clerk = db.session.get_one(Person, self.clerk.id)
            better, first = a_version(number=2, uploader=clerk), a_version(uploader=clerk)
            for version in (better, first):  # before they are stored: then they never change
                store_file(app, version, PDF)
                self.addresses.append(f"/stukken/{version.public_id}/stuk.pdf")
            stored = db.session.get_one(Document, one.id)
            stored.versions.append(better)
            meeting = db.session.get_one(Meeting, self.meeting.id)
            new = a_document(meeting, title="Nieuw stuk", versions=[first])
            db.session.add(new)
            db.session.commit()
            self.key = new.public_id
        publish(app, self.meeting)

    def retract(self) -> None:
        with self.app.test_request_context("/", base_url=self.app.config["BASE_URL"]):
            begin_writing()
            meeting = db.session.get_one(Meeting, self.meeting.id)
            retracting.retract(meeting, 2, db.session.get_one(Person, self.clerk.id), NOON)
            db.session.commit()

    def read_by(self, browser: FlaskClient) -> list[int]:
        """What the addresses of the old, the better and the new file answer."""
        answers = (browser.get(one, follow_redirects=True) for one in self.addresses)
        return [answer.status_code for answer in answers]


@pytest.fixture
def march(app: Flask) -> March:
    return March(app)


@pytest.mark.on_both
def test_what_stood_only_in_a_retracted_version_is_for_staff(march, client, browser_of):
    before = march.read_by(client)
    march.retract()

    assert (before, march.read_by(client)) == ([200] * 3, [200, 404, 404])
    assert march.read_by(browser_of(march.clerk)) == [200] * 3
    assert client.get(f"{AGENDA}versie/2/").status_code == 410
    assert client.get(ZIP).status_code == 200


def test_a_better_file_in_a_retracted_version_replaces_nothing(march, client):
    before = words(client, f"{AGENDA}versie/1/")
    march.retract()

    after = words(client, f"{AGENDA}versie/1/")
    assert ["Er is een nieuwere versie" in shown for shown in (before, after)] == [True, False]


def test_what_a_retracted_version_holds_is_not_removed(march, browser_of):
    march.retract()

    answer = browser_of(march.clerk).post(f"{DESK}{march.key}/verwijderen", follow_redirects=True)

    assert messages(answer) == [
        "‘Nieuw stuk’ stond al online. Trek het stuk in. Verwijderen kan niet meer."
    ]


class Below:
    """Point 1 with sub-points 1.1 and 1.2, and two documents under the second."""

    def __init__(self, app: Flask) -> None:
        self.meeting, self.clerk = a_meeting(slug="maart", title="Wonen"), staff()
        self.point = an_agenda_item(self.meeting, title="Wonen")
        one = an_agenda_item(self.meeting, title="Huur", parent=self.point, position=1)
        other = an_agenda_item(self.meeting, title="Koop", parent=self.point, position=2)
        papers = [a_document(self.meeting, title=t, agenda_item=other) for t in ("Brief", "Nota")]
        for paper in papers:
            store_file(app, paper.versions[0], PDF)
        self.address = f"/stukken/{papers[0].versions[0].public_id}/stuk.pdf"
        store(app, self.meeting, an_item(self.meeting), self.point, one, other, *papers, self.clerk)


@pytest.fixture
def below(app: Flask) -> Below:
    return Below(app)


def test_all_in_one_file_has_what_stands_under_sub_points(below, client):
    with ZipFile(io.BytesIO(client.get(ZIP).data)) as archive:
        names = archive.namelist()

    assert names == ["01.2 - Brief.pdf", "01.2 - Nota.pdf"]
    assert links(client, AGENDA)["Download alle 2 stukken (zip)"] == ZIP


def test_the_desk_numbers_sub_points_as_the_agenda_does(below, browser_of):
    shown = words(browser_of(below.clerk), DESK)

    assert ("Agendapunt 1.2: Koop" in shown, "1.1. Huur" in shown) == (True, True)


def test_a_file_under_a_sub_point_of_a_closed_point_is_closed(app, below, client, browser_of):
    change(app, AgendaItem, below.point.id, openness=Openness.BESLOTEN)
    clerk = browser_of(below.clerk)

    answer = clerk.get(below.address)

    assert client.get(below.address).status_code == client.get(ZIP).status_code == 404
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")


def test_the_page_of_the_meeting_shows_what_stands_with_it(march, client):
    shown = words(client, "/bijeenkomsten/maart/")

    assert "Stukken bij de bijeenkomst" in shown
    assert links(client, "/bijeenkomsten/maart/")["Download alle 2 stukken (zip)"] == ZIP
