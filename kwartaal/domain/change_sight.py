"""What one reader may know of the changes between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kwartaal.domain.changes import Change, ChangeKind, Subject
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.openness import Openness
from kwartaal.models.published import Reader

OUTSIDE = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)  # of a closed point


def as_seen_by(
    reader: Reader, changes: Iterable[Change], agenda: Mapping[int, AgendaItem]
) -> tuple[Change, ...]:
    """The changes that a reader may know of, closed titles taken out; `agenda` are the live rows.

    Like the pages, today's openness decides. Of a closed point an outsider learns that it came,
    went or moved, and nothing of its sub-points. A new title is told where the griffie shows it,
    never the one before.
    """
    known = (one for one in changes if all(reader.sees(agenda.get(key)) for key in one.parents))
    seen = (_as_seen(reader, one, agenda.get(one.id or 0)) for one in known)
    return tuple(one for one in seen if one is not None)


def _as_seen(reader: Reader, change: Change, row: AgendaItem | None) -> Change | None:
    if change.subject != Subject.POINT:
        return change
    if reader.sees(row):
        return replace(change, is_closed=row is None or row.openness != Openness.OPENBAAR)
    shows_title = row is not None and row.shows_title
    if change.kind == ChangeKind.RETITLED and shows_title:
        return replace(change, before=None, is_closed=True)
    if change.kind not in OUTSIDE:
        return None
    return replace(change, title=change.title if shows_title else None, is_closed=True)
