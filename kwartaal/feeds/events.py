"""Meetings and programme items as events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import TypeAlias
from zlib import crc32

from kwartaal.dutch import in_dutch
from kwartaal.feeds.texts import (
    item_news,
    news,
    paragraphs,
    place,
    programme,
    speakers,
    titled,
)
from kwartaal.feeds.whereabouts import conference_of, coordinates_of
from kwartaal.ical import Color, Event, Status, Transparency, busy, withdrawn
from kwartaal.models.calendar import WithdrawnEvent
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.programme import ItemKind, ProgrammeItem, cancelled_items
from kwartaal.models.publication import Publication, versions_by_meeting
from kwartaal.models.published import PublishedItem, PublishedMeeting, read_stored
from kwartaal.models.restoration import read_restorations
from kwartaal.models.series import Series

Cancelled: TypeAlias = Mapping[int, ProgrammeItem]
ALL_KINDS = frozenset(ItemKind)
REGION = Color.DARKSLATEBLUE
KIND_NAMES = {
    ItemKind.PLENARY: in_dutch("Plenair"),
    ItemKind.ROUND: in_dutch("Ronde"),
    ItemKind.WORKSHOP: in_dutch("Workshop"),
    ItemKind.LUNCH: in_dutch("Lunch"),
    ItemKind.DRINKS: in_dutch("Borrel"),
    ItemKind.BREAK: in_dutch("Pauze"),
}
STATUS = {
    MeetingState.ANNOUNCED: Status.TENTATIVE,
    MeetingState.PUBLISHED: Status.CONFIRMED,
    MeetingState.CANCELLED: Status.CANCELLED,
}


def meeting_event(meeting: Meeting, published: PublishedMeeting, base_url: str) -> Event:
    """A meeting for whoever may see all of it, taking up nobody's time: a reader need not come.

    TENTATIVE while announced, CONFIRMED once published; SEQUENCE is the meeting's calendar revision
    (decision "Calendars").
    """
    event = member_event(meeting, published, base_url)
    return replace(event, transp=Transparency.TRANSPARENT)


def member_event(meeting: Meeting, published: PublishedMeeting, base_url: str) -> Event:
    """A meeting of a body for its member; a closed one reads "Bezet" (decision "Calendars")."""
    agenda = agenda_page(meeting, published, base_url)
    said = (
        news(meeting, published),
        published.introduction,
        programme(published),
        titled(in_dutch("Agenda en stukken"), *agenda),
    )
    event = replace(
        event_of(meeting, published, said, base_url),
        status=STATUS[meeting.state],
        categories=(meeting.series.name,),
        attachments=agenda,
        color=color_of(meeting.series),
    )
    return event if meeting.is_public else busy(event)


def withdrawn_event(seen: WithdrawnEvent) -> Event:
    """What is left of a meeting for who could read it before; loads its meeting."""
    return withdrawn(
        Event(
            uid=str(seen.meeting.uid),
            summary="",
            starts_at=seen.starts_at,
            ends_at=seen.ends_at,
            revised_at=seen.withdrawn_at,
            created_at=seen.meeting.created_at,
            sequence=seen.sequence,
        )
    )


def histories_of(
    meeting_ids: Sequence[int],
) -> dict[int, tuple[list[Publication], dict[int, ProgrammeItem]]]:
    """Of each meeting all versions, oldest first, and its cancelled workshops: what events of items
    are made of. With what was restored since, which is read along; four queries.
    """
    read_restorations(meeting_ids)
    versions, cancelled = versions_by_meeting(meeting_ids), cancelled_items(meeting_ids)
    return {
        key: (versions[key], {row.id: row for row in cancelled.values() if row.meeting_id == key})
        for key in meeting_ids
    }


def item_events(
    meeting: Meeting,
    versions: Sequence[Publication],
    cancelled: Cancelled,
    base_url: str,
    kinds: Collection[ItemKind] = ALL_KINDS,
) -> tuple[Event, ...]:
    """Every item that ever stood in the programme; `versions` are all of them, oldest first.

    `cancelled` are the rows of workshops that will not be given: that counts from its own moment.

    SEQUENCE goes up with each version that shows an item otherwise (RFC 5545 section 3.8.7.4). An
    item that was taken out stays, CANCELLED under its last title (decision "Calendars"), and so do
    all when the meeting is cancelled. A version that was retracted leaves revisions and no content.
    """
    events = _history(meeting, versions, cancelled, base_url, kinds)
    if meeting.cancelled_at:
        events = _revised(events, _cancelled(events), meeting.cancelled_at)
    return tuple(events.values())


def withdrawn_items(
    seen: WithdrawnEvent,
    versions: Sequence[Publication],
    cancelled: Cancelled,
    base_url: str,
    kinds: Collection[ItemKind],
) -> tuple[Event, ...]:
    """What is left of the items of a meeting for who could read them until it was closed."""
    until = seen.withdrawn_at
    before = [version for version in versions if version.published_at <= until]
    off = {key: row for key, row in cancelled.items() if _cancelled_at(row) <= until}
    events = _history(seen.meeting, before, off, base_url, kinds, until)
    gone = {uid: withdrawn(event) for uid, event in events.items()}
    return tuple(_revised(events, gone, until).values())


def _history(
    meeting: Meeting,
    versions: Sequence[Publication],
    cancelled: Cancelled,
    base_url: str,
    kinds: Collection[ItemKind],
    until: datetime | None = None,
) -> dict[str, Event]:
    events: dict[str, Event] = {}
    turns = [turn for turn in _turns(meeting, cancelled) if until is None or turn <= until]
    for version, following in zip_longest(versions, versions[1:]):
        before = events
        for moment in _moments(version, following, turns):
            off = {key: row for key, row in cancelled.items() if _cancelled_at(row) <= moment}
            here = _items_of(meeting, version, moment, off, base_url, kinds)
            shown = _cancelled(events) | here
            if any(one.item_id is None and one.was_off(moment) for one in meeting.restorations):
                shown = _cancelled(shown)
            events = _revised(events, shown, moment)
        if version.retracted_at:
            events = _revised(events, _taken_back(events, before), version.retracted_at)
    return events


def event_of(
    meeting: Meeting, published: PublishedMeeting, said: Iterable[str], base_url: str
) -> Event:
    """What every event about a meeting has, with texts before the note and the address."""
    page, joining = meeting_page(meeting, base_url), conference_of(meeting, published)
    # Few programs show CONFERENCE, so it stands in the text as well.
    there = f"{joining.label}: {joining.address}" if joining else ""
    return Event(
        uid=str(meeting.uid),
        summary=published.title,
        starts_at=published.starts_at,
        ends_at=published.ends_at,
        revised_at=meeting.calendar_revised_at or published.published_at or meeting.created_at,
        created_at=meeting.created_at,
        sequence=meeting.calendar_revision,
        location=place(published),
        description=paragraphs(*said, there, published.note, page),
        url=page,
        geo=coordinates_of(published),
        conference=joining,
    )


def agenda_page(meeting: Meeting, published: PublishedMeeting, base_url: str) -> tuple[str, ...]:
    """The full address of the agenda with its documents; none when there is no agenda.

    What is in it is not told here: who may read which point is decided when it is read.
    """
    return (f"{meeting_page(meeting, base_url)}agenda/",) if published.agenda else ()


def color_of(series: Series) -> Color:
    """One for each body, and one for the meetings of the region."""
    if series.body is None:
        return REGION
    others = [color for color in Color if color is not REGION]
    return others[crc32(series.body.slug.encode()) % len(others)]


def meeting_page(meeting: Meeting, base_url: str) -> str:
    """The full address of a meeting's page (the contract's addresses)."""
    return f"{base_url}/bijeenkomsten/{meeting.slug}/"


def _turns(meeting: Meeting, cancelled: Cancelled) -> list[datetime]:
    """When items were cancelled, and when what was cancelled came back."""
    moments = set(map(_cancelled_at, cancelled.values()))
    for one in meeting.restorations:
        moments |= {one.cancelled_at, one.restored_at}
    return sorted(moments)


def _as_they_were(
    items: Iterable[PublishedItem], meeting: Meeting, moment: datetime
) -> Iterator[PublishedItem]:
    """Items with what was cancelled then and was restored since."""
    off = {one.item_id: one.reason for one in meeting.restorations if one.was_off(moment)}
    for item in items:
        yield replace(item, cancelled=off.get(item.id, item.cancelled))


def _moments(
    version: Publication, following: Publication | None, turns: Iterable[datetime]
) -> Iterator[datetime]:
    """When items of a version look otherwise: from its start, and when one is cancelled or back."""
    yield version.published_at
    for moment in turns:
        is_later = version.published_at < moment
        if is_later and (following is None or moment < following.published_at):
            yield moment


def _cancelled_at(row: ProgrammeItem) -> datetime:
    if row.cancelled_at is None:
        raise ValueError(f"item {row.id} is not cancelled")
    return row.cancelled_at


def _items_of(
    meeting: Meeting,
    version: Publication,
    moment: datetime,
    cancelled: Cancelled,
    base_url: str,
    kinds: Collection[ItemKind],
) -> dict[str, Event]:
    published, page = read_stored(version, cancelled), meeting_page(meeting, base_url)
    return {
        item.uid: Event(
            uid=item.uid,
            summary=item.title,
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            revised_at=moment,
            created_at=moment,
            location=", ".join(filter(None, (item.room, place(published)))),
            status=Status.CONFIRMED if item.cancelled is None else Status.CANCELLED,
            description=paragraphs(item_news(item), item.description, speakers(item), page),
            url=page,
            categories=(KIND_NAMES[item.kind], item.theme),
            geo=coordinates_of(published),
            transp=Transparency.TRANSPARENT,
            related_to=str(meeting.uid),
        )
        for item in _as_they_were(published.all_items, meeting, moment)
        if item.kind in kinds
    }


def _cancelled(events: Mapping[str, Event]) -> dict[str, Event]:
    return {uid: replace(event, status=Status.CANCELLED) for uid, event in events.items()}


def _taken_back(events: Mapping[str, Event], before: Mapping[str, Event]) -> dict[str, Event]:
    """As it was before a version; what only that version had reads "Vervallen afspraak"."""
    return {uid: before.get(uid) or withdrawn(event) for uid, event in events.items()}


def _revised(
    before: Mapping[str, Event], shown: Mapping[str, Event], moment: datetime
) -> dict[str, Event]:
    """The events as shown from a moment on, by UID."""
    return {
        uid: _next(before[uid], event, moment) if uid in before else event
        for uid, event in shown.items()
    }


def _next(before: Event, event: Event, moment: datetime) -> Event:
    """A revision only when a reader sees a difference."""
    same = replace(
        event,
        sequence=before.sequence,
        revised_at=before.revised_at,
        created_at=before.created_at,
    )
    if same == before:
        return before
    return replace(same, sequence=before.sequence + 1, revised_at=moment)
