"""Feeds over real HTTP, seen by a calendar program."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, Response
from werkzeug.serving import make_server

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.conditional import feed_response
from kwartaal.db import db
from kwartaal.domain.calendar_feeds import Wish, add, change
from kwartaal.domain.registrations import withdraw
from kwartaal.feeds.tokens import token_of
from kwartaal.ical import Calendar, Status, write
from kwartaal.models.calendar import ensure_feed, feeds_of, find_feed
from tests.calendar_clients import CalendarClient, require_calendar_clients
from tests.calendar_readers import read_with_vobject
from tests.calendar_samples import MEETING, SAMPLES, utc
from tests.calendar_scenario import Region, act, make_region, writing
from tests.calendar_story import FIRST_ADDRESS, STEPS, Story
from tests.conftest import NOON

require_calendar_clients()

# What stands in a feed is tested on both; the calendar program sees the same HTTP.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass
class Publisher:
    """Serves one calendar, which a test may replace."""

    calendar: Calendar
    address: str = ""

    def show(self) -> Response:
        modified = self.calendar.last_modified or utc(2027, 1, 1)
        return feed_response(repr(self.calendar), modified, lambda: write(self.calendar), False)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    publisher = Publisher(SAMPLES["public"])
    app = Flask(__name__)
    app.add_url_rule("/feed.ics", view_func=publisher.show)
    server = make_server("127.0.0.1", 0, app)
    publisher.address = f"http://127.0.0.1:{server.port}/feed.ics"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield publisher
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(tmp_path: Path) -> CalendarClient:
    return CalendarClient(tmp_path)


def test_client_shows_every_event_of_the_public_feed(publisher, client):
    client.sync(publisher.address)

    assert client.shown("2021-01-01", "2028-01-01") == [
        "2021-11-24 13:00 - 2021-11-24 18:00 Kwartaalbijeenkomst voorjaar [CONFIRMED]",
        "2027-03-10 12:30 - 2027-03-10 17:00 GEANNULEERD: Kwartaalbijeenkomst voorjaar [CANCELLED]",
        "2027-03-10 12:30 - 2027-03-10 17:00 Kwartaalbijeenkomst voorjaar [CONFIRMED]",
        "2027-03-10 12:30 - 2027-03-10 17:00 Kwartaalbijeenkomst voorjaar [TENTATIVE]",
    ]


def test_client_shows_the_night_the_clock_goes_back(publisher, client):
    publisher.calendar = SAMPLES["clock-back"]

    client.sync(publisher.address)

    assert client.shown("2027-10-30", "2027-11-01") == [
        "2027-10-30 22:00 - 2027-10-31 05:00 spans it [CONFIRMED]",
        "2027-10-31 01:30 - 2027-10-31 01:55 before the double hour [CONFIRMED]",
        "2027-10-31 02:15 - 2027-10-31 02:45 in its first half [CONFIRMED]",
        "2027-10-31 02:15 - 2027-10-31 02:45 in its second half [CONFIRMED]",
        "2027-10-31 03:00 - 2027-10-31 04:00 after it [CONFIRMED]",
    ]


def test_client_keeps_events_with_the_hardest_texts(publisher, client):
    publisher.calendar = SAMPLES["texts"]

    client.sync(publisher.address)

    assert len(client.files()) == len(SAMPLES["texts"].events)


def test_second_sync_of_an_unchanged_feed_writes_nothing(publisher, client):
    client.sync(publisher.address)
    before = client.files()

    client.sync(publisher.address)

    assert client.files() == before


def test_cancelling_one_event_shows_at_the_next_sync_and_rewrites_no_other(publisher, client):
    client.sync(publisher.address)
    before = client.files().items()
    later = MEETING.revised_at + timedelta(days=1)
    cancelled = replace(MEETING, status=Status.CANCELLED, sequence=4, revised_at=later)
    others = tuple(event for event in publisher.calendar.events if event != MEETING)
    publisher.calendar = replace(publisher.calendar, events=(cancelled, *others))

    client.sync(publisher.address)

    assert len(client.files()) == len(before)
    assert len(client.files().items() - before) == 1
    assert client.shown("2027-03-01", "2027-04-01") == [
        "2027-03-10 12:30 - 2027-03-10 17:00 GEANNULEERD: Kwartaalbijeenkomst voorjaar [CANCELLED]",
        "2027-03-10 12:30 - 2027-03-10 17:00 GEANNULEERD: Kwartaalbijeenkomst voorjaar [CANCELLED]",
        "2027-03-10 12:30 - 2027-03-10 17:00 Kwartaalbijeenkomst voorjaar [TENTATIVE]",
    ]


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The application itself over HTTP, with the region of the feeds; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def region(app: Flask) -> Region:
    return make_region(app)


@ON_SQLITE
def test_client_shows_the_public_meetings_of_the_region(region, site, client):
    client.sync(f"{site}/kalender/openbaar.ics")

    assert client.shown("2027-01-01", "2027-12-31") == [
        "2027-03-23 12:00 - 2027-03-23 17:00 Kwartaalbijeenkomst voorjaar [CONFIRMED]",
        "2027-04-06 16:00 - 2027-04-06 19:00 GEANNULEERD: Inloop over de begroting [CANCELLED]",
        "2027-05-11 10:00 - 2027-05-11 13:00 Vervallen afspraak [CANCELLED]",
        "2027-06-22 12:00 - 2027-06-22 15:00 Kwartaalbijeenkomst zomer; wonen, werken [TENTATIVE]",
        "2027-09-07 10:00 - 2027-09-07 13:00 Open dag van de spiegelgroep [CONFIRMED]",
        "2027-10-30 22:00 - 2027-10-31 02:30 Nacht van de regio [CONFIRMED]",
    ]


@ON_SQLITE
def test_client_shows_what_somebody_chose_and_what_changes_in_it(app, region, site, client):
    person, quarterly = region.other, region.quarterly
    with writing(app):
        ensure_feed(person.id, NOON)
        token = token_of(feeds_of(person.id)[0], app.config["SECRET_KEY"])
    address = f"{site}/kalender/persoonlijk/{token}.ics"
    client.sync(address)
    before = client.shown("2027-01-01", "2027-12-31")
    with writing(app):
        act(withdraw, quarterly, person, utc(2027, 3, 9))
    client.sync(address)

    line = "2027-03-23 12:00 - 2027-03-23 17:00"
    assert before == [f"{line} Kwartaalbijeenkomst voorjaar [CONFIRMED]"]
    assert client.shown("2027-01-01", "2027-12-31") == [
        f"{line} AFGEMELD: Kwartaalbijeenkomst voorjaar [CANCELLED]"
    ]


@ON_SQLITE
def test_client_follows_every_step_of_a_meeting(app, site, client):
    """From the first address the meeting had; nothing is lost, doubled or left as it was."""
    story = Story(app)
    for name, step in STEPS.items():
        story.tell(step)
        feed = app.test_client().get(FIRST_ADDRESS, follow_redirects=True)
        if feed.status_code != 200:
            continue
        client.sync(f"{site}{FIRST_ADDRESS}")
        assert sorted(client.shown("2027-03-01", "2027-05-01")) == as_shown(feed.data), name
        assert len(client.files()) == len(as_shown(feed.data)), name


def as_shown(content: bytes) -> list[str]:
    """What another library reads, in the words of the client."""
    return sorted(
        f"{one.starts_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M} - "
        f"{one.ends_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M} {one.summary} [{one.status}]"
        for one in read_with_vobject(content)
    )


@ON_SQLITE
def test_client_follows_a_switch_to_parts_of_the_day_and_back(app, region, site, client):
    with writing(app):
        feed = add(region.other.id, Wish("Telefoon", per_item=True), NOON)
        db.session.flush()
        key, token = feed.public_id, token_of(feed, app.config["SECRET_KEY"])
    address = f"{site}/kalender/persoonlijk/{token}.ics"
    client.sync(address)
    apart = client.shown("2027-01-01", "2027-12-31")
    with writing(app):
        change(find_feed(key), Wish("Telefoon"), NOON)
    client.sync(address)

    whole = "2027-03-23 12:00 - 2027-03-23 17:00 Kwartaalbijeenkomst voorjaar [CONFIRMED]"
    part = "2027-03-23 14:00 - 2027-03-23 15:00 Wonen aan de rivier [CONFIRMED]"
    assert apart == [whole, part]
    assert client.shown("2027-01-01", "2027-12-31") == [whole]
