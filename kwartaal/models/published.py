"""A publication as readers see it: its frozen content, with the places and openness of now.

Read from a stored version by `load_published` and `load_version`, or from a draft for a preview by
`read_content`. Outside the desk nothing reads a meeting's texts from its own row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
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
    Frozen,
    LiveDocument,
    PublishedDocument,
    holds_documents,
    live_documents,
    read_document,
)
from kwartaal.models.published_view import (
    PublishedAgendaItem,
    PublishedItem,
    PublishedLink,
    PublishedMeeting,
    PublishedPlaces,
    PublishedSpeaker,
    PublishedVenue,
)
from kwartaal.models.running_times import agenda_times, durations
from kwartaal.models.visibility import OUTSIDER, Viewer, is_member, sees_agenda_item, sees_document

__all__ = [
    "PublishedAgendaItem",
    "PublishedDocument",
    "PublishedItem",
    "PublishedLink",
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
    """A version by its number, with today's openness; None when there is none.

    A retracted version is there for whoever prepares meetings, and for nobody else.
    """
    publication = find_version(meeting.id, number)
    if publication is None or (publication.is_retracted and not viewer.prepares_meetings):
        return None
    return _read(meeting, publication, viewer, today)


def read_stored(
    publication: Publication, cancelled: Mapping[int, ProgrammeItem] | None = None
) -> PublishedMeeting:
    """The frozen part of a version alone: no places, closed agenda items, no query.

    `cancelled` are the rows of workshops that will not be given (programme.cancelled_items).
    """
    version = (publication.number, publication.published_at)
    return read_content(publication.content, cancelled or {}, {}, Reader(), version)


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
        agenda=_agenda(
            content["agenda"],
            agenda,
            reader,
            agenda_times(content["agenda"], items, starts_at),
            documents,
        ),
        documents=_documents(content.get("documents", ()), documents, reader),
        online_address=content.get("online_address", ""),
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
        cancelled=_cancelled(item, rows.get(item["id"])),
    )


def _places(item: Mapping[str, Any], row: ProgrammeItem | None) -> PublishedPlaces | None:
    """Published with sign-up, and taking it still."""
    if item["sign_up"] == SignUp.NONE or row is None or not row.takes_sign_up:
        return None
    return PublishedPlaces(row.maximum, row.taken, row.waiting, row.free_places)


def _cancelled(item: Mapping[str, Any], row: ProgrammeItem | None) -> str | None:
    """Why it will not be given: what is so now counts, also in a version of before."""
    if row is not None and row.is_cancelled:
        return row.cancel_reason
    reason: str | None = item.get("cancelled")
    return reason


def _agenda(
    points: list[dict[str, Any]],
    rows: Mapping[int, AgendaItem],
    reader: Reader,
    times: Iterable[datetime | None],
    documents: Mapping[int, LiveDocument],
) -> tuple[PublishedAgendaItem, ...]:
    """The points this reader may know of, each with its sub-points.

    Under a point stands what stood there when it was published; see `Reader.sees` for now.
    """
    read: dict[int, PublishedAgendaItem] = {}
    for item, minutes, starts_at in zip(points, durations(points), times, strict=True):
        row, above = rows.get(item["id"]), item.get("parent")
        if above is None:
            read[item["id"]] = _agenda_item(item, row, reader, minutes, starts_at, documents)
        elif reader.sees(rows.get(above)):
            subpoint = _agenda_item(item, row, reader, minutes, starts_at, documents)
            if not rows[above].is_open:
                subpoint = replace(subpoint, is_closed=True)
            point = read[above]
            read[above] = replace(point, subpoints=(*point.subpoints, subpoint))
    return tuple(read.values())


def _agenda_item(
    item: Mapping[str, Any],
    row: AgendaItem | None,
    reader: Reader,
    minutes: int | None,
    starts_at: datetime | None,
    documents: Mapping[int, LiveDocument],
) -> PublishedAgendaItem:
    sees = reader.sees(row)
    shows_title = sees or (row is not None and row.shows_title)
    return PublishedAgendaItem(
        number=item["number"],
        public_id=item["public_id"],
        is_closed=row is None or not row.is_open,
        title=item["title"] if shows_title else None,
        text=item["text"] if sees else None,
        purpose=item["purpose"] if sees else None,
        minutes=minutes if sees else None,
        starts_at=starts_at if sees else None,
        shows_date=not sees and row is not None and row.openness == Openness.DATUM,
        speaker=item.get("speaker", "") if sees else "",
        links=tuple(PublishedLink(**link) for link in item.get("links", ())) if sees else (),
        documents=_documents(item.get("documents", ()), documents, reader) if sees else (),
    )


def _documents(
    content: Iterable[Frozen], rows: Mapping[int, LiveDocument], reader: Reader
) -> tuple[PublishedDocument, ...]:
    read = (
        read_document(frozen, live, live is not None and reader.sees_document(live.row))
        for frozen in content
        for live in [rows.get(frozen["id"])]
    )
    return tuple(document for document in read if document is not None)


def _venue(venue: Mapping[str, Any] | None) -> PublishedVenue | None:
    if venue is None:
        return None
    there = venue.get("coordinates")
    return PublishedVenue(
        venue["name"],
        venue["town"],
        venue["address"],
        venue["directions"],
        (there[0], there[1]) if there else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
