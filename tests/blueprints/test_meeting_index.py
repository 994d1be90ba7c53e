"""The list of meetings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.models.openness import Openness
from tests.factories import (
    START,
    a_body,
    a_meeting,
    a_series,
    a_venue,
)
from tests.publishing import store
from tests.reading import links, words


def test_index_lists_what_is_coming_soonest_first(app: Flask, client: FlaskClient):
    store(app, a_meeting(title="Later", starts_at=START + timedelta(days=90)))
    store(app, a_meeting(title="Eerst"))
    store(app, a_meeting(title="Geweest", starts_at=START - timedelta(days=90)))

    shown = words(client, "/bijeenkomsten/")

    assert (shown.index("Eerst") < shown.index("Later"), "Geweest" in shown) == (True, False)


def test_index_lists_what_was_newest_first(app: Flask, client: FlaskClient):
    store(app, a_meeting(title="Oud", starts_at=START - timedelta(days=400)))
    store(app, a_meeting(title="Nieuw", starts_at=START - timedelta(days=90)))

    shown = words(client, "/bijeenkomsten/?periode=voorbij")

    assert shown.index("Nieuw") < shown.index("Oud")


@pytest.mark.on_both
def test_index_of_one_year(app: Flask, client: FlaskClient):
    store(app, a_meeting(title="Van 2026", starts_at=START - timedelta(days=200)))
    store(app, a_meeting(title="Van 2027", starts_at=START - timedelta(days=60)))

    shown = words(client, "/bijeenkomsten/?periode=voorbij&jaar=2026")

    assert ("Van 2026" in shown, "Van 2027" in shown) == (True, False)
    assert links(client, "/bijeenkomsten/?periode=voorbij&jaar=2026")["Alle jaren"] == (
        "/bijeenkomsten/?periode=voorbij"
    )


def test_index_of_one_series(app: Flask, client: FlaskClient):
    store(app, a_meeting(title="Van de ene", series=a_series(slug="ene")))
    store(app, a_meeting(title="Van de andere"))

    shown = words(client, "/bijeenkomsten/?reeks=ene")

    assert ("Van de ene" in shown, "Van de andere" in shown) == (True, False)


def test_index_does_not_tell_which_series_a_date_is_of(app: Flask, client: FlaskClient):
    series = a_series(slug="besloten-reeks", name="Besloten reeks", body=a_body(name="Gremium X"))
    store(app, a_meeting(title="Dicht", series=series, openness=Openness.DATUM))
    store(app, a_meeting(title="Open"))

    page = "/bijeenkomsten/?reeks=besloten-reeks"

    assert words(client, page) == words(client, "/bijeenkomsten/")


@pytest.mark.parametrize(
    "query", ["jaar=abc", "jaar=99999", "reeks=%27", "pagina=-1", "pagina=x", f"pagina={9**40}"]
)
def test_index_with_a_query_that_makes_no_sense(app: Flask, client: FlaskClient, query):
    store(app, a_meeting(title="Wonen"))

    assert "Wonen" in words(client, f"/bijeenkomsten/?{query}")


def test_index_without_meetings(client: FlaskClient):
    assert words(client, "/bijeenkomsten/").endswith("Er zijn nu geen bijeenkomsten gepland.")
    assert words(client, "/bijeenkomsten/?periode=voorbij").endswith(
        "Er zijn nog geen eerdere bijeenkomsten."
    )


@pytest.mark.on_both
def test_index_goes_on_on_a_second_page_with_as_many_queries(app, client, count_queries):
    series, venue = a_series(), a_venue()
    for n in range(23):
        starts_at = START + timedelta(days=n)
        store(app, a_meeting(title=f"Nummer {n}", starts_at=starts_at, series=series, venue=venue))
        if n == 2:
            few = count_queries(lambda: client.get("/bijeenkomsten/"))

    assert "1 tot en met 20 van 23 bijeenkomsten" in words(client, "/bijeenkomsten/")
    assert "Nummer 22" in words(client, "/bijeenkomsten/?pagina=2")
    assert count_queries(lambda: client.get("/bijeenkomsten/")) == few
