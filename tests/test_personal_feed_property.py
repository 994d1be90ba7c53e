"""Whatever happens: where the key of a personal feed is what it was, its bytes are what they were.

Hypothesis plays with the region of the feeds, on both databases, in one transaction per example
that is taken back. After each step every feed is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kwartaal.amsterdam import AMSTERDAM, amsterdam_date
from kwartaal.db import begin_writing, db
from kwartaal.domain import calendar_feeds, item_cancelling, registrations
from kwartaal.domain.meetings import Terms, Texts, TimeAndPlace, change, change_terms
from kwartaal.domain.meetings import time_and_place as as_it_is
from kwartaal.domain.moving import move
from kwartaal.domain.publications import announce, cancel, publish
from kwartaal.domain.refusals import Refused
from kwartaal.domain.registrations import Wish
from kwartaal.domain.retracting import retract
from kwartaal.feeds.personal_calendar import personal_calendar
from kwartaal.ical import write
from kwartaal.models.body import Membership
from kwartaal.models.calendar import CalendarFeed, feeds_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Person
from kwartaal.models.personal_feeds import personal_state
from kwartaal.models.programme import ProgrammeItem, programme_of
from kwartaal.models.publication import last_number
from tests.calendar_scenario import Region, make_region
from tests.conftest import NOON

BASE = "http://127.0.0.1:5000"
CHOICES = [(False, False), (True, True), (True, False), (False, True)]
NAMES = ("quarterly", "open_body", "night", "closed", "lowered", "concept")
TITLES = ("Energie", "Water, dijken; en meer", "Wonen aan de rivier", "Lunch")
OPENNESS = list(Openness)


class Play:
    """The region while it changes; every number says which of the possibilities a step takes."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.now = NOON
        self.seen: dict[tuple[int, str], bytes] = {}

    def step(self, name: str, number: int) -> None:
        """One deed, or nothing where a rule refuses it, and a minute."""
        self.now += timedelta(minutes=1)
        try:
            with db.session.begin_nested():
                STEPS[name](self, number)
        except Refused:
            pass
        db.session.expire_all()
        self.look()

    def look(self) -> None:
        for person in (self.region.member, self.region.other):
            for feed in feeds_of(person.id):
                self._look_at(feed)

    def _look_at(self, feed: CalendarFeed) -> None:
        today = amsterdam_date(self.now)
        state = personal_state(feed, today, self.now)
        content = write(personal_calendar(feed, BASE, today, self.now, state))
        assert self.seen.setdefault((feed.id, state.key), content) == content
        assert state.changed_at <= self.now

    def person(self, number: int) -> Person:
        return db.session.get_one(Person, (self.region.member, self.region.other)[number % 2].id)

    def meeting(self, number: int) -> Meeting:
        name = NAMES[number % len(NAMES)]
        return db.session.get_one(Meeting, self.region.meetings[name].id)

    @property
    def clerk(self) -> Person:
        return db.session.get_one(Person, self.region.clerk.id)

    def items(self, number: int) -> list[ProgrammeItem]:
        chosen = [title for place, title in enumerate(TITLES) if number >> place & 1]
        return [db.session.get_one(ProgrammeItem, self.region.items[one].id) for one in chosen]

    def feed(self, number: int) -> CalendarFeed:
        return feeds_of(self.person(number).id)[number // 2 % 2]

    # What somebody does.

    def register(self, number: int) -> None:
        person, items = self.person(number), self.items(number // 2)
        meeting = self.meeting(0 if items else number // 2)
        wish = Wish(person.offices[0], tuple(items), waitlist_if_full=True)
        registrations.register(meeting, person, wish, self.now)

    def withdraw(self, number: int) -> None:
        registrations.withdraw(self.meeting(number // 2), self.person(number), self.now)

    def choose(self, number: int) -> None:
        feed = self.feed(number)
        per_item, deadlines = CHOICES[number % 4]
        wish = calendar_feeds.Wish(f"{feed.name[:30]} {number}", per_item, deadlines)
        calendar_feeds.change(feed, wish, self.now)

    def renew(self, number: int) -> None:
        feed = self.feed(number)
        calendar_feeds.renew(feed, feed.generation, self.now)

    # What the clerk does.

    def rename(self, number: int) -> None:
        meeting = self.meeting(number)
        texts = Texts(f"Anders {number}", meeting.openness, f"Tekst {number}", meeting.note)
        change(meeting, texts, as_it_is(meeting), programme_of(meeting.id), self.clerk, self.now)

    def rename_item(self, number: int) -> None:
        for item in self.items(number):
            item.title = f"{item.title[:60]} {number}"

    def publish(self, number: int) -> None:
        publish(self.meeting(number), self.clerk, self.now)

    def announce(self, number: int) -> None:
        announce(self.meeting(number), self.clerk, self.now)

    def retract(self, number: int) -> None:
        meeting = self.meeting(number)
        retract(meeting, last_number(meeting.id) or 0, self.clerk, self.now)

    def move(self, number: int) -> None:
        meeting, days = self.meeting(number), timedelta(days=1 + number % 8)
        starts_at, ends_at = (
            moment.astimezone(AMSTERDAM) + days for moment in (meeting.starts_at, meeting.ends_at)
        )
        move(meeting, TimeAndPlace(starts_at, ends_at, meeting.venue), self.clerk, self.now)

    def open(self, number: int) -> None:
        meeting = self.meeting(number)
        texts = Texts(meeting.title, OPENNESS[number // 6 % 3], meeting.introduction, meeting.note)
        change(meeting, texts, as_it_is(meeting), programme_of(meeting.id), self.clerk, self.now)

    def cancel_item(self, number: int) -> None:
        for item in self.items(number)[:1]:
            item_cancelling.cancel_item(item, "Ziek", self.clerk, self.now)

    def cancel(self, number: int) -> None:
        cancel(self.meeting(number), "Storm", self.clerk, self.now)

    def terms(self, number: int) -> None:
        meeting = self.meeting(number % 3)
        admitted = list(Audience)[number % 2 :]
        closes_at = (meeting.registration_closes_at or NOON) + timedelta(hours=number - 20)
        opens_at, until = meeting.registration_opens_at, meeting.promotes_until
        maximum = [None, 1, 5][number % 3]
        terms = Terms(frozenset(admitted), maximum, opens_at, closes_at, until)
        change_terms(meeting, terms, self.now)

    # What comes by itself, and who comes and goes.

    def wait(self, number: int) -> None:
        self.now += timedelta(hours=(1, 11, 24, 24 * 7, 24 * 40)[number % 5])

    def join(self, number: int) -> None:
        day = amsterdam_date(self.now) + timedelta(days=number % 3 - 1)
        body, person = self.region.body, self.person(number)
        db.session.add(Membership(person_id=person.id, body_id=body.id, starts_on=day))
        db.session.flush()

    def leave(self, number: int) -> None:
        last = amsterdam_date(self.now) + timedelta(days=number % 3 - 1)
        for membership in db.session.query(Membership).filter_by(person_id=self.person(number).id):
            membership.ends_on = max(last, membership.starts_on)

    def end_office(self, number: int) -> None:
        self.person(number).offices[0].ends_on = date(2027, 3, 1 + number)


STEPS: dict[str, Callable[[Play, int], None]] = {
    name: step
    for name, step in vars(Play).items()
    if callable(step)
    and not name.startswith("_")
    and name not in ("step", "look", "person", "meeting", "items", "feed")
}
DEEDS = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 30)), max_size=12)


@pytest.fixture
def region(app: Flask) -> Region:
    """With two feeds for each of two people, who choose differently."""
    region = make_region(app)
    with app.app_context():
        for person in (region.member, region.other):
            for number in range(2):
                wish = calendar_feeds.Wish(f"Feed {number}", *CHOICES[number])
                calendar_feeds.add(person.id, wish, NOON)
                db.session.flush()
        db.session.commit()
    return region


def play(app: Flask, region: Region, examples: int, same_each_time: bool) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=same_each_time,
        suppress_health_check=list(HealthCheck),
    )
    @example([("withdraw", 0), ("wait", 3), *[("wait", 2)] * 6, *[("wait", 0)] * 6])
    @example([("wait", 3), ("wait", 2), ("wait", 1), ("wait", 1), *[("wait", 0)] * 3])
    @example([("join", 1), ("register", 15), ("choose", 3), ("rename", 0), ("publish", 0)])
    @example([("rename", 1), ("open", 1), ("wait", 1), ("leave", 0), ("wait", 2), ("move", 0)])
    @given(DEEDS)
    def run(deeds: list[tuple[str, int]]) -> None:
        with app.app_context():
            begin_writing()
            playing = Play(region)
            playing.look()
            for name, number in deeds:
                playing.step(name, number)
            db.session.rollback()

    run()


def test_equal_key_means_equal_bytes(app: Flask, region: Region) -> None:
    play(app, region, examples=6, same_each_time=True)


@pytest.mark.long
def test_equal_key_means_equal_bytes_for_long(app: Flask, region: Region) -> None:
    play(app, region, examples=300, same_each_time=False)
