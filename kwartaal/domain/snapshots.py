"""What a publication freezes: the draft of programme and agenda as JSON, and its hash.

Openness and places are not in it: both are read as they are now (decision "Openness" and
"Meetings and publication").
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from kwartaal.domain.document_snapshots import with_documents
from kwartaal.models.agenda import AgendaItem, numbered
from kwartaal.models.document import Document
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.venue import Venue

FORMAT = 1
HEADING = ("format", "title", "note", "starts_at", "ends_at", "is_digital", "venue")
# There only where it says something, as are coordinates: versions without it keep their hash.
ONLINE = "online_address"
NO_PROGRAMME: dict[str, Any] = {"introduction": "", "items": [], "agenda": []}

Content = dict[str, Any]


def snapshot(
    meeting: Meeting,
    items: Sequence[ProgrammeItem],
    agenda: Sequence[AgendaItem],
    documents: Sequence[Document] = (),
) -> Content:
    """The draft as readers would see it; moments are ISO 8601 in UTC, workshops stand in rounds.

    `items` are all items of the meeting, `agenda` the points and sub-points in reading order: their
    number is their place in it. `documents` are all of the meeting, in order.
    """
    content = _heading(meeting) | {
        "introduction": meeting.introduction,
        "items": [_item(item, items) for item in _in_order(items) if item.round_id is None],
        "agenda": [
            with_documents(_agenda_item(item, number), documents, item.id)
            for number, item in numbered(agenda)
        ],
    }
    return with_documents(content, documents, None)


def announcement(meeting: Meeting) -> Content:
    """Title, date and place, and no programme."""
    return _heading(meeting) | NO_PROGRAMME


def announced(content: Content) -> Content:
    """What the announcement of a version would hold: no programme, and no documents."""
    names = (*HEADING, ONLINE)
    return {name: content[name] for name in names if name in content} | NO_PROGRAMME


def parts_of(content: Content) -> Iterator[Content]:
    """Every part of the day, workshops behind their round."""
    for item in content["items"]:
        yield item
        yield from item["workshops"]


def with_cancelled(content: Content, cancelled: Iterable[ProgrammeItem]) -> Content:
    """A version as readers see it: what was cancelled since is off in it (decision 0017)."""
    reasons = {item.id: item.cancel_reason for item in cancelled}
    return content | {"items": [_shown(part, reasons) for part in content["items"]]}


def _shown(part: Content, reasons: Mapping[int, str]) -> Content:
    off = {"cancelled": reasons[part["id"]]} if part["id"] in reasons else {}
    return part | off | {"workshops": [_shown(one, reasons) for one in part["workshops"]]}


def offered_in(content: Content) -> frozenset[int]:
    """The ids of what a version lets people sign up for."""
    return frozenset(part["id"] for part in parts_of(content) if part["sign_up"] != SignUp.NONE)


def content_hash(content: Content) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def date_and_place(content: Content) -> Content:
    """What only moving the meeting may change."""
    return {name: content[name] for name in ("starts_at", "ends_at", "is_digital")} | {
        "venue": content["venue"] and content["venue"]["id"]
    }


def _heading(meeting: Meeting) -> Content:
    return {
        "format": FORMAT,
        "title": meeting.title,
        "note": meeting.note,
        "starts_at": frozen_moment(meeting.starts_at),
        "ends_at": frozen_moment(meeting.ends_at),
        "is_digital": meeting.is_digital,
        "venue": _venue(meeting.venue),
    } | ({ONLINE: meeting.online_address} if meeting.online_address else {})


def _venue(venue: Venue | None) -> Content | None:
    if venue is None:
        return None
    return {
        "id": venue.id,
        "name": venue.name,
        "town": venue.town,
        "address": venue.address,
        "directions": venue.directions,
    } | ({"coordinates": list(venue.coordinates)} if venue.coordinates else {})


def _item(item: ProgrammeItem, items: Sequence[ProgrammeItem]) -> Content:
    holds = item.kind == ItemKind.ROUND and item.id is not None
    inside = [other for other in items if other.round_id == item.id] if holds else []
    return {
        "id": item.id,
        "public_id": str(item.public_id),
        "uid": str(item.uid),
        "kind": item.kind.value,
        "title": item.title,
        "description": item.description,
        "theme": item.theme,
        "starts_at": frozen_moment(item.starts_at),
        "ends_at": frozen_moment(item.ends_at),
        "room": item.room.name if item.room else None,
        "sign_up": item.sign_up.value,
        "speakers": [{"name": s.name, "part": s.part} for s in item.speakers],
        "workshops": [_item(workshop, items) for workshop in _in_order(inside)],
    } | _item_additions(item)


def _item_additions(item: ProgrammeItem) -> Content:
    """Only where there is any, so that versions of before keep their hash."""
    cancelled = {"cancelled": item.cancel_reason} if item.is_cancelled else {}
    return cancelled | ({"repeats": item.repeats} if item.repeats is not None else {})


def _agenda_item(item: AgendaItem, number: int | str) -> Content:
    return _additions(item) | {
        "id": item.id,
        "public_id": str(item.public_id),
        "number": number,
        "title": item.title,
        "text": item.text,
        "purpose": item.purpose.name if item.purpose else None,
        "minutes": item.minutes,
    }


def _additions(item: AgendaItem) -> Content:
    """What came later, only where there is any: without it an old draft keeps its hash."""
    content = {"parent": item.parent_id, "speaker": item.speaker, "links": item.links}
    return {name: value for name, value in content.items() if value}


def _in_order(items: Sequence[ProgrammeItem]) -> list[ProgrammeItem]:
    return sorted(items, key=lambda item: (item.starts_at, item.position, item.id))


def frozen_moment(moment: datetime) -> str:
    """A moment as a version holds it: ISO 8601 in UTC, whole seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
