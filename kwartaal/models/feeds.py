"""What feeds read, and the few numbers that say whether a subscriber's copy is still good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, String, bindparam, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from kwartaal.db import db, read_rows
from kwartaal.models.calendar import PUBLIC_FEED, CalendarRevision, WithdrawnEvent
from kwartaal.models.listed import Meetings
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Organisation, OrganisationKind
from kwartaal.models.programme import cancelled_items
from kwartaal.models.publication import find_latest_of
from kwartaal.models.published import PublishedMeeting, read_stored
from kwartaal.models.registration import Registration
from kwartaal.models.series import Series
from kwartaal.models.visibility import (
    OUTSIDER,
    Sight,
    Viewer,
    at_address,
    is_public,
    of_own_body,
    visible_meetings,
)

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # for Last-Modified of a feed that was always empty


@dataclass(frozen=True)
class FeedState:
    """What an ETag stands for, and when that last changed; `changed_at` never falls."""

    key: str
    changed_at: datetime


def public_state() -> FeedState:
    """Of the feeds that outsiders read; one read of one row."""
    for revision, changed_at in read_rows(_PUBLIC):
        return FeedState(f"{revision}", changed_at)
    return FeedState("0", NEVER)


def series_state(slug: str) -> FeedState | None:
    """Of the feed of one series; None for one that outsiders may not read. One read.

    The feed goes on when the last open meeting of the series was closed.
    """
    return _state_of(read_rows(_SERIES, slug=slug))


def composed_state(slugs: Sequence[str]) -> FeedState | None:
    """Of a feed of these series, or of all when there are none; None when none may be read."""
    if not slugs:
        return public_state()
    if len(slugs) == 1:
        return series_state(slugs[0])
    named = {f"slug_{number}": slug for number, slug in enumerate(slugs)}
    return _state_of(read_rows(_several(tuple(named)), **named))


def municipality_state(slug: str) -> FeedState | None:
    """Of the feed of one municipality; None for any other organisation. One read."""
    return _state_of(read_rows(_MUNICIPALITY, slug=slug))


def meeting_state(slug: str) -> FeedState | None:
    """Of the feed of one meeting, whose row says all; None unless outsiders see all of it."""
    found = read_rows(_MEETING, slug=slug)
    if not found:
        return None
    meeting_id, revision, changed_at = found[0]
    return FeedState(f"{meeting_id} {slug} {revision}", changed_at)


def public_meetings(today: date, which: ColumnElement[bool] | None = None) -> list[Meeting]:
    """Every meeting that outsiders may see all of, if wanted only some."""
    meetings = visible_meetings(OUTSIDER, today)
    return _whole(meetings if which is None else meetings.where(which))


def withdrawn_from_public(which: ColumnElement[bool] | None = None) -> list[WithdrawnEvent]:
    """What outsiders could read once and not any more, if wanted only of some meetings."""
    statement = _withdrawn()
    return list(db.session.scalars(statement if which is None else statement.where(which)))


def of_series(series: Iterable[Series]) -> ColumnElement[bool]:
    """Which meetings are of one of these."""
    return Meeting.series_id.in_([one.id for one in series])


def withdrawn_among(meeting_ids: Iterable[int]) -> list[WithdrawnEvent]:
    """Those of these meetings."""
    return list(db.session.scalars(_withdrawn().where(Meeting.id.in_(list(meeting_ids)))))


def public_series(slugs: Iterable[str]) -> list[Series]:
    """Those of these addresses whose feed outsiders may read, by name."""
    statement = select(Series).where(Series.slug.in_(list(slugs)), _HAS_FEED)
    return list(db.session.scalars(statement.order_by(Series.name)))


def find_public_series(slug: str) -> Series | None:
    """A series whose feed outsiders may read; it goes on when its last open meeting was closed."""
    return next(iter(public_series([slug])), None)


def find_public_meeting(slug: str, today: date) -> Meeting | None:
    """A meeting that outsiders may see all of, by its address or one it had before."""
    found = _whole(at_address(visible_meetings(OUTSIDER, today), slug))
    return found[0] if found else None


def meetings_for(person_id: int, today: date) -> list[Meeting]:
    """What somebody is registered for, now or before, or has as a member of a body.

    Only meetings that the person may see all of.
    """
    viewer = Viewer(person_id)
    registered = select(Registration.meeting_id).where(Registration.person_id == person_id)
    mine = or_(Meeting.id.in_(registered), of_own_body(viewer, today))
    return _whole(visible_meetings(viewer, today).where(mine))


def as_published(meetings: Iterable[Meeting]) -> list[tuple[Meeting, PublishedMeeting]]:
    """Each with what was last published of it, less what was cancelled since; two queries."""
    by_id = {meeting.id: meeting for meeting in meetings}
    latest, cancelled = find_latest_of(by_id), cancelled_items(by_id)
    return [(by_id[key], read_stored(one, cancelled)) for key, one in latest.items()]


def _state_of(rows: Sequence[tuple[int, str, int, datetime]]) -> FeedState | None:
    """Of a feed with the names of what it is about, which stand in it; the counter is in each."""
    if not rows:
        return None
    about = " ".join(f"{key} {name}" for key, name, _revision, _changed_at in rows)
    _key, _name, revision, changed_at = rows[0]
    return FeedState(f"{about} {revision or 0}", changed_at or NEVER)


def _whole(meetings: Meetings) -> list[Meeting]:
    return [meeting for meeting, sight in db.session.execute(meetings) if sight == Sight.FULL]


def _withdrawn() -> Select[WithdrawnEvent]:
    return (
        select(WithdrawnEvent)
        .join(WithdrawnEvent.meeting)
        .options(contains_eager(WithdrawnEvent.meeting))
    )


_PUBLIC = select(CalendarRevision.revision, CalendarRevision.changed_at).where(
    CalendarRevision.scope == PUBLIC_FEED
)
_HAS_FEED = or_(
    exists().where(Meeting.series_id == Series.id, is_public()),
    exists().where(Meeting.series_id == Series.id, WithdrawnEvent.meeting_id == Meeting.id),
)
_CHOSEN = (
    select(Series.id, Series.name, CalendarRevision.revision, CalendarRevision.changed_at)
    .outerjoin(CalendarRevision, CalendarRevision.scope == PUBLIC_FEED)
    .where(_HAS_FEED)
    .order_by(Series.name)
)
_SERIES = _CHOSEN.where(Series.slug == bindparam("slug"))


@lru_cache
def _several(names: tuple[str, ...]) -> Select[int, str, int, datetime]:
    """Of as many series as there are names of parameters; made once, as it is compiled once."""
    return _CHOSEN.where(Series.slug.in_([bindparam(name, type_=String) for name in names]))


_MUNICIPALITY = (
    select(
        Organisation.id, Organisation.name, CalendarRevision.revision, CalendarRevision.changed_at
    )
    .outerjoin(CalendarRevision, CalendarRevision.scope == PUBLIC_FEED)
    .where(
        Organisation.slug == bindparam("slug"), Organisation.kind == OrganisationKind.MUNICIPALITY
    )
)
_MEETING = select(
    Meeting.id,
    Meeting.calendar_revision,
    func.coalesce(Meeting.calendar_revised_at, Meeting.created_at),
).where(Meeting.slug == bindparam("slug"), is_public())
