"""A region with meetings in every state, the same on every day and database, for feeds.

Every id that stands in a feed is fixed. Titles that must be in no feed hold CANARY.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from kwartaal.db import begin_writing, db
from kwartaal.domain.publications import announce, cancel, publish
from kwartaal.domain.registrations import Wish, register, withdraw
from kwartaal.models.body import Body
from kwartaal.models.calendar import openness_changed
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, Speaker
from kwartaal.models.series import Series
from kwartaal.models.venue import Room, Venue
from tests.factories import (
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_series,
    a_venue,
    a_workshop,
    an_item,
    staff,
)
from tests.letting_go import commit_and_let_go

CANARY = "Kanarie"
WRITTEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def utc(month: int, day: int, hour: int, minute: int = 0, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def uid(number: int) -> uuid.UUID:
    return uuid.UUID(int=(0xFEED << 112) + (4 << 76) + (2 << 62) + number)


@dataclass
class Region:
    """What the scenario made; ids stay readable after it."""

    clerk: Person = field(default_factory=staff)
    member: Person = field(default_factory=a_council_member)
    other: Person = field(default_factory=a_council_member)
    body: Body = field(default_factory=lambda: a_body(slug="spiegelgroep", name="Spiegelgroep"))
    meetings: dict[str, Meeting] = field(default_factory=dict)
    items: dict[str, ProgrammeItem] = field(default_factory=dict)

    @property
    def quarterly(self) -> Meeting:
        return self.meetings["quarterly"]


def the_venue() -> Venue:
    return a_venue(
        slug="stadhuis-sliedrecht",
        name="Stadhuis Sliedrecht",
        street="Industrieweg 11",
        postcode="3361 HJ",
        town="Sliedrecht",
        latitude=51.8212,
        longitude=4.7724,
        rooms=[Room(name="Raadzaal", capacity=200), Room(name="Kil", capacity=30)],
    )


def make_region(app: Flask) -> Region:
    """Store it all, one step after the other."""
    region = Region()
    with writing(app):
        _plan(region)
        _live(region)
        commit_and_let_go()
    return region


@contextmanager
def writing(app: Flask) -> Iterator[None]:
    """A transaction of its own, as of one request."""
    with app.app_context():
        begin_writing()
        yield
        db.session.commit()


def _plan(region: Region) -> None:
    open_series = a_series(slug="kwartaalbijeenkomsten", name="Kwartaalbijeenkomsten")
    closed_series = a_series(slug="spiegelgroep", name="Spiegelgroep", body=region.body)
    venue = the_venue()
    day = _quarterly(region, open_series, venue)
    drafts = {
        "announced": ("Kwartaalbijeenkomst zomer; wonen, werken", open_series, utc(6, 22, 10)),
        "cancelled": ("Inloop over de begroting", open_series, utc(4, 6, 14)),
        "night": ("Nacht van de regio", open_series, utc(10, 30, 20)),
        "concept": (f"{CANARY} van een concept", open_series, utc(9, 14, 10)),
        "lowered": (f"{CANARY} die openbaar was", closed_series, utc(5, 11, 8)),
        "closed": (f"{CANARY} besloten", closed_series, utc(5, 25, 8)),
        "date_only": (f"{CANARY} alleen datum", closed_series, utc(6, 8, 8)),
        "open_body": ("Open dag van de spiegelgroep", closed_series, utc(9, 7, 8)),
    }
    for number, (name, (title, series, starts_at)) in enumerate(drafts.items(), 100):
        region.meetings[name] = _draft(number, name, title, series, starts_at, venue)
    region.meetings["night"].ends_at = utc(10, 31, 1, 30)  # 2.30 uur, the second time round
    region.meetings["closed"].openness = Openness.BESLOTEN
    region.meetings["date_only"].openness = Openness.DATUM
    for number, meeting in enumerate(region.meetings.values(), 500):
        if meeting is not day:
            _item(region, number, meeting, f"Opening {meeting.slug}", meeting.starts_at)
    people = (region.clerk, region.member, region.other)
    db.session.add_all([*people, *region.meetings.values(), *region.items.values()])
    db.session.add(a_membership(region.member, region.body))
    db.session.flush()


def _draft(
    number: int, slug: str, title: str, series: Series, starts_at: datetime, venue: Venue
) -> Meeting:
    return a_meeting(
        uid=uid(number),
        slug=slug.replace("_", "-"),
        title=title,
        series=series,
        venue=venue,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        created_at=WRITTEN,
        state=MeetingState.CONCEPT,
        registration_opens_at=WRITTEN,
    )


def _quarterly(region: Region, series: Series, venue: Venue) -> Meeting:
    """Midday, before the clock goes forward: lunch, a plenary part and two rounds."""
    start = utc(3, 23, 11)
    meeting = _draft(1, "kwartaalbijeenkomst", "Kwartaalbijeenkomst voorjaar", series, start, venue)
    meeting.ends_at = start + timedelta(hours=5)
    meeting.is_digital, meeting.online_address = True, "https://stream.example.org/voorjaar"
    meeting.introduction = "Drie uur over wonen, water en wat u van elkaar wilt weten."
    region.meetings["quarterly"] = meeting
    hours = [start + timedelta(hours=n) for n in range(5)]
    raadzaal, kil = venue.rooms
    _item(region, 2, meeting, "Lunch", hours[0], kind=ItemKind.LUNCH, sign_up=SignUp.OPEN)
    opening = _item(region, 3, meeting, "Opening", hours[1], room=raadzaal)
    opening.speakers.append(Speaker(name="Noor Visser", part="dagvoorzitter"))
    first = _item(region, 4, meeting, "Ronde 1", hours[2], kind=ItemKind.ROUND)
    second = _item(region, 5, meeting, "Ronde 2", hours[3], kind=ItemKind.ROUND)
    for number, round_, title, maximum, room in (
        (6, first, "Wonen aan de rivier", 1, kil),
        (7, first, "Water, dijken; en meer", 20, raadzaal),
        (8, second, "Energie", 20, kil),
    ):
        workshop = a_workshop(round_, maximum, uid=uid(number), title=title, theme="Wonen")
        workshop.room, workshop.position = room, number
        region.items[title] = workshop
    return meeting


def _item(
    region: Region,
    number: int,
    meeting: Meeting,
    title: str,
    starts_at: datetime,
    **columns: object,
) -> ProgrammeItem:
    kind = columns.pop("kind", ItemKind.PLENARY)
    item = an_item(meeting, kind, uid=uid(number), title=title, starts_at=starts_at, **columns)
    region.items[title] = item
    return item


def _live(region: Region) -> None:
    """One thing after the other; the clock of the test comes after all of it."""
    clerk, meetings, items = region.clerk, region.meetings, region.items
    for hour, name in enumerate(meetings):
        if name in ("announced", "quarterly"):
            act(announce, meetings[name], clerk, utc(1, 11, hour))
        if name not in ("announced", "concept"):
            act(publish, meetings[name], clerk, utc(1, 12, hour))
    act(cancel, meetings["cancelled"], "Er zijn te weinig aanmeldingen.", clerk, utc(2, 1, 9))
    close(meetings["lowered"], utc(2, 2, 9))
    wonen, water, energie = (
        items[title] for title in ("Wonen aan de rivier", "Water, dijken; en meer", "Energie")
    )
    day, lunch = meetings["quarterly"], items["Lunch"]
    sign_up(day, region.other, utc(2, 20, 9), wonen)
    sign_up(day, region.member, utc(2, 20, 10), water, energie, lunch)
    sign_up(day, region.member, utc(2, 21, 9), wonen, energie, lunch)
    sign_up(meetings["night"], region.member, utc(2, 22, 9))
    act(withdraw, meetings["night"], region.member, utc(2, 23, 9))
    sign_up(meetings["closed"], region.member, utc(2, 24, 9))


def sign_up(meeting: Meeting, person: Person, now: datetime, *items: ProgrammeItem) -> None:
    """Register somebody or change the choice; waiting is fine."""
    person = _stored(person)
    chosen = tuple(_stored(item) for item in items)
    wish = Wish(person.offices[0], chosen, waitlist_if_full=True)
    register(_stored(meeting), person, wish, now)
    db.session.flush()


def act(operation: Callable[..., object], *about: object) -> None:
    """One domain call on rows as they are stored."""
    operation(*(_stored(one) for one in about))
    db.session.flush()


def close(meeting: Meeting, now: datetime, openness: Openness = Openness.BESLOTEN) -> None:
    """Set another openness, as the desk does for what is announced."""
    stored: Meeting = _stored(meeting)
    before, stored.openness = stored.openness, openness
    openness_changed(stored, before, now)


def _stored(one: Any) -> Any:
    return db.session.get_one(type(one), one.id) if hasattr(one, "id") else one
