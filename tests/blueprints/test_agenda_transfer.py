"""Moving a point to another agenda at the desk, and what versions that are out keep."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem, agenda_of
from kwartaal.models.document import documents_of
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.series import Purpose
from tests.desk_pages import messages, problems, rows
from tests.document_samples import a_pdf
from tests.factories import (
    START,
    a_body,
    a_document,
    a_meeting,
    a_series,
    an_agenda_item,
    an_item,
    staff,
)
from tests.publishing import change, publish, store
from tests.reading import links, words
from tests.stored_files import store_file

LATER = START + timedelta(days=90)


@pytest.fixture
def desk(save, browser_of):
    clerk = staff()
    save(clerk)
    return browser_of(clerk)


class Two:
    """A meeting with "Wonen" (and "Huur" under it), and the next one of the same series."""

    def __init__(self, save, **columns):
        purposes = [Purpose(name="informeren", position=1)]
        series = a_series(purposes=purposes, body=columns.pop("body", None))
        columns = {"state": MeetingState.CONCEPT, "series": series} | columns
        self.here = a_meeting(**columns)
        self.there = a_meeting(**columns | {"title": "Juni", "starts_at": LATER})
        self.wonen = an_agenda_item(
            self.here, title="Wonen", text="Tekst", purpose=series.purposes[0]
        )
        self.huur = an_agenda_item(self.here, title="Huur", parent=self.wonen)
        save(self.wonen, self.huur, self.there, an_agenda_item(self.there, title="Opening"))

    def page(self, meeting, item=None, part=""):
        point = f"{item.public_id}/{part}" if item else ""
        return f"/beheer/bijeenkomsten/{meeting.slug}/agenda/{point}"

    def send(self, desk, item, target=None):
        data = {"meeting": str((target or self.there).public_id)}
        page = self.page(self.here, item, "overzetten/")
        return desk.post(page, data=data, follow_redirects=True)


@pytest.fixture
def two(save):
    return Two(save)


def agenda_in(app, meeting):
    with app.app_context():
        return [(item.title, item.level, item.openness) for item in agenda_of(meeting.id)]


def test_a_point_goes_with_its_subpoints_to_the_end_of_the_other_agenda(app, desk, two):
    answer = two.send(desk, two.wonen)

    assert messages(answer) == ["‘Wonen’ staat nu op de agenda van ‘Juni’. Open die agenda"]
    assert rows(answer) == []
    assert rows(desk.get(two.page(two.there))) == [
        ("1", "Opening"),
        ("2", "Wonen"),
        ("2.1", "Huur"),
    ]


def test_the_second_click_finds_nothing(app, desk, two):
    two.send(desk, two.wonen)

    answer = two.send(desk, two.wonen)

    assert answer.status_code == 404
    assert len(agenda_in(app, two.there)) == 3


def test_the_page_says_what_goes_along_and_offers_meetings_to_come(save, desk, two):
    save(a_meeting(title="Voorbij", starts_at=START - timedelta(days=400)))

    page = words(desk, two.page(two.here, two.wonen, "overzetten/"))

    assert "Het subpunt gaat mee." in page
    assert ("Juni" in page, "Voorbij" in page) == (True, False)


def test_a_purpose_that_is_not_offered_there_is_dropped_and_said(app, save, desk, two):
    other = a_meeting(title="Elders", series=a_series(purposes=[]), starts_at=LATER)
    save(other)

    answer = two.send(desk, two.wonen, other)

    assert messages(answer) == [
        "‘Wonen’ staat nu op de agenda van ‘Elders’. Open die agenda",
        "Het doel ‘informeren’ bestaat daar niet. Het is weggelaten.",
    ]


def test_a_version_that_is_out_keeps_the_point_and_its_openness(app, save, desk, client):
    two = Two(save)
    store(app, two.here, an_item(two.here))
    two.send(desk, two.wonen)
    page = f"/bijeenkomsten/{two.here.slug}/agenda/"
    before = "Tekst" in words(client, page)
    change(app, AgendaItem, two.wonen.id, openness=Openness.BESLOTEN)

    assert (before, "Tekst" in words(client, page)) == (True, False)
    assert ("Wonen", 1, Openness.OPENBAAR) in agenda_in(app, two.there)


@pytest.mark.on_both
def test_of_a_concept_no_row_stays(app, desk, two):
    two.send(desk, two.wonen)

    with app.app_context():
        assert db.session.get(AgendaItem, two.wonen.id) is None
        assert db.session.get(AgendaItem, two.huur.id) is None


@pytest.mark.on_both
def test_what_is_closed_does_not_leave_its_body(app, save, desk, two):
    change(app, AgendaItem, two.huur.id, openness=Openness.BESLOTEN)
    other = a_meeting(title="Bestuur", series=a_series(body=a_body()), starts_at=LATER)
    save(other)

    answer = two.send(desk, two.wonen, other)

    assert problems(answer) == [
        "Bijeenkomst: Een besloten punt of stuk kan alleen naar een bijeenkomst van hetzelfde "
        "gremium."
    ]
    assert len(agenda_in(app, two.here)) == 2


@pytest.mark.parametrize("chosen", ["", "onzin", "6f1c1f0e-58d5-4c0b-9a57-0d7e1f0b6c11"])
def test_a_meeting_that_is_not_offered_is_refused(app, desk, two, chosen):
    answer = desk.post(two.page(two.here, two.wonen, "overzetten/"), data={"meeting": chosen})

    assert answer.status_code == 422
    assert len(agenda_in(app, two.here)) == 2


def test_a_closed_meeting_of_another_body_is_not_offered(save, desk, two):
    hidden = a_meeting(
        title="Kanarie",
        series=a_series(body=a_body()),
        openness=Openness.BESLOTEN,
        starts_at=LATER,
    )
    save(hidden)

    answer = two.send(desk, two.wonen, hidden)

    assert answer.status_code == 422
    assert "Kanarie" not in answer.text


class Paper:
    """A document under "Wonen", with its file on disk."""

    def __init__(self, app, two, **columns):
        self.app, self.data = app, a_pdf()
        with app.app_context():
            item = db.session.get_one(AgendaItem, two.wonen.id)
            document = a_document(item.meeting, title="Brief", agenda_item=item, **columns)
            store_file(app, document.versions[0], self.data)
            db.session.add(document)
            db.session.commit()
            self.address = f"/stukken/{document.versions[0].public_id}/Brief.pdf"

    def addresses_in(self, meeting):
        """Of the files of a meeting's documents, each with whether its point is there."""
        with self.app.app_context():
            return {
                f"/stukken/{one.latest.public_id}/Brief.pdf": one.agenda_item is not None
                and not one.agenda_item.removed
                for one in documents_of(meeting.id)
            }


