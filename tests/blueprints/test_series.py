"""The page of a series."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from tests.factories import (
    START,
    a_body,
    a_meeting,
    a_membership,
    a_person,
    a_series,
    a_venue,
    an_item,
)
from tests.publishing import store
from tests.reading import links, words

PAGE = "/reeksen/kwartaal/"


def test_show_has_what_comes_and_what_was(app: Flask, client: FlaskClient):
    series = a_series(slug="kwartaal", name="Kwartaalbijeenkomst", description="Vier per jaar.")
    store(app, a_meeting(title="Eerder", series=series, starts_at=START - timedelta(days=90)))
    store(app, a_meeting(title="Straks", series=series))
    store(app, a_meeting(title="Van iets anders"))

    shown = words(client, PAGE)

    assert shown.index("Vier per jaar.") < shown.index("Straks") < shown.index("Eerder")
    assert "Van iets anders" not in shown
    assert links(client, PAGE)["icon Zet de reeks in uw agenda"] == "/kalender/reeks/kwartaal.ics"


def test_without_a_next_meeting_the_date_follows(app: Flask, client: FlaskClient):
    series = a_series(slug="kwartaal")
    store(app, a_meeting(series=series, starts_at=START - timedelta(days=90)))

    assert "De datum van de volgende bijeenkomst volgt." in words(client, PAGE)


def test_a_series_with_concepts_only_is_not_there(client: FlaskClient, save):
    save(a_meeting(series=a_series(slug="kwartaal"), state=MeetingState.CONCEPT))

    assert client.get(PAGE).status_code == 404


def test_a_series_of_which_one_sees_dates_only_is_not_there(app: Flask, client: FlaskClient):
    series = a_series(slug="kwartaal", body=a_body())
    store(app, a_meeting(series=series, openness=Openness.DATUM))

    assert client.get(PAGE).status_code == 404


def test_a_member_sees_the_series_of_the_body_without_a_public_feed(app, browser_of):
    body, person = a_body(), a_person()
    closed = a_meeting(
        title="Dicht", series=a_series(slug="kwartaal", body=body), openness=Openness.BESLOTEN
    )
    store(app, closed, an_item(closed), a_membership(person, body))
    browser = browser_of(person)

    assert "Dicht" in words(browser, PAGE)
    assert "icon Zet de reeks in uw agenda" not in links(browser, PAGE)


@pytest.mark.on_both
def test_queries_do_not_grow(app, client, count_queries):
    series, venue = a_series(slug="kwartaal"), a_venue()
    for n in range(12):
        starts_at = START + timedelta(days=7 * n - 40)
        store(app, a_meeting(series=series, venue=venue, starts_at=starts_at))
        if n == 6:
            few = count_queries(lambda: client.get(PAGE))

    assert count_queries(lambda: client.get(PAGE)) == few
