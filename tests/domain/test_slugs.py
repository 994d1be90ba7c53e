"""Addresses made from names."""

from __future__ import annotations

from datetime import date

import pytest

from kwartaal.domain.slugs import LONGEST, fits, free_slug, meeting_slug, slug_from
from kwartaal.models.openness import Openness
from tests.factories import a_body, a_series

DAY = date(2027, 6, 15)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Wonen aan het water", "wonen-aan-het-water"),
        ("  Hoe? Zó!  ", "hoe-zo"),
        ("'s-Gravendeel", "s-gravendeel"),
        ("Tarık & Şule: ĳs, œuvre, straße", "tarik-sule-ijs-oeuvre-strasse"),
        ("=1+1", "1-1"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("🎉", "anders"),
        ("", "anders"),
    ],
)
def test_slug_from_keeps_plain_letters_and_digits(name, slug):
    assert slug_from(name, "anders") == slug


def test_slug_from_stops_before_the_word_that_makes_it_too_long():
    name = " ".join(["woord"] * 50)

    assert slug_from(name, "anders") == "-".join(["woord"] * 11)


def test_slug_from_cuts_one_endless_word():
    assert slug_from("a" * 500, "anders") == "a" * LONGEST


def test_free_slug_takes_the_first_number_nobody_has():
    assert free_slug("zaal", {"zaal", "zaal-2", "zaal-4"}) == "zaal-3"


def test_meeting_slug_of_an_open_meeting_is_title_and_date():
    slug = meeting_slug("Wonen", a_series(), DAY, Openness.OPENBAAR)

    assert slug == "wonen-2027-06-15"


@pytest.mark.parametrize("openness", [Openness.BESLOTEN, Openness.DATUM])
def test_meeting_slug_of_anything_else_never_says_the_title(openness):
    series = a_series(name="Reeks", body=a_body(name="Bestuurlijke spiegelgroep"))

    assert meeting_slug("Geheim", series, DAY, openness) == "bestuurlijke-spiegelgroep-2027-06-15"


@pytest.mark.parametrize(
    ("slug", "fitting"),
    [("wonen", True), ("wonen-2", True), ("wonen-werken", False), ("won", False), (None, False)],
)
def test_fits_allows_a_number_behind_it(slug, fitting):
    assert fits(slug, "wonen") is fitting
