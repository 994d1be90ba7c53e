"""What stands in each feed, as a calendar to write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from kwartaal.dutch import in_dutch
from kwartaal.feeds import addresses
from kwartaal.feeds.events import (
    REGION,
    color_of,
    histories_of,
    item_events,
    meeting_event,
    withdrawn_event,
    withdrawn_items,
)
from kwartaal.feeds.public_events import deadline_event, elsewhere_event
from kwartaal.feeds.selection import Selection
from kwartaal.ical import Calendar, Event
from kwartaal.models.calendar import WithdrawnEvent
from kwartaal.models.feeds import (
    FeedState,
    as_published,
    of_series,
    public_meetings,
    withdrawn_among,
    withdrawn_from_public,
)
from kwartaal.models.hosting import hosted_in
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Organisation
from kwartaal.models.programme import ItemKind, cancelled_items
from kwartaal.models.public_deadlines import public_deadlines
from kwartaal.models.publication import versions_of
from kwartaal.models.published import read_stored
from kwartaal.models.series import Series

PUBLIC_NAME = in_dutch("Kwartaal: openbare bijeenkomsten")
ABOUT = in_dutch(
    "Wat hierin verandert, verandert vanzelf mee in uw agenda. Op de site staat het nieuwste."
)


def public_calendar(
    base_url: str, today: date, state: FeedState, series: Series | None = None
) -> Calendar:
    """All public meetings, or those of one series, also past and cancelled ones; no items."""
    here = (
        addresses.of_series(series.slug, base_url) if series else addresses.of_everything(base_url)
    )
    which = of_series([series]) if series else None
    seen = as_published(public_meetings(today, which))
    return Calendar(
        name=series.name if series else PUBLIC_NAME,
        events=(
            *(meeting_event(meeting, published, base_url) for meeting, published in seen),
            *map(withdrawn_event, withdrawn_from_public(which)),
        ),
        description=ABOUT,
        source=here.https,
        url=f"{base_url}/reeksen/{series.slug}/" if series else addresses.page(base_url),
        color=color_of(series) if series else REGION,
        revised_at=state.changed_at,
    )


def municipality_calendar(
    municipality: Organisation, base_url: str, today: date, state: FeedState
) -> Calendar:
    """The public meetings in one municipality; one that moved away stays, cancelled there."""
    return Calendar(
        name=municipality_name(municipality),
        events=municipality_events(municipality, base_url, today),
        description=ABOUT,
        source=addresses.of_municipality(municipality.slug, base_url).https,
        url=addresses.page(base_url),
        color=REGION,
        revised_at=state.changed_at,
    )


def municipality_name(municipality: Organisation) -> str:
    """What a program calls the feed of a municipality."""
    return in_dutch("Kwartaal: bijeenkomsten in %(municipality)s", municipality=municipality.name)


def municipality_events(
    municipality: Organisation, base_url: str, today: date
) -> tuple[Event, ...]:
    """The events of that feed."""
    rows = hosted_in(municipality.id)
    here = [row.meeting_id for row in rows if row.left_at is None]
    seen = as_published(public_meetings(today, Meeting.id.in_(here)))
    return (
        *(meeting_event(meeting, published, base_url) for meeting, published in seen),
        *map(withdrawn_event, withdrawn_among(here)),
        *(elsewhere_event(row, base_url) for row in rows if row.left_at is not None),
    )


def composed_name(series: Sequence[Series]) -> str:
    """The same for a composed feed; `series` are those of the choice that outsiders may see."""
    names = ", ".join(one.name for one in series)
    return f"Kwartaal: {names}" if names else PUBLIC_NAME


def composed_calendar(
    chosen: Selection, series: Sequence[Series], base_url: str, today: date, state: FeedState
) -> Calendar:
    """What somebody chose: public meetings, if wanted with programme items and deadlines.

    `series` are those of the choice that outsiders may see.
    """
    which = of_series(series) if chosen.series else None
    seen = as_published(public_meetings(today, which))
    gone = withdrawn_from_public(which)
    events = [meeting_event(meeting, published, base_url) for meeting, published in seen]
    events += map(withdrawn_event, gone)
    if chosen.with_items:
        events += _items([meeting for meeting, _ in seen], gone, chosen.item_kinds, base_url)
    if chosen.with_deadlines:
        events += (deadline_event(row, base_url) for row in public_deadlines(which))
    return Calendar(
        name=composed_name(series),
        events=tuple(events),
        description=ABOUT,
        source=addresses.of_selection(chosen, base_url).https,
        url=addresses.page(base_url),
        color=REGION,
        revised_at=state.changed_at,
    )


def _items(
    meetings: Sequence[Meeting],
    gone: Sequence[WithdrawnEvent],
    kinds: Collection[ItemKind],
    base_url: str,
) -> Iterator[Event]:
    """Those of all these meetings; four queries."""
    histories = histories_of([*(one.id for one in meetings), *(one.meeting_id for one in gone)])
    for meeting in meetings:
        yield from item_events(meeting, *histories[meeting.id], base_url, kinds)
    for one in gone:
        yield from withdrawn_items(one, *histories[one.meeting_id], base_url, kinds)


def meeting_calendar(meeting: Meeting, base_url: str, with_items: bool = True) -> Calendar:
    """One public meeting, if wanted with everything that ever stood in its programme."""
    versions, cancelled = versions_of(meeting.id), cancelled_items([meeting.id])
    latest = [version for version in versions if not version.is_retracted][-1]
    event = meeting_event(meeting, read_stored(latest, cancelled), base_url)
    items = item_events(meeting, versions, cancelled, base_url) if with_items else ()
    return Calendar(
        name=event.summary,
        events=(event, *items),
        description=ABOUT,
        source=addresses.of_meeting(meeting, base_url, with_items).https,
        url=event.url,
        color=event.color,
    )
