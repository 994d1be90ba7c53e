"""What stands in each feed, as a calendar to write."""

from __future__ import annotations

from datetime import date

from kwartaal.feeds import addresses
from kwartaal.feeds.events import item_events, meeting_event, withdrawn_event
from kwartaal.ical import Calendar, Color
from kwartaal.models.feeds import (
    FeedState,
    as_published,
    public_meetings,
    withdrawn_from_public,
)
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import cancelled_items
from kwartaal.models.publication import versions_of
from kwartaal.models.published import read_stored
from kwartaal.models.series import Series

PUBLIC_NAME = "Kwartaal: openbare bijeenkomsten"


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