@pytest.mark.on_both
def test_a_document_of_a_draft_goes_along(app, desk, two):
    paper = Paper(app, two)

    said = "Het stuk gaat mee." in words(desk, two.page(two.here, two.wonen, "overzetten/"))
    answer = two.send(desk, two.wonen)

    assert (said, messages(answer)[1]) == (True, "1 stuk is meegegaan.")
    assert paper.addresses_in(two.here) == {}
    assert paper.addresses_in(two.there) == {paper.address: True}
    assert desk.get(paper.address).data == paper.data


def test_of_a_published_document_a_copy_goes_and_the_version_keeps_it(app, save, desk, client, two):
    paper = Paper(app, two)
    store(app, two.here, an_item(two.here))
    said = messages(two.send(desk, two.wonen))
    [copy] = paper.addresses_in(two.there)

    publish(app, two.here)
    publish(app, store_programme(app, two.there))

    page = f"/bijeenkomsten/{two.here.slug}/agenda/"
    assert paper.addresses_in(two.here) == {paper.address: False}
    assert [links(client, f"{page}versie/{n}/").get("Brief") for n in (1, 2)] == [
        paper.address,
        None,
    ]
    assert [client.get(one).data for one in (paper.address, copy)] == [paper.data] * 2
    assert "Wat al gepubliceerd is, blijft hier te lezen in die versies." in said
    assert "Stuk ‘Brief’" not in words(client, page)  # it went with its point, which is told
    assert "Alleen in gepubliceerde versies" in words(
        desk, f"/beheer/bijeenkomsten/{two.here.slug}/stukken/"
    )


def store_programme(app, meeting):
    with app.app_context():
        db.session.add(an_item(db.session.get_one(Meeting, meeting.id)))
        db.session.commit()
    return meeting


def test_throwing_one_meeting_away_leaves_the_file_of_the_other(app, save, desk, client, two):
    paper = Paper(app, two)
    store(app, two.here, an_item(two.here))
    two.send(desk, two.wonen)

    desk.post(f"/beheer/bijeenkomsten/{two.there.slug}/verwijderen")

    assert paper.addresses_in(two.there) == {}
    assert client.get(paper.address).data == paper.data


def test_a_document_that_the_clerk_may_not_read_goes_along_unsaid(app, save, desk):
    two = Two(save, body=a_body())
    paper = Paper(app, two, openness=Openness.BESLOTEN)

    said = "Het stuk gaat mee." in words(desk, two.page(two.here, two.wonen, "overzetten/"))
    answer = two.send(desk, two.wonen)

    assert (said, len(messages(answer))) == (False, 1)
    assert paper.addresses_in(two.there) == {paper.address: True}
