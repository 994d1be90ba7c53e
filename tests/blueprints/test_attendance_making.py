"""A long list is made on a page that shows how far it is, and lies ready for who made it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kwartaal import file_store
from kwartaal.blueprints.attendance import downloads, exporting, making
from tests.attendance_samples import Door
from tests.html_tree import find
from tests.signing_in import log
from tests.table_files import cells_of

# One database is enough: the rows are those of the other files, which run on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def door(app, save, clock, monkeypatch):
    monkeypatch.setattr(exporting, "MANY_PEOPLE", 1)
    door = Door(app, save, clock)
    door.publish()
    for name in ("Anna", "Bram", "Cor"):
        door.register(door.somebody(name, "Jansen"), door.money)
    return door


def page(browser, door, kind="xlsx", query=""):
    answer = browser.get(door.at(f"/exporteren/{kind}{query}"))
    assert answer.status_code == 200
    return answer.text


def file_link(html):
    return next(a["href"] for _tag, a, _inside in find(html, "a") if "/bestand/" in a["href"])


def left_behind(door):
    with door.app.app_context():
        return sorted(file_store.passing_path("x").parent.iterdir())


@pytest.mark.parametrize(
    ("kind", "leads_to"),
    [
        ("xlsx", "/exporteren/xlsx?kolommen=naam"),
        ("pdf", "/exporteren/pdf?kolommen=naam"),
        ("csv", ".csv?kolommen=naam"),
    ],
)
def test_long_list_that_comes_at_the_end_has_a_page(door, organiser, kind, leads_to):
    sent = {"columns": ["naam"], "format": kind}

    assert organiser.post(door.at("/exporteren"), data=sent).location == door.at(leads_to)


def test_short_list_is_sent_at_once(door, organiser, monkeypatch):
    monkeypatch.setattr(exporting, "MANY_PEOPLE", 3)
    sent = {"columns": ["naam"], "format": "xlsx"}

    assert organiser.post(door.at("/exporteren"), data=sent).location == door.at(
        ".xlsx?kolommen=naam"
    )


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_file_that_was_made_is_the_file(door, organiser, kind):
    answer = organiser.get(file_link(page(organiser, door, kind, "?kolommen=naam,status")))

    assert cells_of(kind, answer.data) == [
        ["naam", "status"],
        *[[f"{name} Jansen", "plek"] for name in ("Anna", "Bram", "Cor")],
    ]
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="aanwezigheid-aan-de-rivier-2027-03-23.{kind}"'
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_pdf_can_be_made_too(door, organiser):
    answer = organiser.get(file_link(page(organiser, door, "pdf")))

    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")


def test_page_comes_while_the_file_is_made(door, organiser, monkeypatch):
    def slowly(here, wanted, counted):
        for _row in counted(range(3)):
            yield b"x"
        yield b""

    monkeypatch.setattr(making, "pieces_of", slowly)
    answer = organiser.get(door.at("/exporteren/ods"))
    pieces = answer.iter_encoded()
    seen = b""
    while b"1 van de 3" not in seen:
        seen += next(pieces)

    assert b"2 van de 3" not in seen
    assert len(left_behind(door)) == 1
    answer.close()
    assert left_behind(door) == []


def test_making_is_written_down(door, organiser):
    page(organiser, door, "ods", "?kolommen=naam")

    assert log(door.app)[-1][2] == {"format": "ods", "columns": ["naam"], "people": 3}


def test_file_is_for_who_made_it(door, organiser, browser_of):
    address = file_link(page(organiser, door))

    assert browser_of(door.griffie).get(address).status_code == 404
    assert organiser.get(address + "x").status_code == 404


def test_file_that_was_thrown_away_is_not_there(door, organiser):
    address = file_link(page(organiser, door))
    with door.app.app_context():
        left = file_store.left_behind(datetime.now(UTC) + timedelta(days=1, minutes=1))
        file_store.forget(left, named=())

    assert organiser.get(address).status_code == 404


def test_address_of_the_file_stops_after_a_day(door, organiser, monkeypatch):
    address = file_link(page(organiser, door))
    monkeypatch.setattr(making, "READY_FOR", -1)

    assert organiser.get(address).status_code == 404


def test_pdf_that_takes_too_long_is_told(door, organiser, monkeypatch):
    monkeypatch.setattr("kwartaal.pdf.typesetting.LONGEST_SECONDS", 0.001)

    shown = page(organiser, door, "pdf")

    assert "Het lukte niet om het bestand op tijd te maken." in shown
    assert left_behind(door) == []


def test_more_than_fits_on_paper_and_unknown_columns_are_told_beforehand(
    door, organiser, monkeypatch
):
    monkeypatch.setattr(downloads, "MOST_CELLS", 2 * 8)
    answers = [
        organiser.get(door.at("/exporteren/pdf")),
        organiser.get(door.at("/exporteren/ods?kolommen=postcode")),
        organiser.get(door.at("/exporteren/csv")),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 404]
