"""Equal key, equal bytes: whatever organisers and people do, in whatever order.

After each step every public feed is made anew. A tag that was seen before stands for the bytes it
stood for then, and what a subscriber sees differently has a higher SEQUENCE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.db import begin_writing, db
from kwartaal.domain import meetings, registrations, venues
from kwartaal.domain import series as series_rules
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.moving import move
from kwartaal.domain.publications import announce, cancel, publish
from kwartaal.domain.refusals import Refused
from kwartaal.domain.registrations import Wish
from kwartaal.domain.retracting import retract
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, programme_of
from kwartaal.models.publication import last_number
from kwartaal.models.series import Series
from kwartaal.models.venue import Venue
from tests.conftest import NOON
from tests.factories import (
    a_body,
    a_council_member,
    a_meeting,
    a_round,
    a_series,
    a_venue,
    a_workshop,
    an_item,
    an_organisation,
    staff,
)
from tests.playing import play

PAGE = re.compile(r"/bijeenkomsten/[^/\s\\]+/")
WHICH = st.sampled_from([0, 0, 0, 1])  # of two meetings
TITLES = st.sampled_from(["Wonen", "Water; dijken, en meer", "Energie"])
ITEM = st.integers(0, 3)
OPENNESS = st.sampled_from(
    [Openness.OPENBAAR, Openness.OPENBAAR, Openness.DATUM, Openness.BESLOTEN]
)


@dataclass(frozen=True)
class Shown:
    """One event as a subscriber has it."""

    sequence: int
    revised_at: str
    rest: tuple[str, ...]


class Feeds(RuleBasedStateMachine):
    """Two meetings of one series in two municipalities; every rule is one transaction."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.app, self.now = app, NOON
        self.bytes_of: dict[str, bytes] = {}
        self.shown: dict[str, dict[str, Shown]] = {}

    @initialize()
    def plan(self) -> None:
        with self.app.app_context():
            series = a_series(body=a_body())
            towns = [an_organisation(), an_organisation()]
            halls = [a_venue(organisation=town) for town in towns]
            held = [
                a_meeting(series=series, venue=hall, state=MeetingState.CONCEPT) for hall in halls
            ]
            clerk, person = staff(), a_council_member()
            db.session.add_all([*held, clerk, person])
            for one in held:
                round_ = a_round(one)
                db.session.add_all([an_item(one), a_workshop(round_, 5), a_workshop(round_, 5)])
            db.session.commit()
            self.meetings = [one.id for one in held]
            self.halls = [one.id for one in halls]
            self.clerk, self.person, self.series = clerk.id, person.id, series.id
            self.paths = [
                "/kalender/openbaar.ics",
                f"/kalender/reeks/{series.slug}.ics",
                *(f"/kalender/gemeente/{town.slug}.ics" for town in towns),
                f"/kalender/samengesteld.ics?reeks={series.slug}&termijnen=ja",
            ]
            self.with_items = [
                f"/kalender/samengesteld.ics?reeks={series.slug}&onderdelen=ja",
                *(f"/kalender/bijeenkomst/{one.slug}.ics" for one in held),
            ]
        self.publish(which=0)

    @rule(which=WHICH)
    def announce(self, which: int) -> None:
        with self.act():
            announce(self.meeting(which), self.actor, self.now)

    @rule(which=WHICH)
    def publish(self, which: int) -> None:
        with self.act():
            publish(self.meeting(which), self.actor, self.now)

    @rule(which=WHICH, title=TITLES)
    def rename_and_publish(self, which: int, title: str) -> None:
        with self.act():
            self.meeting(which).title = title
            publish(self.meeting(which), self.actor, self.now)

    @rule(which=WHICH, index=ITEM, title=TITLES, room=st.booleans(), publishes=st.booleans())
    def change_item(self, which: int, index: int, title: str, room: bool, publishes: bool) -> None:
        """Without publishing only the draft is another."""
        with self.act():
            item, meeting = self.item(which, index), self.meeting(which)
            item.title = title
            item.room = meeting.venue.rooms[0] if room and meeting.venue else None
            if publishes:
                publish(meeting, self.actor, self.now)

    @rule(which=WHICH, index=ITEM)
    def take_out_item_and_publish(self, which: int, index: int) -> None:
        with self.act():
            meeting, item = self.meeting(which), self.item(which, index)
            if item.round_id is not None:
                db.session.delete(item)
                publish(meeting, self.actor, self.now)

    @rule(which=WHICH, days=st.integers(0, 9), hall=st.sampled_from([0, 1, None]))
    def move(self, which: int, days: int, hall: int | None) -> None:
        with self.act():
            meeting, later = self.meeting(which), timedelta(days=days)
            begin, end = (
                moment.astimezone(AMSTERDAM) + later
                for moment in (meeting.starts_at, meeting.ends_at)
            )
            venue = db.session.get(Venue, self.halls[hall]) if hall is not None else None
            to = meetings.TimeAndPlace(begin, end, venue, is_digital=venue is None)
            move(meeting, to, self.actor, self.now)

    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        with self.act():
            cancel(self.meeting(which), "Storm", self.actor, self.now)

    @rule(which=WHICH, index=st.integers(2, 3))
    def cancel_item(self, which: int, index: int) -> None:
        with self.act():
            cancel_item(self.item(which, index), "Ziek", self.actor, self.now)

    @rule(which=WHICH)
    def retract(self, which: int) -> None:
        with self.act():
            meeting = self.meeting(which)
            retract(meeting, last_number(meeting.id) or 0, self.actor, self.now)

    @rule(which=WHICH, openness=OPENNESS)
    def set_openness(self, which: int, openness: Openness) -> None:
        with self.act():
            meeting = self.meeting(which)
            texts = meetings.Texts(meeting.title, openness, meeting.introduction, meeting.note)
            when = meetings.time_and_place(meeting)
            programme = programme_of(meeting.id)
            meetings.change(meeting, texts, when, programme, self.actor, self.now)

    @rule(which=WHICH, opens=st.booleans(), days=st.integers(1, 3))
    def change_terms(self, which: int, opens: bool, days: int) -> None:
        with self.act():
            meeting = self.meeting(which)
            closes = meeting.starts_at - timedelta(days=days)
            terms = meetings.Terms(
                meeting.admitted,
                meeting.maximum,
                closes - timedelta(days=20) if opens else None,
                closes,
                meeting.promotes_until,
            )
            meetings.change_terms(meeting, terms, self.now)

    @rule(which=WHICH)
    def register(self, which: int) -> None:
        with self.act():
            person = db.session.get_one(Person, self.person)
            wish = Wish(person.offices[0], ())
            registrations.register(self.meeting(which), person, wish, self.now)

    @rule(hall=st.integers(0, 1), name=TITLES, elsewhere=st.booleans())
    def change_building(self, hall: int, name: str, elsewhere: bool) -> None:
        with self.act():
            venue, other = (db.session.get_one(Venue, self.halls[n]) for n in (hall, 1 - hall))
            town: Organisation | None = other.organisation if elsewhere else venue.organisation
            address = venues.Address(f"{name} {venue.id}", venue.town, organisation=town)
            venues.change(venue, address, [], self.now)

    @rule(name=TITLES)
    def rename_series(self, name: str) -> None:
        with self.act():
            series = db.session.get_one(Series, self.series)
            purposes = [purpose.name for purpose in series.purposes]
            about = series_rules.About(f"{name} {series.id}", "", series.openness, purposes)
            series_rules.change(series, about, [], lambda purpose: True, self.now)

    @contextmanager
    def act(self) -> Iterator[None]:
        """One request a minute later, or a refusal that leaves everything as it was."""
        self.now += timedelta(minutes=1)
        with self.app.app_context():
            begin_writing()
            try:
                yield
                db.session.commit()
            except Refused:
                db.session.rollback()
        self.look()

    def look(self) -> None:
        client = self.app.test_client()
        for path in (*self.paths, *self.with_items):
            self.app.extensions.pop("feeds", None)
            answer = client.get(path, follow_redirects=True)
            if answer.status_code == 404:
                assert path not in self.shown, path
                continue
            tag = answer.headers["ETag"]
            assert self.bytes_of.setdefault(tag, answer.data) == answer.data, path
            if path in self.paths:
                self.compare(path, events_of(answer.text))

    def compare(self, path: str, now: dict[str, Shown]) -> None:
        """Nothing goes, nothing is told differently under one SEQUENCE, no moment goes back."""
        before = self.shown.get(path, {})
        assert set(before) <= set(now), path
        for key, old in before.items():
            new = now[key]
            assert new.sequence >= old.sequence, (path, old, new)
            assert new.revised_at >= old.revised_at, (path, old, new)
            assert new.rest == old.rest or new.sequence > old.sequence, (path, old, new)
        self.shown[path] = now

    def meeting(self, which: int) -> Meeting:
        return db.session.get_one(Meeting, self.meetings[which])

    def item(self, which: int, index: int) -> ProgrammeItem:
        items = programme_of(self.meetings[which])
        return items[index % len(items)]

    @property
    def actor(self) -> Person:
        return db.session.get_one(Person, self.clerk)


