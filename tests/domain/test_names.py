"""How names are compared, sorted and looked for; no database."""

from __future__ import annotations

import pytest

from kwartaal.blueprints.attendance.forms import VisitorForm
from kwartaal.models.person import folded, sort_key, words_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Işıldak", "isildak"),
        ("IŞILDAK", "isildak"),
        ("İnan", "inan"),
        ("Çınaroğlu", "cinaroglu"),
        ("Altınokur", "altinokur"),
        ("Sørensen", "sorensen"),
        ("Łukasz", "lukasz"),
        ("Groß", "gross"),
        ("Lærke", "laerke"),
        ("Đorđe", "dorde"),
        ("Zoë", "zoe"),
    ],
)
def test_a_name_is_found_as_a_dutch_keyboard_types_it(written, typed):
    assert folded(written) == folded(folded(written)) == typed


def test_a_sort_key_is_folded_as_well():
    assert sort_key("Işıldak", "Burak") == "isildak burak"


@pytest.mark.parametrize(
    "typed", ["Bruijne, Anneke de", "Bruijne,Anneke de", " Bruijne Anneke , de "]
)
def test_the_comma_of_a_printed_name_is_no_letter(typed):
    assert words_of(typed) == ["Bruijne", "Anneke", "de"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Anneke de Bruijne", ("Anneke", "de", "Bruijne")),
        ("Bruijne, Anneke de", ("Anneke", "de", "Bruijne")),
        ("Berg Bakker, Anna van den", ("Anna", "van den", "Berg Bakker")),
        ("Bruijne,", ("", "", "Bruijne")),
        ("Bruijne", ("", "", "Bruijne")),
        ("", ("", "", "")),
    ],
)
def test_a_new_visitor_has_the_name_that_was_looked_for(typed, names):
    assert VisitorForm.names_in(typed) == names
