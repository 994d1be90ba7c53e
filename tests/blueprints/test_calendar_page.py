"""The page on which one chooses a calendar: what it offers to whom, and the buttons."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.domain.calendar_feeds import Wish, add
from kwartaal.feeds.qr_code import qr_code
from kwartaal.models.person import Person
from tests.calendar_scenario import CANARY, Region, make_region, utc, writing
from tests.conftest import NOON

HERE = "http://127.0.0.1:5000/kalender/"
NOTHING_COMING = "Er komt nu niets aan. Komt er iets bij, dan verschijnt het vanzelf."


@pytest.fixture
def region(app: Flask) -> Region:
    return make_region(app)


@pytest.fixture
def member(region: Region, app: Flask, browser_of: Callable[[Person], FlaskClient]) -> FlaskClient:
    """A browser of the member of a closed body, who has two feeds."""
    with writing(app):
        for name, per_item in (("Telefoon", False), ("Werk", True)):
            add(region.member.id, Wish(name, per_item), NOON + timedelta(minutes=per_item))
    return browser_of(region.member)


def page(browser: FlaskClient, chosen: str = "") -> str:
    return unescape(browser.get(f"/kalender/?kies={chosen}" if chosen else "/kalender/").text)


def links(html: str, host: str) -> list[str]:
    return [one for one in re.findall(r'href="([^"]+)"', html) if urlsplit(one).netloc == host]


def titles(html: str) -> list[str]:
    return re.findall(r'kw-meeting__title">(?:<s[^>]*>)?(?:<a[^>]*>)?([^<]+)<', html)


def test_page_says_that_nothing_is_coming(client):
    html = page(client)

    assert (titles(html), NOTHING_COMING in html) == ([], True)


def test_page_with_something_coming_does_not_say_that_nothing_is(region, client):
    assert NOTHING_COMING not in page(client)


def test_stranger_may_choose_everything_or_a_series_and_is_asked_to_sign_in(region, client):
    html = page(client)

    keys = re.findall(r"kies=([a-z0-9-]+)", html)
    assert [key for key in keys if not key.startswith("gemeente-")] == [
        "openbaar",
        "reeks-kwartaalbijeenkomsten",
        "reeks-spiegelgroep",
    ]
    assert f'value="{HERE}openbaar.ics"' in html
    assert 'href="/inloggen?next=/kalender/"' in html
    assert "/kalender/persoonlijk/" not in html


@pytest.mark.on_both
def test_chosen_series_has_its_own_address(region, client):
    html = page(client, "reeks-kwartaalbijeenkomsten")

    assert f'value="{HERE}reeks/kwartaalbijeenkomsten.ics"' in html
    assert f'value="{HERE}openbaar.ics"' not in html


@pytest.mark.parametrize("chosen", ["eigen-1", "reeks-bestaat-niet", "é"])
def test_what_is_not_offered_gives_what_stands_first(region, client, chosen):
    assert f'value="{HERE}openbaar.ics"' in page(client, chosen)


@pytest.mark.on_both
def test_owner_chooses_between_own_feeds_by_name(member):
    first, second = page(member), page(member, "eigen-2")

    addresses = [links(html, "127.0.0.1:5000") for html in (first, second)]
    own = [next(one for one in some if "persoonlijk" in one) for some in addresses]
    assert own[0] != own[1]
    assert all("Telefoon" in html and "Werk" in html for html in (first, second))


def test_each_program_gets_the_address_as_it_wants_it(region, client):
    html = page(client)
    (google,), (home,), (work,) = (
        links(html, host)
        for host in ("calendar.google.com", "outlook.live.com", "outlook.office.com")
    )

    assert 'href="webcal://127.0.0.1:5000/kalender/openbaar.ics"' in html
    assert parse_qs(urlsplit(google).query) == {
        "cid": ["webcal://127.0.0.1:5000/kalender/openbaar.ics"]
    }
    for link in (home, work):
        assert parse_qs(urlsplit(link).query) == {
            "url": [f"{HERE}openbaar.ics"],
            "name": ["Kwartaal: openbare bijeenkomsten"],
        }


def test_links_to_other_sites_say_so_and_tell_no_more_than_the_address(member):
    html = page(member)

    outside = re.findall(r'<a [^>]*href="https://[^>]+>.*?</a>', html)
    assert len(outside) == 3
    assert all('rel="external noopener noreferrer"' in one for one in outside)
    assert all("Opent een andere site." in one for one in outside)
    assert "Met dat adres kan die site uw bijeenkomsten lezen." in html


def test_page_with_a_secret_address_is_kept_by_nobody(member):
    assert member.get("/kalender/").headers["Cache-Control"] == "no-store"


def test_own_address_fits_what_google_takes(member):
    (google,) = links(page(member), "calendar.google.com")

    assert len(parse_qs(urlsplit(google).query)["cid"][0]) <= 256


def test_code_to_scan_is_drawn_without_a_style(member):
    code = qr_code("webcal://kwartaal.example/kalender/openbaar.ics")

    assert " style=" not in code
    assert '<svg aria-hidden="true"' in page(member)
    assert qr_code("a") != qr_code("b")


def test_next_events_are_those_of_the_public_feed(region, client):
    assert titles(page(client)) == [
        "Kwartaalbijeenkomst voorjaar",
        "Inloop over de begroting",
        "Kwartaalbijeenkomst zomer; wonen, werken",
        "Open dag van de spiegelgroep",
        "Nacht van de regio",
    ]
    assert titles(page(client, "reeks-spiegelgroep")) == ["Open dag van de spiegelgroep"]


def test_next_events_are_those_of_the_chosen_own_feed(region, member):
    whole, apart = titles(page(member)), titles(page(member, "eigen-2"))

    assert whole[:3] == ["Kwartaalbijeenkomst voorjaar", "Bezet", "Bezet"]
    assert apart[0] == "Kwartaalbijeenkomst voorjaar"
    assert set(apart[1:]) == {"Lunch", "Wonen aan de rivier", "Water, dijken; en meer", "Energie"}
    assert CANARY not in page(member)


def test_nothing_that_is_over_is_shown(region, client, clock):
    clock.moment = utc(3, 23, 16)

    assert "Kwartaalbijeenkomst voorjaar" not in titles(page(client))
