"""Which calendars the page offers to this visitor, and what the chosen one will hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from flask_babel import gettext as _

from kwartaal.db import db
from kwartaal.feeds import addresses
from kwartaal.feeds.calendars import PUBLIC_NAME, municipality_events, municipality_name
from kwartaal.feeds.events import meeting_event
from kwartaal.feeds.personal_calendar import name_of, personal_events
from kwartaal.feeds.subscribing import Subscription
from kwartaal.ical import Event
from kwartaal.models.calendar import CalendarFeed
from kwartaal.models.feeds import as_published
from kwartaal.models.listed import coming, in_series, seen_whole, series_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Organisation, OrganisationKind, all_organisations
from kwartaal.models.visibility import OUTSIDER, visible_meetings

MOST_SHOWN = 5


@dataclass(frozen=True)
class Offered:
    """A calendar to choose: `key` stands in the page's address, `label` on the page."""

    key: str
    label: str
    subscription: Subscription
    own: CalendarFeed | None = None
    series: str | None = None
    municipality: Organisation | None = None


def offered(feeds: list[CalendarFeed], today: date) -> list[Offered]:
    """One's own calendars first, then those for everybody."""
    return [*_own(feeds), *_public(today)]


def coming_in(chosen: Offered, today: date, now: datetime) -> list[Event]:
    """The next events that the calendar will hold, soonest first; one more than are shown."""
    if chosen.own is not None:
        return next_of(personal_events(chosen.own, base_url(), today, now), now, MOST_SHOWN)
    if chosen.municipality is not None:
        events = municipality_events(chosen.municipality, base_url(), today)
        return next_of(events, now, MOST_SHOWN)
    return _coming_in_public(chosen.series, today, now)


def next_of(events: Iterable[Event], now: datetime, most: int) -> list[Event]:
    """Those that are not over, soonest first; one more than `most`, so that a page can say so."""
    later = (event for event in events if event.ends_at > now)
    return sorted(later, key=lambda event: (event.starts_at, event.uid))[: most + 1]


def base_url() -> str:
    address: str = current_app.config["BASE_URL"]
    return address


def own_subscription(feed: CalendarFeed) -> Subscription:
    """With the secret address: for its owner's eyes only."""
    address = addresses.of_person(feed, base_url(), current_app.config["SECRET_KEY"])
    return Subscription(name_of(feed), address)


def _own(feeds: list[CalendarFeed]) -> Iterator[Offered]:
    for feed in feeds:
        label = feed.name if len(feeds) > 1 else _("Uw eigen agenda")
        yield Offered(f"eigen-{feed.position}", label, own_subscription(feed), own=feed)


def _public(today: date) -> Iterator[Offered]:
    everything = Subscription(PUBLIC_NAME, addresses.of_everything(base_url()))
    yield Offered("openbaar", _("Alle openbare bijeenkomsten"), everything)
    for slug, name in series_of(visible_meetings(OUTSIDER, today)):
        subscription = Subscription(name, addresses.of_series(slug, base_url()))
        yield Offered(f"reeks-{slug}", name, subscription, series=slug)
    for one in all_organisations(OrganisationKind.MUNICIPALITY):
        address = addresses.of_municipality(one.slug, base_url())
        subscription = Subscription(municipality_name(one), address)
        yield Offered(f"gemeente-{one.slug}", one.name, subscription, municipality=one)


def _coming_in_public(series: str | None, today: date, now: datetime) -> list[Event]:
    meetings = coming(OUTSIDER, today).where(Meeting.ends_at > now)
    meetings = seen_whole(meetings) if series is None else in_series(meetings, series)
    seen = as_published(db.session.scalars(meetings.limit(MOST_SHOWN + 1)))
    events = [meeting_event(meeting, published, base_url()) for meeting, published in seen]
    return sorted(events, key=lambda event: (event.starts_at, event.uid))
