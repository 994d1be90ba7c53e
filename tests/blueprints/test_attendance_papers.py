"""The attendance list on paper: the words of a file, lists to sign, and nothing that may not be."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from pypdf import PdfReader

from kwartaal.blueprints.attendance import downloads
from kwartaal.db import db
from kwartaal.filters import clock_time
from kwartaal.models.attendance import MarkKind
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role, RoleGrant
from kwartaal.models.published import PublishedVenue, load_published
from kwartaal.pdf.attendance_sheets import Paper, signing_sheet, table_sheet
from kwartaal.pdf.typesetting import typeset
from tests.attendance_samples import Door
from tests.factories import a_person
from tests.papers import paper, tags_of, words_of
from tests.reading import words
from tests.signing_in import log

# One database is enough: the rows are those of the other files, which run on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAPERS = (".pdf", "/tekenlijst.pdf", "/workshops.pdf", "/namenlijst.pdf")


@pytest.fixture
def door(app, save, clock):
    door = Door(app, save, clock)
    door.publish()
    zoe = door.somebody(
        "Zoë", "Çelik", prefix="van der", phone="+31787701234", email="zoe@voorbeeld.example"
    )
    door.register(zoe, door.dikes, door.money)
    door.register(door.somebody("Bram", "Aalbers", door.other_town), door.dikes)
    door.speaks(door.heat, "Naam Alleen")
    return door


def lines_of(pdf, tmp_path):
    """What pdftotext reads, a table row per line as far as it fits on one."""
    if shutil.which("pdftotext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("pdftotext is niet gevonden")
        pytest.skip("pdftotext is niet gevonden: deze test is overgeslagen")
    (tmp_path / "list.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", tmp_path / "list.pdf", "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [" ".join(line.split()) for line in text.splitlines()]


def test_paper_has_the_words_of_the_file_in_each_row(door, organiser, tmp_path):
    door.register(door.somebody("=1+1", "@SOM(A1)", phone="+31612345678"))
    query = "?kolommen=naam,telefoon,doelgroep,aanwezig,status"
    exported = organiser.get(door.at(f".csv{query}")).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(exported), delimiter=";"))

    lines = lines_of(paper(organiser, door.at(f".pdf{query}")), tmp_path)

    for row in rows:
        words = " ".join(cell.removeprefix("'") for cell in row if cell)
        assert any(line.startswith(words) for line in lines), (words, lines)


def test_plain_paper_has_the_columns_of_the_contract_and_room_to_sign(door, organiser):
    shown = words_of(paper(organiser, door.at(".pdf")))

    assert (
        "naam email telefoon organisatie doelgroep ronde 1 ronde 2 aanwezig handtekening"
    ) in shown
    assert (
        "Zoë van der Çelik zoe@voorbeeld.example +31 78 770 12 34 Zwijndrecht raad Dijken Geld"
    ) in shown
    assert shown.startswith("Presentielijst Aan de rivier Datum: dinsdag 23 maart 2027 Tijd: ")
    assert shown.endswith("Pagina 1 van 1")


def test_each_page_says_once_what_it_is_of(door, organiser):
    for number in range(60):
        door.register(door.somebody("Anna", f"Jansen{number}"))

    read = PdfReader(io.BytesIO(paper(organiser, door.at("/tekenlijst.pdf"))))
    pages = [" ".join(page.extract_text().split()) for page in read.pages]

    assert [page.count("/aanwezigheid/tekenlijst.pdf") for page in pages] == [1] * len(pages)
    assert [page.count("Aan de rivier, 23 maart 2027") for page in pages] == [0, 1, 1]


def test_room_stands_before_the_words_about_online(door, organiser):
    with door.app.test_request_context():
        published = load_published(db.session.get_one(Meeting, door.meeting.id))
        assert published is not None
        first, *others = published.items
        items = (replace(first, room="Foyer"), *others)
        venue = PublishedVenue("De Werfzaal", "Sliedrecht", "", "")
        hall = replace(published, items=items, venue=venue, is_digital=True)
        sheet = signing_sheet(Paper(door.meeting, hall, "https://kwartaal.example"), [])

    assert dict(json.loads(sheet.data)["facts"])["Plaats"] == (
        "De Werfzaal, Sliedrecht, Foyer, en online"
    )


def test_row_is_never_broken_over_two_pages(door):
    rows = [["Anna", f"eerste {'woord ' * 300}laatste"]] * 12
    with door.app.test_request_context():
        sheet = table_sheet(Paper(door.meeting, None, "/lijst"), ["naam", "tekst"], rows)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(typeset(sheet))).pages]

    assert sum(page.count("eerste") for page in pages) == 12
    assert all(page.count("eerste") == page.count("laatste") for page in pages)


def test_more_columns_than_fit_stand_in_parts_with_number_and_name(door, organiser):
    fit = "naam,email,telefoon,organisatie,doelgroep,ronde 1,ronde 2,aanwezig,voornaam,achternaam"
    beyond = "ambt,gemeente,status,wachtlijst,aangemeld op,lunch"

    shown = words_of(paper(organiser, door.at(f".pdf?kolommen={fit},{beyond}")))

    assert "Deel 1 van 2 nr. naam email telefoon organisatie" in shown
    assert "Deel 2 van 2 nr. naam " in shown
    assert shown.count("3 Zoë van der Çelik") == 2


def test_list_to_sign_tells_no_address_and_no_phone(door, organiser):
    shown = words_of(paper(organiser, door.at("/tekenlijst.pdf")))

    assert (
        "Naam Organisatie Handtekening Aalbers, Bram Papendrecht Çelik, Zoë van der Zwijndrecht "
        "Sprekers en begeleiders Naam Organisatie Handtekening Naam Alleen"
    ) in shown
    assert ("@" in shown, "+31" in shown) == (False, False)


def test_who_waits_for_the_meeting_signs_nothing(app, save, clock, browser_of):
    door = Door(app, save, clock, maximum=1)
    door.publish()
    door.register(door.somebody("Eerst", "Jansen"))
    door.register(door.somebody("Wacht", "Pieters"))
    browser = browser_of(door.organiser)

    assert "Pieters" not in words_of(paper(browser, door.at("/tekenlijst.pdf")))
    assert "Pieters, Wacht Zwijndrecht wachtlijst 1" in words_of(
        paper(browser, door.at("/namenlijst.pdf"))
    )


def test_each_workshop_has_a_page_with_who_has_a_place_and_who_speaks(door, organiser):
    also = door.somebody("Sanne", "Spreker")
    door.register(also, door.heat)
    door.speaks(door.heat, person=also)

    shown = words_of(paper(organiser, door.at("/workshops.pdf")))

    assert "1A Dijken 13.00 tot 14.00 uur Naam Organisatie Handtekening Çelik, Zoë" in shown
    assert (
        "1B Warmte 13.00 tot 14.00 uur Sprekers en begeleiders Naam Organisatie Handtekening "
        "Naam Alleen Spreker, Sanne Zwijndrecht Aan de rivier"
    ) in shown
    assert shown.endswith("Pagina 3 van 3")


def test_list_of_names_says_who_is_inside_and_who_is_gone(door, organiser):
    gone, inside = (door.register(door.somebody("Anna", name)) for name in ("Weg", "Daar"))
    for who in (gone, inside):
        door.mark(who)
    door.mark(gone, MarkKind.LEFT)

    shown = words_of(paper(organiser, door.at("/namenlijst.pdf"))).replace(
        "\N{NO-BREAK SPACE}", " "
    )

    assert "Daar, Anna Zwijndrecht binnen " in shown
    assert (
        f"Weg, Anna Zwijndrecht weg, {clock_time(door.clock())} ".replace("\N{NO-BREAK SPACE}", " ")
        in shown
    )


def test_one_workshop_has_a_paper_of_its_own(door, organiser):
    shown = words_of(paper(organiser, door.at(f"/workshops/{door.money.public_id}.pdf")))

    assert ("Geld" in shown, "Dijken" in shown, "Pagina 1 van 1" in shown) == (True, False, True)


def test_workshop_of_another_meeting_has_no_paper_here(door, organiser):
    assert organiser.get(door.at(f"/workshops/{door.lunch.public_id}.pdf")).status_code == 404


def test_no_known_fault_of_accessibility(door, organiser, tmp_path):
    """pdfua checks 16 of the 106 rules (decision 0021)."""
    files = []
    for number, path in enumerate(PAPERS):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(paper(organiser, door.at(path)))

    checked = subprocess.run([sys.executable, "-m", "pdfua", "check", *files], capture_output=True)

    assert checked.returncode == 0, checked.stdout.decode()


def test_cells_and_headings_of_the_table_are_real(door, organiser):
    assert {"H1", "Table", "TH", "TR", "TD"} <= set(tags_of(paper(organiser, door.at(".pdf"))))


def test_character_that_no_font_has_prints_as_a_mark_and_is_logged(door, organiser, caplog):
    door.register(door.somebody("สม", "Nam"))

    with caplog.at_level(logging.WARNING):
        shown = words_of(paper(organiser, door.at("/namenlijst.pdf")))

    assert "Nam, \N{REPLACEMENT CHARACTER}" in shown
    assert "no font has U+0E2A" in caplog.text


def test_very_long_address_does_not_leave_its_column(door, organiser):
    address = f"{'lang.' * 40}@voorbeeld.example"
    door.register(door.somebody("Anna", "Jansen", email=address))

    shown = words_of(paper(organiser, door.at(".pdf")))

    assert address in shown.replace(" ", "")


@pytest.mark.parametrize("path", PAPERS)
def test_what_is_copied_from_paper_has_no_invisible_spaces(door, organiser, path):
    door.register(door.somebody("Anna", "Jansen", email=f"{'lang.' * 40}@voorbeeld.example"))

    assert "\u200b" not in words_of(paper(organiser, door.at(path)))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (".pdf", "PDF"),
        ("/tekenlijst.pdf", "PDF: Tekenlijst voor de deur"),
        ("/workshops.pdf", "PDF: Tekenlijst per workshop"),
        ("/namenlijst.pdf", "PDF: Namenlijst"),
    ],
)
def test_paper_is_written_down_as_an_export_under_its_name(door, organiser, path, name):
    paper(organiser, door.at(path))

    action, _subject, detail = log(door.app)[-1]
    assert (action, detail["format"], detail["people"]) == ("exported", "pdf", 3)
    assert f"{door.organiser.full_name} {name} 3 naam" in words(organiser, door.at("/exporteren"))


@pytest.mark.parametrize(
    ("path", "cells"),
    [(".pdf", 8), ("/tekenlijst.pdf", 3), ("/workshops.pdf", 6), ("/namenlijst.pdf", 3)],
)
def test_as_many_cells_as_fit_become_a_paper(door, organiser, monkeypatch, path, cells):
    monkeypatch.setattr(downloads, "MOST_CELLS", 3 * cells)
    assert organiser.get(door.at(path)).status_code == 200


@pytest.mark.parametrize(
    ("path", "cells"),
    [(".pdf", 8), ("/tekenlijst.pdf", 3), ("/workshops.pdf", 6), ("/namenlijst.pdf", 3)],
)
def test_more_people_than_fit_on_paper_is_said(door, organiser, monkeypatch, path, cells):
    monkeypatch.setattr(downloads, "MOST_CELLS", 3 * cells - 1)

    answer = organiser.get(door.at(path))

    assert answer.status_code == 422
    assert (
        "Van deze lijst passen hoogstens 2 mensen op papier. Kies minder kolommen of een ander "
        "soort bestand."
    ) in answer.text
    assert "exported" not in {action for action, _subject, _detail in log(door.app)}


@pytest.mark.parametrize("path", [".csv", ".ods", "/exporteren", "/exporteren/xlsx", *PAPERS])
def test_closed_meeting_has_no_list_for_a_griffier(door, save, browser_of, path):
    griffier = a_person("Gijs", "Griffier")
    griffier.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.town.id))
    save(griffier)
    browser = browser_of(griffier)
    before = browser.get(door.at(path)).status_code
    with door.app.app_context():
        db.session.get_one(Meeting, door.meeting.id).openness = Openness.BESLOTEN
        db.session.commit()

    assert (before, browser.get(door.at(path)).status_code) == (200, 404)


@pytest.mark.parametrize("path", PAPERS[1:])
def test_griffier_prints_the_own_municipality(door, save, browser_of, path):
    griffier = a_person("Gijs", "Griffier")
    griffier.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.other_town.id))
    save(griffier)

    shown = words_of(paper(browser_of(griffier), door.at(path)))

    assert ("Zoë" in shown, "Naam Alleen" in shown) == (False, False)


def test_asking_without_taking_is_not_written_down(door, organiser, browser_of):
    paths = [door.at(end) for end in (".csv", "/namenlijst.pdf", "/exporteren/pdf")]

    answers = [organiser.head(path) for path in paths]
    answers.append(browser_of(door.griffie).head("/beheer/personen.csv"))

    assert [answer.status_code for answer in answers] == [200] * 4
    assert "exported" not in {action for action, _subject, _detail in log(door.app)}
