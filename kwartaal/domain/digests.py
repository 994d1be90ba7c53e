"""One mail a day about all that changed, for who chose so; what is urgent never waits for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from kwartaal.amsterdam import SkippedTime, amsterdam_date, amsterdam_moment
from kwartaal.domain.changes import Change, ChangeKind
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person

DIGEST_HOUR = 17
COMES, GOES = ChangeKind.ADDED, ChangeKind.REMOVED
# Of a document: the later one says how it is now.
OPPOSITES = {ChangeKind.PUT_BACK: ChangeKind.WITHDRAWN}

Key = tuple[object, ...]


def next_digest(now: datetime, hour: int) -> datetime:
    """The first moment after `now` at which it is that hour in Amsterdam."""
    today = amsterdam_date(now)
    moment = _at_hour(today, hour)
    return moment if now < moment else _at_hour(today + timedelta(days=1), hour)


def _at_hour(day: date, hour: int) -> datetime:
    """The daily mail goes every day: where the clock skips its hour, right after that."""
    try:
        return amsterdam_moment(day, time(hour))
    except SkippedTime as skipped:
        return skipped.gap_ends.astimezone(UTC)


def digest_for(person: Person, meeting: Meeting, now: datetime, hour: int) -> datetime | None:
    """The daily mail that a change goes with; None when it is told at once."""
    return digest_about(meeting, now, hour) if person.wants_digest else None


def digest_about(meeting: Meeting, now: datetime, hour: int) -> datetime | None:
    """The next daily mail, if news about a meeting may wait until then.

    At once goes what is about a meeting on the day of that daily mail, or before: who travels in
    the morning must not hear it in the evening.
    """
    moment = next_digest(now, hour)
    return moment if amsterdam_date(meeting.starts_at) > amsterdam_date(moment) else None


def settled(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What several versions changed, oldest first, as one who missed all of it has to know it.

    A value that changed twice is told once, from the first to the last, and not at all when it is
    back where it was. Of what came, nothing else is told; of what went, only that, and of what came
    and went nothing.
    """
    told: dict[Key, Change] = {}
    for change in changes:
        _add(told, change)
    return tuple(told.values())


def _add(told: dict[Key, Change], change: Change) -> None:
    about = (change.subject, change.id)
    came = told.get((*about, COMES))
    if change.kind == GOES:
        for key in [key for key in told if key[:2] == about]:
            del told[key]
    if came is not None:
        if change.kind != GOES:
            told[*about, COMES] = replace(came, title=change.title, number=change.number)
        return
    key = (*about, OPPOSITES.get(change.kind, change.kind))
    earlier = told.get(key)
    if earlier is None or earlier.before is None:
        told[key] = change
    elif earlier.before == change.after:
        del told[key]
    else:
        told[key] = replace(change, before=earlier.before)
