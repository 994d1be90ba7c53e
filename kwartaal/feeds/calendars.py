"""What stands in each feed, as a calendar to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from kwartaal.feeds import addresses
from kwartaal.feeds.events import item_events, meeting_event, member_event, withdrawn_event
from kwartaal.feeds.personal import personal_event, revised
from kwartaal.ical import Calendar, Color, Event
from kwartaal.models.calendar import CalendarFeed
from kwartaal.models.feeds import (
    FeedState,
    as_published,
    meetings_for,
    public_meetings,
    withdrawn_among,
    withdrawn_from_public,
)
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import cancelled_items
from kwartaal.models.publication import versions_of
from kwartaal.models.published import read_stored
from kwartaal.models.registration import RegistrationState
from kwartaal.models.series import Series
from kwartaal.models.standing import Standing, standings_of

PUBLIC_NAME = "Kwartaal: openbare bijeenkomsten"
PERSONAL_NAME = "Kwartaal: mijn bijeenkomsten"


def public_calendar(
    base_url: str, today: date, state: FeedState, series: Series | None = None
) -> Calendar:
    """All public meetings, or those of one series, also past and cancelled ones; no items."""
    here = (
        addresses.of_series(series.slug, base_url) if series else addresses.of_everything(base_url)
    )
    seen = as_published(public_meetings(today, series))
    return Calendar(
        name=series.name if series else PUBLIC_NAME,
        events=(
            *(meeting_event(meeting, published, base_url) for meeting, published in seen),
            *map(withdrawn_event, withdrawn_from_public(series)),
        ),
        source=here.https,
        url=addresses.page(base_url),
        color=Color.DARKSLATEBLUE,
        revised_at=state.changed_at,
    )


def meeting_calendar(meeting: Meeting, base_url: str) -> Calendar:
    """One public meeting and everything that ever stood in its programme."""
    versions, cancelled = versions_of(meeting.id), cancelled_items([meeting.id])
    latest = [version for version in versions if not version.is_retracted][-1]
    event = meeting_event(meeting, read_stored(latest, cancelled), base_url)
    return Calendar(
        name=event.summary,
        events=(event, *item_events(meeting, versions, cancelled, base_url)),
        source=addresses.of_meeting(meeting, base_url).https,
        url=event.url,
        color=Color.DARKSLATEBLUE,
    )


def personal_calendar(
    feed: CalendarFeed, base_url: str, today: date, now: datetime, state: FeedState
) -> Calendar:
    """What one person is registered for, and the meetings of the bodies one is a member of.

    A meeting one withdrew from stays, CANCELLED, until it is over (decision "Calendars").
    """
    events = _personal_events(feed.person_id, base_url, today, now)
    return Calendar(
        name=PERSONAL_NAME,
        events=tuple(events),
        url=addresses.page(base_url),
        color=Color.TEAL,
        revised_at=state.changed_at,
    )


def _personal_events(person_id: int, base_url: str, today: date, now: datetime) -> Iterator[Event]:
    seen = {meeting.id: meeting for meeting in meetings_for(person_id, today)}
    standings = standings_of(person_id)
    had = {standing.registration.meeting_id for standing in standings}
    kept = [standing for standing in standings if not _is_done_with(standing, now)]
    for standing in kept:
        if standing.registration.meeting_id in seen and standing.published:
            yield personal_event(standing, base_url)
    yield from _withdrawn([one for one in kept if one.registration.meeting_id not in seen])
    others = (meeting for key, meeting in seen.items() if key not in had)
    for meeting, published in as_published(others):
        yield member_event(meeting, published, base_url)


def _is_done_with(standing: Standing, now: datetime) -> bool:
    registration = standing.registration
    left = registration.state == RegistrationState.WITHDRAWN
    return left and registration.meeting.ends_at <= now


def _withdrawn(standings: Sequence[Standing]) -> Iterator[Event]:
    """Meetings that were closed to somebody who is registered for them."""
    registrations = {one.registration.meeting_id: one.registration for one in standings}
    for row in withdrawn_among(registrations):
        yield revised(withdrawn_event(row), registrations[row.meeting_id])
