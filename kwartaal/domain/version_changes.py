"""What each version changed, for one reader: today's openness decides what may be told."""

from __future__ import annotations

from datetime import date, datetime

from kwartaal.domain.change_sight import as_seen_by, live_rows
from kwartaal.domain.changes import Change, compare, compare_programmes
from kwartaal.domain.snapshots import Content
from kwartaal.models.meeting import Meeting
from kwartaal.models.publication import Publication, find_before, find_known_at, find_version
from kwartaal.models.published import reader_of
from kwartaal.models.visibility import Viewer


def changes_of(version: Publication) -> tuple[Change, ...]:
    """All that a version changed, closed titles too; () for the first programme."""
    before = find_before(version)
    if before is None or before.is_announcement:
        return ()
    return compare(before.content, version.content)


def changes_in(meeting: Meeting, number: int, viewer: Viewer, today: date) -> tuple[Change, ...]:
    """What a version changed, as a viewer who sees the meeting may know it; few queries."""
    version = find_version(meeting.id, number)
    changes = changes_of(version) if version is not None else ()
    return _seen(meeting, changes, viewer, today)


def item_changes_since(meeting: Meeting, number: int, since: datetime) -> tuple[Change, ...]:
    """What is different in the programme of a version from what readers saw at a moment.

    Or from the first programme, when that came later. Whoever sees the meeting may know.
    """
    version = find_version(meeting.id, number)
    before = find_known_at(version, since) if version is not None else None
    if version is None or before is None:
        return ()
    return compare_programmes(before.content, version.content)


def changes_between(
    meeting: Meeting, before: Content, after: Content, viewer: Viewer, today: date
) -> tuple[Change, ...]:
    """What differs between any two contents of a meeting, as a viewer may know it."""
    return _seen(meeting, compare(before, after), viewer, today)


def _seen(
    meeting: Meeting, changes: tuple[Change, ...], viewer: Viewer, today: date
) -> tuple[Change, ...]:
    if not changes:
        return ()
    return as_seen_by(reader_of(meeting, viewer, today), changes, live_rows(meeting.id, changes))