def events_of(text: str) -> dict[str, Shown]:
    """By UID; the moments of the last revision stand apart from what it shows.

    The address of a page is no part of that: an old one leads to the new one.
    """
    found = {}
    unfolded = PAGE.sub("/bijeenkomsten/…/", text.replace("\r\n ", ""))
    for event in unfolded.split("BEGIN:VEVENT\r\n")[1:]:
        lines = event.split("END:VEVENT")[0].splitlines()
        values = dict(line.split(":", 1) for line in lines)
        counted = ("SEQUENCE:", "DTSTAMP:", "LAST-MODIFIED:")
        rest = tuple(line for line in lines if not line.startswith(counted))
        found[values["UID"]] = Shown(int(values["SEQUENCE"]), values["LAST-MODIFIED"], rest)
    return found


def test_equal_key_means_equal_bytes(app: Flask) -> None:
    play(lambda: Feeds(app), examples=3, steps=14, same_each_time=True)


@pytest.mark.long
def test_equal_key_means_equal_bytes_for_long(app: Flask) -> None:
    play(lambda: Feeds(app), examples=60, steps=40, same_each_time=False)


def test_what_is_closed_before_it_is_published_again_is_another_feed(app: Flask) -> None:
    """The feed of the town it was moved away from told its title until then."""
    game = Feeds(app)
    game.plan()
    game.change_building(hall=0, name="Water", elsewhere=True)
    game.retract(which=0)
    game.set_openness(which=0, openness=Openness.BESLOTEN)

    game.publish(which=0)
