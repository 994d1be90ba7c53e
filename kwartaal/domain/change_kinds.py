"""What a change is: its kind, what it is about, and what it was and became."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Subject(StrEnum):
    """What a change is about."""

    MEETING = "meeting"
    ITEM = "item"
    POINT = "point"  # of the agenda
    DOCUMENT = "document"


class ChangeKind(StrEnum):
    """What happened to it; a changed value has its before and after."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # another position: before and after are numbers from 1
    RETITLED = "retitled"
    TIME = "time"  # (start, end) as ISO 8601 in UTC
    PLACE = "place"  # (digital, name, town, address)
    ONLINE = "online"  # the address where one takes part
    DIRECTIONS = "directions"
    NOTE = "note"
    KIND = "kind"
    ROUND = "round"  # titles of rounds
    ROOM = "room"
    SPEAKERS = "speakers"  # ((name, part), …)
    THEME = "theme"
    SIGN_UP = "sign_up"
    TEXT = "text"
    LINKS = "links"
    CANCELLED = "cancelled"  # the reason; after is None when it is on again
    PURPOSE = "purpose"
    MINUTES = "minutes"
    REPLACED = "replaced"  # numbers of versions of a document
    WITHDRAWN = "withdrawn"
    PUT_BACK = "put_back"
    SHELVED = "shelved"  # a document under another point


@dataclass(frozen=True)
class Change:
    """One change. `title` is the newest there is; None where this reader may not know it.

    `number` is that of an agenda point, now or when it was last there; of a document that of the
    point it stands under. `parents` holds the ids of the point above a sub-point, or of all points
    that a document stands under. `for_all` is true for a part that nobody signs up for. `repeats`
    is the workshop of which a new one is a second session.
    """

    kind: ChangeKind
    subject: Subject
    id: int | None
    title: str | None
    before: Any = None
    after: Any = None
    number: int | str | None = None
    for_all: bool = False
    repeats: int | None = None
    parents: frozenset[int] = frozenset()
    is_closed: bool = False


def cancellation(item_id: int, title: str, reason: str) -> Change:
    """That a part of the day is cancelled, as an act of its own."""
    return Change(ChangeKind.CANCELLED, Subject.ITEM, item_id, title, after=reason)
