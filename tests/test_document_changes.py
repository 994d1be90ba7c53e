"""Changes of documents on pages and in mails: told to who may read them, and nobody else."""

from __future__ import annotations

import pytest

from kwartaal.db import db
from kwartaal.domain import documents
from kwartaal.domain.change_sight import as_seen_by, live_rows
from kwartaal.domain.version_changes import changes_of
from kwartaal.mail import compose
from kwartaal.models.document import Document
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.publication import find_version
from kwartaal.models.published import Reader
from tests.conftest import NOON
from tests.factories import a_document, a_version
from tests.reading import words
from tests.telling_region import Region

AGENDA = "/bijeenkomsten/wonen/agenda/"
DESK = "/beheer/bijeenkomsten/wonen/publiceren/"
CANARY = "Kanarie"
OPENED = "Raadsvoorstel"


@pytest.fixture
def region(app, save, clock) -> Region:
    """Version 2 brought an open document, a closed one, one by date, one under a closed point."""
    region = Region(app, save, clock)
    closed = {"title": f"{CANARY} besloten", "openness": Openness.BESLOTEN}
    by_date = {"title": f"{CANARY} datum", "openness": Openness.DATUM}
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        point, shut = region.load(region.point), region.load(region.closed)
        below = {"title": f"{CANARY} eronder", "agenda_item": shut}
        for columns in ({"title": OPENED, "agenda_item": point}, closed, by_date, below):
            version = a_version(uploader=clerk, file_name="stuk.pdf")
            db.session.add(a_document(meeting, versions=[version], **columns))
    region.publish()
    return region


def document(region: Region, title: str = OPENED) -> Document:
    return db.session.query(Document).filter_by(title=title).one()


def mail_to(region: Region, name: str) -> str:
    """The words of the last mail to somebody, composed now; "" when there is none."""
    with region.at_work():
        rows = db.session.query(OutboxMail).order_by(OutboxMail.id)
        mine = [row for row in rows if row.person.first_name == name]
        message = compose(mine[-1], region.clock())
        return message.get_body(("plain",)).get_content() if message else ""


def lines(client, page: str = AGENDA) -> list[str]:
    """What the page tells to have changed of documents."""
    shown = words(client, page)
    return [one for one in LINES if one in shown]


WHERE = f"Stuk ‘{OPENED}’ bij agendapunt 1"
LINES = [
    f"{WHERE} Nieuw",
    f"{WHERE} Vervangen: was versie 1 nu versie 2",
    f"{WHERE} Ingetrokken",
    f"{WHERE} Teruggezet",
    f"{WHERE} Vervallen",
]


def test_a_new_document_is_told_on_the_page_and_in_the_mail(region, client):
    assert lines(client) == LINES[:1]
    assert f"{WHERE}: Nieuw" in mail_to(region, "Dirk")


def test_a_better_file_is_told(region, client):
    with region.at_work():
        one, clerk = document(region), region.load(region.clerk)
        one.versions.append(a_version(number=2, uploader=clerk))
    region.publish()

    assert lines(client) == LINES[1:2]
    assert f"{WHERE}: Vervangen: versie 2 (was versie 1)" in mail_to(region, "Dirk")


def test_withdrawing_and_putting_back_are_told(region, client):
    with region.at_work():
        documents.withdraw(document(region), NOON)
    region.publish()
    withdrawn = lines(client)
    with region.at_work():
        documents.put_back(document(region))
    region.publish()

    assert (withdrawn, lines(client)) == (LINES[2:3], LINES[3:4])


def test_what_left_the_agenda_is_told(region, client):
    with region.at_work():
        one = document(region)
        one.agenda_item, one.under_item = None, True  # stands nowhere
    region.publish()

    assert lines(client) == LINES[4:]


def test_nobody_reads_of_a_closed_document(region, client, browser_of):
    pages = [AGENDA, f"{AGENDA}versie/1/", f"{AGENDA}versie/2/", "/bijeenkomsten/wonen/"]
    readers = [client, browser_of(region.people[0])]
    shown = [reader.get(page).text for reader in readers for page in pages]
    mails = [mail_to(region, name) for name in ("Anna", "Bram", "Cem", "Dirk")]

    assert [CANARY in one for one in (*shown, *mails)] == [False] * 12
    assert [OPENED in one for one in mails] == [True] * 4


def test_the_clerk_compares_what_the_clerk_may_read(region, browser_of):
    shown = words(browser_of(region.clerk), f"{DESK}vergelijken/?van=1&naar=2")

    assert shown.count(CANARY) == 3


def test_the_mail_beforehand_is_that_of_a_reader(region, browser_of):
    with region.at_work():
        for one in db.session.query(Document):
            one.versions.append(a_version(number=2, uploader=region.load(region.clerk)))

    shown = words(browser_of(region.clerk), f"{DESK}mail/")

    assert (CANARY in shown, f"{WHERE} Vervangen: versie 2 (was versie 1)" in shown) == (
        False,
        True,
    )


def test_what_was_closed_since_is_not_told(region, client):
    with region.at_work():
        document(region).openness = Openness.BESLOTEN

    assert OPENED not in client.get(AGENDA).text
    assert mail_to(region, "Dirk") == ""


@pytest.mark.parametrize("size", [1, 30])
def test_what_may_be_told_takes_three_queries_whatever_the_size(region, count_queries, size):
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        for _number in range(size):
            db.session.add(a_document(meeting, versions=[a_version(uploader=clerk)]))
    number = region.publish(tells=False)

    with region.app.app_context():
        version = find_version(region.meeting.id, number)
        changes, _series = changes_of(version), version.meeting.series

        def look() -> None:
            seen = as_seen_by(Reader(), changes, live_rows(region.meeting.id, changes))
            assert len(seen) == size

        assert count_queries(look) == 3
