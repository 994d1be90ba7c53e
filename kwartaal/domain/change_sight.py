"""What one reader may know of the changes between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kwartaal.domain.changes import Change, ChangeKind, Subject
from kwartaal.models.agenda import AgendaItem, live_agenda
from kwartaal.models.openness import Openness
from kwartaal.models.published import Reader
from kwartaal.models.published_documents import LiveDocument, live_documents

OUTSIDE = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)  # of a closed point


@dataclass(frozen=True)
class LiveRows:
    """What says how open everything is today: the rows of agenda and documents, by id."""

    agenda: Mapping[int, AgendaItem]
    documents: Mapping[int, LiveDocument] = field(default_factory=dict)


def live_rows(meeting_id: int, changes: Iterable[Change]) -> LiveRows:
    """The rows that decide who may know of these changes; one query, two with documents."""
    with_documents = any(change.subject == Subject.DOCUMENT for change in changes)
    return LiveRows(live_agenda(meeting_id), live_documents(meeting_id) if with_documents else {})


def as_seen_by(reader: Reader, changes: Iterable[Change], live: LiveRows) -> tuple[Change, ...]:
    """The changes that a reader may know of, closed titles taken out.

    Like the pages, today's openness decides. Of a closed point an outsider learns that it came,
    went or moved, and nothing of its sub-points and documents; of a closed document nothing at all.
    A new title is told where the griffie shows it, never the one before.
    """
    agenda = live.agenda
    known = (one for one in changes if all(reader.sees(agenda.get(key)) for key in one.parents))
    seen = (_as_seen(reader, one, live) for one in known)
    return tuple(one for one in seen if one is not None)


def _as_seen(reader: Reader, change: Change, live: LiveRows) -> Change | None:
    if change.subject == Subject.DOCUMENT:
        return _document_as_seen(reader, change, live.documents.get(change.id or 0))
    if change.subject == Subject.POINT:
        return _point_as_seen(reader, change, live.agenda.get(change.id or 0))
    return change


def _point_as_seen(reader: Reader, change: Change, row: AgendaItem | None) -> Change | None:
    if reader.sees(row):
        return replace(change, is_closed=row is None or row.openness != Openness.OPENBAAR)
    shows_title = row is not None and row.shows_title
    if change.kind == ChangeKind.RETITLED and shows_title:
        return replace(change, before=None, is_closed=True)
    if change.kind not in OUTSIDE:
        return None
    return replace(change, title=change.title if shows_title else None, is_closed=True)


def _document_as_seen(reader: Reader, change: Change, live: LiveDocument | None) -> Change | None:
    """A row that is gone cannot say that the document is open."""
    if live is None or not reader.sees_document(live.row):
        return None
    return replace(change, is_closed=live.row.is_closed)
