"""The child process that makes a PDF: what goes in is text, and what goes wrong is told."""

from __future__ import annotations

import logging

import pytest
from pypdf import PdfReader

from kwartaal.pdf import typesetting
from kwartaal.pdf.sheets import frame
from kwartaal.pdf.typesetting import NotTypeset, Sheet, typeset
from tests.papers import lines_of, words_of

MARKUP = '#eval("1 + 1") #read("/etc/passwd") #import "x.typ" $x$ @a <b> = Kop'


def a_sheet(app, title="Titel", **words):
    with app.test_request_context():
        framed = frame(title, title, "Voet", "https://a.nl/")
    rows = {"columns": ["Datum", "Tijd", "Bijeenkomst", "Plaats"], "rows": []}
    return Sheet.of("year_list", rows | framed | words)


def test_markup_and_code_come_out_as_they_were_typed(app):
    assert MARKUP in words_of(typeset(a_sheet(app, MARKUP)))


def test_scripts_of_the_world_give_a_tagged_pdf_without_complaint(app, caplog):
    with caplog.at_level(logging.WARNING):
        pdf = typeset(a_sheet(app, "王小明 Ελλάδα Київ"))

    assert ("王小明 Ελλάδα Київ" in words_of(pdf), caplog.records) == (True, [])


def test_writing_from_right_to_left_gives_a_pdf(app, caplog):
    with caplog.at_level(logging.WARNING):
        shown = words_of(typeset(a_sheet(app, "Anna مرحبا en שלום")))

    assert ("Anna" in shown, "en" in shown, caplog.records) == (True, True, [])


@pytest.mark.parametrize("word", ["[" * 300, "https://a.nl/" + "x" * 300, "王" * 300])
def test_a_word_longer_than_a_line_goes_on_on_the_next(app, word):
    lines = lines_of(typeset(a_sheet(app, lead=word)))

    longest = max(len(line) for line in lines)
    assert (word in "".join(lines), longest < 150) == (True, True)


def test_an_address_of_ours_stays_a_line(app):
    address = "https://kwartaal.example/bijeenkomsten/wonen-en-energie-in-de-regio-2027-03-23/"

    assert address in lines_of(typeset(a_sheet(app, address=address)))


def test_equal_words_give_an_equal_key_and_equal_bytes(app):
    first, again, other = a_sheet(app), a_sheet(app), a_sheet(app, "Anders")

    assert (first.key == again.key, first.key == other.key) == (True, False)
    assert typeset(first) == typeset(again)


def test_what_cannot_be_accessible_is_a_pdf_nevertheless(app, caplog, tmp_path):
    """A heading that skips a level is against PDF/UA."""
    sheet = a_sheet(app)
    skipping = Sheet("broken", sheet.data)
    template = typesetting.HERE / "broken.typ"
    template.write_text('#set document(title: "x")\n= Een\n=== Drie')
    try:
        with caplog.at_level(logging.WARNING):
            pdf = typeset(skipping)
    finally:
        template.unlink()

    assert words_of(pdf) == "Een Drie"
    assert [one.getMessage()[:28] for one in caplog.records] == ["broken is no PDF/UA: PDF/UA-"]


def test_what_takes_too_long_is_ended(app, monkeypatch):
    monkeypatch.setattr(typesetting, "LONGEST_SECONDS", 0.01)

    with pytest.raises(NotTypeset):
        typeset(a_sheet(app))


def test_a_template_that_is_not_there_is_told_in_the_log(app, caplog):
    with pytest.raises(NotTypeset), caplog.at_level(logging.ERROR):
        typeset(Sheet("nothing", "{}"))

    assert [one.getMessage()[:28] for one in caplog.records] == ["nothing did not become a PDF"]


def test_the_title_is_shown_and_the_language_is_dutch(app, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(typeset(a_sheet(app)))
    reader = PdfReader(path)

    assert reader.metadata.title == "Titel"
    assert str(reader.root_object["/Lang"]) == "nl-NL"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.root_object["/MarkInfo"]["/Marked"]
