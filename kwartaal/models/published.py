"""A publication as readers see it: its frozen content, with the places and openness of now.

Read from a stored version by `load_published` and `load_version`, or from a draft for a preview by
`read_content`. Outside the desk nothing reads a meeting's texts from its own row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem, live_agenda
from kwartaal.models.document import Document
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.programme import (
    ItemKind,
    ProgrammeItem,
    SignUp,
    live_items,
)
from kwartaal.models.publication import ANNOUNCEMENT, Publication, find_latest, find_version
from kwartaal.models.published_documents import (
    LiveDocument,
    Place,
    PublishedDocument,
    holds_documents,
    live_documents,
    read_place,
)
from kwartaal.models.published_view import (
    PublishedAgendaItem,
    PublishedItem,
    PublishedMeeting,
    PublishedPlaces,
    PublishedSpeaker,
    PublishedVenue,
)
from kwartaal.models.visibility import OUTSIDER, Viewer, is_member, sees_agenda_item, sees_document

__all__ = [
    "PublishedAgendaItem",
    "PublishedDocument",
    "PublishedItem",
    "PublishedMeeting",
    "PublishedPlaces",
    "PublishedSpeaker",
    "PublishedVenue",
    "Reader",
    "agenda_times",
    "load_latest",
    "load_published",
    "load_version",
    "read_content",
    "read_stored",
    "reader_of",
]


def load_published(
    meeting: Meeting, viewer: Viewer = OUTSIDER, today: date | None = None
) -> PublishedMeeting | None:
    """What readers see of a meeting now; None for a concept. At most five queries.

    Closed agenda items are as outsiders see them, unless a viewer is given with the day in
    Amsterdam. Whether the meeting itself may be seen is for `visible_meetings` to say.
    """
    publication = find_latest(meeting.id)
    return _read(meeting, publication, viewer, today) if publication else None


def load_latest(meeting: Meeting) -> PublishedMeeting | None:
    """The frozen part of what readers see now: titles and rounds, no places; one query."""
    publication = find_latest(meeting.id)
    return read_stored(publication) if publication else None


def load_version(
    meeting: Meeting, number: int, viewer: Viewer, today: date
) -> PublishedMeeting | None:
    """A version by its number, with today's openness; None when there is none."""
    publication = find_version(meeting.id, number)
    return _read(meeting, publication, viewer, today) if publication else None


def read_stored(publication: Publication) -> PublishedMeeting:
    """The frozen part of a version alone: no places, closed agenda items, no query."""
    version = (publication.number, publication.published_at)
    return read_content(publication.content, {}, {}, Reader(), version)


def read_content(
    content: Mapping[str, Any],
    rows: Mapping[int, ProgrammeItem],
    agenda: Mapping[int, AgendaItem],
    reader: Reader,
    version: tuple[int, datetime | None] = (ANNOUNCEMENT, None),
    documents: Mapping[int, LiveDocument] = MappingProxyType({}),
) -> PublishedMeeting:
    """The reading view of a snapshot; `rows`, `agenda` and `documents` are the live rows by id."""
    items = tuple(_item(item, rows) for item in content["items"])
    starts_at = _moment(content["starts_at"])
    times = agenda_times(content["agenda"], items, starts_at)
    return PublishedMeeting(
        number=version[0],
        published_at=version[1],
        title=content["title"],
        introduction=content["introduction"],
        note=content["note"],
        starts_at=starts_at,
        ends_at=_moment(content["ends_at"]),
        is_digital=content["is_digital"],
        venue=_venue(content["venue"]),
        items=items,
        agenda=tuple(
            _agenda_item(item, agenda.get(item["id"]), reader, starts, documents)
            for item, starts in zip(content["agenda"], times, strict=True)
        ),
        documents=_documents(content.get("documents", ()), documents, reader),
    )


@dataclass(frozen=True)
class Reader:
    """Somebody who sees the meeting, and whether as a member of its body."""

    viewer: Viewer = OUTSIDER
    is_member: bool = False

    def sees(self, row: AgendaItem | None) -> bool:
        """A row that is gone cannot say that it is open."""
        return row is not None and sees_agenda_item(row, self.viewer, self.is_member)

    def sees_document(self, row: Document) -> bool:
        return sees_document(row, self.viewer, self.is_member)


