"""What stands in a personal feed, as a calendar to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from kwartaal.dutch import in_dutch
from kwartaal.feeds import addresses
from kwartaal.feeds.events import histories_of, item_events, member_event, withdrawn_event
from kwartaal.feeds.personal import frame_event, own_item_events, personal_event, revised
from kwartaal.feeds.public_events import deadline_event
from kwartaal.ical import Calendar, Color, Event
from kwartaal.models.calendar import CalendarFeed
from kwartaal.models.deadlines import deadlines_of
from kwartaal.models.feeds import FeedState, as_published, meetings_for, withdrawn_among
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import item_uids
from kwartaal.models.registration import RegistrationState
from kwartaal.models.standing import Standing, standings_of


def name_of(feed: CalendarFeed) -> str:
    """What a program calls the feed: its owner's name for it, so that two can be told apart."""
    return in_dutch("Kwartaal: %(name)s", name=feed.name)


def personal_calendar(
    feed: CalendarFeed, base_url: str, today: date, now: datetime, state: FeedState
) -> Calendar:
    """What one person is registered for, and the meetings of the bodies one is a member of.

    A meeting one withdrew from stays, CANCELLED, until it is over (decision "Calendars"). The feed
    says whether what one chose has events of its own, and whether deadlines are in it.
    """
    return Calendar(
        name=name_of(feed),
        events=personal_events(feed, base_url, today, now),
        url=addresses.page(base_url),
        color=Color.TEAL,
        revised_at=state.changed_at,
    )


def personal_events(
    feed: CalendarFeed, base_url: str, today: date, now: datetime
) -> tuple[Event, ...]:
    """The events of a personal feed, in a constant number of queries for each kind of feed."""
    seen = {meeting.id: meeting for meeting in meetings_for(feed.person_id, today)}
    standings = standings_of(feed.person_id)
    had = {standing.registration.meeting_id for standing in standings}
    kept = [standing for standing in standings if not _is_done_with(standing, now)]
    own = [one for one in kept if one.registration.meeting_id in seen and one.published]
    gone = [one for one in kept if one.registration.meeting_id not in seen]
    others = [meeting for key, meeting in seen.items() if key not in had]
    return (
        *_own(own, feed.per_item, base_url, now),
        *_withdrawn(gone),
        *_of_bodies(others, base_url),
        *(_deadlines(feed.person_id, base_url, now) if feed.with_deadlines else ()),
    )


def _is_done_with(standing: Standing, now: datetime) -> bool:
    registration = standing.registration
    left = registration.state == RegistrationState.WITHDRAWN
    return left and registration.meeting.ends_at <= now


def _own(
    standings: Sequence[Standing], per_item: bool, base_url: str, now: datetime
) -> Iterator[Event]:
    if not per_item:
        yield from (personal_event(standing, base_url) for standing in standings)
        return
    meetings = [one.registration.meeting for one in standings]
    # The parts of a closed meeting would tell what it is about.
    items = _items_of([meeting for meeting in meetings if meeting.is_public], base_url)
    for standing in standings:
        yield frame_event(standing, base_url)
        yield from own_item_events(standing, items, now)


def _items_of(meetings: Sequence[Meeting], base_url: str) -> dict[int, Event]:
    """Every item that ever stood in the programme of these meetings, by its id; five queries."""
    ids = [meeting.id for meeting in meetings]
    histories, uids = histories_of(ids), item_uids(ids)
    events = {
        event.uid: event
        for meeting in meetings
        for event in item_events(meeting, *histories[meeting.id], base_url)
    }
    return {key: events[uid] for key, uid in uids.items() if uid in events}


def _withdrawn(standings: Sequence[Standing]) -> Iterator[Event]:
    """Meetings that were closed to somebody who is registered for them."""
    registrations = {one.registration.meeting_id: one.registration for one in standings}
    for row in withdrawn_among(registrations):
        yield revised(withdrawn_event(row), registrations[row.meeting_id])


def _of_bodies(meetings: Sequence[Meeting], base_url: str) -> Iterator[Event]:
    for meeting, published in as_published(meetings):
        yield member_event(meeting, published, base_url)


def _deadlines(person_id: int, base_url: str, now: datetime) -> Iterator[Event]:
    return (deadline_event(row, base_url) for row in deadlines_of(person_id, now))
