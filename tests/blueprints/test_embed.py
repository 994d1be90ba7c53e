"""The calendar in other sites: what it shows, to whom it may be shown, and the line to copy."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.domain.venues import Address, change
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Organisation
from kwartaal.models.venue import Venue
from tests.calendar_scenario import CANARY, Region, make_region, utc, writing
from tests.factories import a_venue, an_organisation

LIST, MONTH = "/insluiten/lijst", "/insluiten/maand"
ICON = re.compile('<link rel="icon" href="([^"]+)"')


@pytest.fixture
def region(app: Flask) -> Region:
    return make_region(app)


def titles(html: str) -> list[str]:
    return [
        unescape(one) for one in re.findall(r'href="/bijeenkomsten/[^"]+/"[^>]*>([^<]+)</a>', html)
    ]


def test_list_shows_what_is_coming_and_public(region, client):
    html = client.get(LIST).text

    assert titles(html) == [
        "Kwartaalbijeenkomst voorjaar",
        "Inloop over de begroting",
        "Kwartaalbijeenkomst zomer; wonen, werken",
        "Open dag van de spiegelgroep",
        "Nacht van de regio",
    ]
    assert CANARY not in html


def test_month_shows_what_begins_in_it(region, client):
    months = {month: titles(client.get(f"{MONTH}?maand={month}").text) for month in MONTHS}

    assert months == MONTHS


MONTHS = {
    "2027-03": ["Kwartaalbijeenkomst voorjaar"],
    "2027-04": ["Inloop over de begroting"],
    "2027-05": [],
    "2027-10": ["Nacht van de regio"],
}


@pytest.mark.on_both
def test_month_on_the_edge_counts_in_amsterdam(region, client, app):
    with writing(app):
        night = db.session.get_one(Meeting, region.meetings["night"].id)
        night.starts_at, night.ends_at = utc(10, 31, 23, 30), utc(11, 1, 2)

    shown = [titles(client.get(f"{MONTH}?maand=2027-{month}").text) for month in (10, 11)]

    assert shown == [[], ["Nacht van de regio"]]


def test_month_leads_to_the_one_before_and_after_it_inside_the_frame(region, client):
    html = client.get(f"{MONTH}?maand=2027-01&reeks=kwartaalbijeenkomsten").text

    assert [unescape(one) for one in re.findall(r'href="([^"]+)" target="_self"', html)] == [
        f"{MONTH}?maand=2026-12&reeks=kwartaalbijeenkomsten",
        f"{MONTH}?maand=2027-02&reeks=kwartaalbijeenkomsten",
    ]
    assert '<base target="_top">' in html


NO_MONTHS = ["", "2027", "2027-13", "2027-00", "1999-12", "99999-01", "x-y", "²027-03", "2027-1e3"]
LONG_DIGITS = ["2027-0013", "2027-0019", "020270-03", f"2027-00{'9' * 99}", f"02027{'0' * 5000}-03"]


@pytest.mark.parametrize(
    "month", [*NO_MONTHS, *LONG_DIGITS], ids=[*NO_MONTHS, *map("long {}".format, range(5))]
)
def test_month_that_is_none_is_this_month(region, client, month):
    html = client.get(MONTH, query_string={"maand": month}).text

    assert "<caption>maart 2027</caption>" in html


@pytest.mark.on_both
@pytest.mark.parametrize("path", [LIST, MONTH])
def test_series_narrows(region, client, clock, path):
    clock.moment = utc(9, 1, 9)

    html = client.get(f"{path}?reeks=spiegelgroep").text

    assert titles(html) == ["Open dag van de spiegelgroep"]


@pytest.mark.on_both
def test_municipality_narrows_to_where_it_is(region, client, app, save):
    host, other = an_organisation("Sliedrecht"), an_organisation("Dordrecht")
    there = a_venue(organisation=other)
    save(host, other, there)
    with writing(app):
        venue = db.session.get_one(Venue, region.quarterly.venue_id)
        town = db.session.get_one(Organisation, host.id)
        change(venue, Address(venue.name, venue.town, organisation=town), [], utc(3, 6, 9))
    with writing(app):
        # What a draft says counts for nobody.
        db.session.get_one(Meeting, region.quarterly.id).venue_id = there.id

    found = [titles(client.get(f"{LIST}?gemeente={one.slug}").text) for one in (host, other)]

    assert [len(some) for some in found] == [5, 0]


@pytest.mark.on_both
def test_series_or_municipality_that_is_not_there_says_so(region, client, app):
    with writing(app):
        for name in ("open_body", "lowered"):
            db.session.get_one(Meeting, region.meetings[name].id).openness = Openness.BESLOTEN
    asked = ("reeks=niets", "gemeente=niets", "reeks=spiegelgroep")

    answers = [client.get(f"{path}?{one}") for path in (LIST, MONTH) for one in asked]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "Deze agenda is er niet" in answers[0].text


def test_only_these_pages_may_be_framed(region, client):
    paths = (LIST, MONTH, f"{LIST}?reeks=niets", "/insluiten/", "/", "/kalender/", "/niets")

    framed = {
        path: ("X-Frame-Options" in answer.headers, policy_on_frames(answer))
        for path in paths
        for answer in [client.get(path)]
    }

    assert framed == {
        path: (False, "frame-ancestors *")
        if path in paths[:3]
        else (True, "frame-ancestors 'none'")
        for path in paths
    }


def policy_on_frames(answer) -> str:
    policy = answer.headers["Content-Security-Policy"]
    return next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))


def test_frame_has_nothing_of_a_session(region, browser_of):
    browser = browser_of(region.member)

    answers = [browser.get(path) for path in (LIST, MONTH)]

    names = ("Set-Cookie", "Vary", "Cache-Control", "X-Robots-Tag")
    assert [tuple(map(answer.headers.get, names)) for answer in answers] == [
        (None, None, "public, max-age=300", "noindex")
    ] * 2
    assert all("U bent aangemeld" not in answer.text for answer in answers)
    assert all("<script" not in answer.text and "<form" not in answer.text for answer in answers)


@pytest.mark.on_both
def test_page_gives_the_line_to_copy(region, client, save):
    save(Organisation(slug="x", name='Papen"drecht <b>', kind="municipality"))

    html = client.get("/insluiten/?weergave=maand&reeks=kwartaalbijeenkomsten&gemeente=x").text

    (line,) = re.findall(r'id="line" type="text" readonly value="([^"]+)"', html)
    assert unescape(line) == (
        '<iframe src="http://127.0.0.1:5000/insluiten/maand?reeks=kwartaalbijeenkomsten'
        '&amp;gemeente=x" title="Bijeenkomsten in de regio, Kwartaalbijeenkomsten, '
        'Papen&#34;drecht &lt;b&gt;" width="100%" height="800" loading="lazy"></iframe>'
    )
    assert client.get(f"{MONTH}?reeks=kwartaalbijeenkomsten&gemeente=x").status_code == 200


def test_page_ignores_what_is_not_offered(region, client):
    html = client.get("/insluiten/?weergave=x&reeks=niets&gemeente=niets").text

    assert "/insluiten/lijst&#34; title=&#34;Bijeenkomsten in de regio&#34;" in html


def test_frame_has_the_icon_of_the_site(region, client):
    """Without one every visitor of the other site would ask this one for /favicon.ico."""
    frames = (LIST, MONTH, f"{LIST}?reeks=niets")

    icons = {page: ICON.findall(client.get(page).text) for page in ("/", *frames)}

    assert icons == dict.fromkeys(icons, icons["/"])
    assert [client.get(icon).status_code for icon in icons["/"]] == [200]


@pytest.mark.on_both
def test_number_of_queries_does_not_grow(region, client, count_queries, clock, app):
    counts = []
    for path in (LIST, f"{MONTH}?maand=2027-10"):
        client.get(path)
        counts.append(count_queries(lambda path=path: client.get(path)))
    with writing(app):
        for meeting in db.session.query(Meeting):
            meeting.openness = Openness.OPENBAAR
            meeting.registration_opens_at = meeting.registration_closes_at = None
            meeting.starts_at, meeting.ends_at = utc(10, 20, 9), utc(10, 20, 11)

    after = [
        count_queries(lambda path=path: client.get(path))
        for path in (LIST, f"{MONTH}?maand=2027-10")
    ]
    assert after == counts