def reader_of(meeting: Meeting, viewer: Viewer, today: date | None) -> Reader:
    """The viewer in front of one meeting; asks for the membership only where there can be one."""
    body_id = meeting.series.body_id
    if viewer.person_id is None or body_id is None or today is None:
        return Reader(viewer)
    return Reader(viewer, bool(db.session.scalar(select(is_member(viewer, body_id, today)))))


def agenda_times(
    agenda: list[dict[str, Any]], items: tuple[PublishedItem, ...], starts_at: datetime
) -> list[datetime | None]:
    """When each point begins, running through the plenary parts of the day.

    After a point without minutes nobody can say, so the rest has no time. Without plenary parts
    the agenda begins with the meeting.
    """
    return list(_agenda_times(agenda, items, starts_at))


def _agenda_times(
    agenda: list[dict[str, Any]], items: tuple[PublishedItem, ...], starts_at: datetime
) -> Iterator[datetime | None]:
    parts = [item for item in items if item.kind == ItemKind.PLENARY]
    now: datetime | None = parts[0].starts_at if parts else starts_at
    for point in agenda:
        while len(parts) > 1 and now is not None and now >= parts[0].ends_at:
            parts.pop(0)
            now = max(now, parts[0].starts_at)
        yield now
        now = now + timedelta(minutes=point["minutes"]) if now and point["minutes"] else None


def _read(
    meeting: Meeting, publication: Publication, viewer: Viewer, today: date | None
) -> PublishedMeeting:
    return read_content(
        publication.content,
        live_items(meeting.id),
        live_agenda(meeting.id),
        reader_of(meeting, viewer, today),
        (publication.number, publication.published_at),
        live_documents(meeting.id) if holds_documents(publication.content) else {},
    )


def _item(item: Mapping[str, Any], rows: Mapping[int, ProgrammeItem]) -> PublishedItem:
    return PublishedItem(
        id=item["id"],
        public_id=item["public_id"],
        uid=item["uid"],
        kind=ItemKind(item["kind"]),
        title=item["title"],
        description=item["description"],
        theme=item["theme"],
        starts_at=_moment(item["starts_at"]),
        ends_at=_moment(item["ends_at"]),
        room=item["room"],
        speakers=tuple(PublishedSpeaker(**speaker) for speaker in item["speakers"]),
        workshops=tuple(_item(workshop, rows) for workshop in item["workshops"]),
        places=_places(item, rows.get(item["id"])),
    )


def _places(item: Mapping[str, Any], row: ProgrammeItem | None) -> PublishedPlaces | None:
    """Published with sign-up, and taking it still."""
    if item["sign_up"] == SignUp.NONE or row is None or not row.takes_sign_up:
        return None
    return PublishedPlaces(row.maximum, row.taken, row.waiting, row.free_places)


def _agenda_item(
    item: Mapping[str, Any],
    row: AgendaItem | None,
    reader: Reader,
    starts_at: datetime | None,
    documents: Mapping[int, LiveDocument],
) -> PublishedAgendaItem:
    is_closed = row is None or row.openness != Openness.OPENBAAR
    sees = reader.sees(row)
    shows_title = sees or (row is not None and row.shows_title)
    return PublishedAgendaItem(
        number=item["number"],
        public_id=item["public_id"],
        is_closed=is_closed,
        title=item["title"] if shows_title else None,
        text=item["text"] if sees else None,
        purpose=item["purpose"] if sees else None,
        minutes=item["minutes"] if sees else None,
        starts_at=starts_at if sees else None,
        documents=_documents(item.get("documents", ()), documents, reader) if sees else (),
    )


def _documents(
    places: Iterable[Place], rows: Mapping[int, LiveDocument], reader: Reader
) -> tuple[PublishedDocument, ...]:
    read = (
        read_place(place, live, live is not None and reader.sees_document(live.row))
        for place in places
        for live in [rows.get(place["id"])]
    )
    return tuple(document for document in read if document is not None)


def _venue(venue: Mapping[str, Any] | None) -> PublishedVenue | None:
    if venue is None:
        return None
    return PublishedVenue(venue["name"], venue["town"], venue["address"], venue["directions"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
