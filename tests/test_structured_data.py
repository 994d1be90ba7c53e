"""What search engines read of a meeting: the documented properties, and public facts only."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.domain.publications import cancel
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.published import load_published
from kwartaal.structured_data import event_data
from tests.calendar_scenario import act, make_region, utc, writing
from tests.test_feeds import Site

# Google Search Central, "Event structured data": required, and for each kind of place.
REQUIRED = {"name", "startDate", "location"}
PAGE = "/bijeenkomsten/kwartaalbijeenkomst/"
FOUND = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app, make_region(app))


def text_of(site: Site, page: str = PAGE) -> str:
    """A renamed or moved meeting has another address."""
    return site.app.test_client().get(page, follow_redirects=True).text


def data_on(site: Site, page: str = PAGE) -> dict[str, object] | None:
    found = FOUND.findall(text_of(site, page))
    return json.loads(found[0]) if found else None


def test_meeting_page_has_every_documented_property(site):
    data = data_on(site)

    assert REQUIRED <= set(data)
    assert data == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Kwartaalbijeenkomst voorjaar",
        "description": "Drie uur over wonen, water en wat u van elkaar wilt weten.",
        "url": f"http://127.0.0.1:5000{PAGE}",
        "startDate": "2027-03-23T12:00:00+01:00",
        "endDate": "2027-03-23T17:00:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Stadhuis Sliedrecht",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Industrieweg 11",
                    "postalCode": "3361 HJ",
                    "addressLocality": "Sliedrecht",
                    "addressCountry": "NL",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 51.8212, "longitude": 4.7724},
            },
            {"@type": "VirtualLocation", "url": "https://stream.example.org/voorjaar"},
        ],
        "organizer": {
            "@type": "Organization",
            "name": "Kwartaal",
            "url": "http://127.0.0.1:5000/",
        },
        "inLanguage": "nl",
        "isAccessibleForFree": True,
    }


def test_moved_meeting_says_when_it_was(site):
    site.move("quarterly", 7)

    data = data_on(site)

    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["startDate"] == "2027-03-30T12:00:00+02:00"
    assert data["previousStartDate"] == "2027-03-23T12:00:00+01:00"


def test_cancelled_meeting_keeps_its_date(site):
    with writing(site.app):
        act(cancel, site.region.quarterly, "Storm", site.region.clerk, utc(3, 1, 9))

    data = data_on(site)

    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["location"][1]["url"] == data["url"]  # nobody is there online any more
    assert data["startDate"] == "2027-03-23T12:00:00+01:00"


def test_meeting_online_has_a_place_there_and_one_without_any_has_no_data(site):
    with site.app.app_context():
        meeting = db.session.get_one(Meeting, site.region.quarterly.id)
        published = load_published(meeting)
        assert published is not None
        published = replace(published, online_address="")  # nobody knows it yet
        both = event_data(meeting, replace(published, is_digital=True), None, PAGE)
        online = event_data(meeting, replace(published, is_digital=True, venue=None), None, PAGE)
        nowhere = replace(published, is_digital=False, venue=None)
        neither = event_data(meeting, nowhere, None, PAGE)

    there = {"@type": "VirtualLocation", "url": PAGE}
    words = [data["eventAttendanceMode"].rpartition("/")[2] for data in (both, online)]
    assert words == ["MixedEventAttendanceMode", "OnlineEventAttendanceMode"]
    assert (both["location"][1], online["location"], neither) == (there, there, None)


def test_title_cannot_end_the_data(site):
    site.publish("quarterly", 1, title="</script><script>alert(1)</script> & 'x'")

    assert data_on(site)["name"] == "</script><script>alert(1)</script> & 'x'"
    assert "<script>alert" not in text_of(site)


def test_closed_meeting_has_none_for_its_members_either(site, browser_of):
    page = browser_of(site.region.member).get("/bijeenkomsten/closed/")

    assert page.status_code == 200
    assert FOUND.findall(page.text) == []


def test_meeting_whose_openness_is_lowered_loses_it(site, browser_of):
    site.change(site.region.meetings["open_body"], openness=Openness.DATUM)

    page = browser_of(site.region.member).get("/bijeenkomsten/open-body/")

    assert (page.status_code, FOUND.findall(page.text)) == (200, [])
