"""Lists of meetings: what one viewer may know of each, ready to print.

A line for somebody who sees only the date is made without anything else, so no template can tell
more. Every function takes a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from sqlalchemy import Row, Select, func, select

from kwartaal.amsterdam import amsterdam_date, amsterdam_moment
from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.pages import Page, page_within
from kwartaal.models.publication import Heading, published_headings
from kwartaal.models.registration import Registration, RegistrationState
from kwartaal.models.series import Series
from kwartaal.models.stage import Stage, stage_of
from kwartaal.models.visibility import Sight, Viewer, visible_meetings

Meetings: TypeAlias = Select[Meeting, str]
MeetingRow: TypeAlias = Row[Meeting, str]
PER_PAGE = 20


@dataclass(frozen=True)
class ListedMeeting:
    """A line of a list. Without a slug only the body's name and the day may be known."""

    title: str
    day: date
    is_cancelled: bool
    is_closed: bool
    slug: str | None = None
    stage: Stage | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    opens_at: datetime | None = None
    place: str | None = None
    is_digital: bool = False
    registration: RegistrationState | None = None


MeetingPage: TypeAlias = Page[ListedMeeting]


def coming(viewer: Viewer, today: date) -> Meetings:
    """What is today or later, soonest first."""
    later = Meeting.ends_at >= amsterdam_moment(today, time.min)
    return visible_meetings(viewer, today).where(later).order_by(Meeting.starts_at, Meeting.id)


def past(viewer: Viewer, today: date) -> Meetings:
    """What was before today, newest first."""
    earlier = Meeting.ends_at < amsterdam_moment(today, time.min)
    newest = (Meeting.starts_at.desc(), Meeting.id.desc())
    return visible_meetings(viewer, today).where(earlier).order_by(*newest)


def of_the_region(meetings: Meetings) -> Meetings:
    """Public meetings of the whole region: those of a series without a body."""
    return meetings.where(Series.body_id.is_(None), Meeting.openness == Openness.OPENBAAR)


def find_next(viewer: Viewer, today: date, now: datetime) -> Meeting | None:
    """The next meeting of the whole region, which may be going on or be cancelled."""
    statement = of_the_region(coming(viewer, today)).where(Meeting.ends_at > now).limit(1)
    return db.session.scalars(statement).first()


def coming_besides(
    meeting: Meeting | None, viewer: Viewer, today: date, most: int
) -> Sequence[MeetingRow]:
    """What else is coming, soonest first."""
    but = Meeting.id != (meeting.id if meeting else 0)
    return db.session.execute(coming(viewer, today).where(but).limit(most)).all()


def previous(viewer: Viewer, today: date, now: datetime) -> Sequence[MeetingRow]:
    """The last meeting of the whole region that is over, if there is one."""
    statement = (
        of_the_region(visible_meetings(viewer, today))
        .where(Meeting.ends_at <= now, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(1)
    )
    return db.session.execute(statement).all()


def in_year(meetings: Meetings, year: int) -> Meetings:
    """Those that start in a year in Amsterdam."""
    first, next_first = (amsterdam_moment(date(y, 1, 1), time.min) for y in (year, year + 1))
    return meetings.where(Meeting.starts_at >= first, Meeting.starts_at < next_first)


def seen_whole(meetings: Meetings) -> Meetings:
    """Those of which the viewer sees more than the date."""
    seen = meetings.order_by(None).subquery()
    return meetings.where(Meeting.id.in_(select(seen.c.id).where(seen.c.sight == Sight.FULL.value)))


def in_series(meetings: Meetings, slug: str) -> Meetings:
    """Those of a series; whoever sees only a date may not know which series it is of."""
    return seen_whole(meetings).where(Series.slug == slug)


def find_series(viewer: Viewer, today: date, slug: str) -> Series | None:
    """A series by its address; None unless the viewer sees all of a meeting in it."""
    meeting = db.session.scalars(in_series(visible_meetings(viewer, today), slug).limit(1)).first()
    return meeting.series if meeting else None


def years_of(meetings: Meetings) -> list[int]:
    """The years in a list, newest first."""
    seen = meetings.order_by(None).subquery()
    moments = db.session.scalars(select(seen.c.starts_at).distinct())
    return sorted({amsterdam_date(moment).year for moment in moments}, reverse=True)


def series_of(meetings: Meetings) -> list[tuple[str, str]]:
    """(slug, name) of every series the viewer sees whole meetings of, by name."""
    seen = meetings.order_by(None).subquery()
    ids = select(seen.c.series_id).where(seen.c.sight == Sight.FULL.value)
    statement = select(Series.slug, Series.name).where(Series.id.in_(ids)).order_by(Series.name)
    return [(slug, name) for slug, name in db.session.execute(statement)]


def page_of(meetings: Meetings, viewer: Viewer, now: datetime, page: int) -> MeetingPage:
    """One page of a list; a number past the end gives the last page."""
    statement = select(func.count()).select_from(meetings.order_by(None).subquery())
    total = db.session.scalar(statement) or 0
    page = page_within(page, total, PER_PAGE)
    rows = db.session.execute(meetings.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Page(listed(rows, viewer, now), page, total, PER_PAGE)


def listed(rows: Sequence[MeetingRow], viewer: Viewer, now: datetime) -> list[ListedMeeting]:
    """The lines of a list, as published, with the viewer's own registrations."""
    if not rows:
        return []
    ids = [meeting.id for meeting, sight in rows if sight == Sight.FULL]
    headings = published_headings(ids)
    registrations = _own_states(ids, viewer)
    return [
        _whole(meeting, headings[meeting.id], registrations.get(meeting.id), now)
        if meeting.id in headings
        else _date_only(meeting)
        for meeting, _sight in rows
    ]


def _whole(
    meeting: Meeting, heading: Heading, registration: RegistrationState | None, now: datetime
) -> ListedMeeting:
    return ListedMeeting(
        title=heading.title,
        day=amsterdam_date(meeting.starts_at),
        is_cancelled=meeting.is_cancelled,
        is_closed=not meeting.is_public,
        slug=meeting.slug,
        stage=stage_of(meeting, now),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        opens_at=meeting.registration_opens_at,
        place=heading.place,
        is_digital=heading.is_digital,
        registration=registration,
    )


def _date_only(meeting: Meeting) -> ListedMeeting:
    """The body's name and the day, nothing else (decision "Openness")."""
    body = meeting.series.body
    return ListedMeeting(
        title=body.name if body else meeting.series.name,
        day=amsterdam_date(meeting.starts_at),
        is_cancelled=meeting.is_cancelled,
        is_closed=True,
    )


def _own_states(meeting_ids: Sequence[int], viewer: Viewer) -> dict[int, RegistrationState]:
    if viewer.person_id is None:
        return {}
    statement = select(Registration.meeting_id, Registration.state).where(
        Registration.person_id == viewer.person_id, Registration.meeting_id.in_(meeting_ids)
    )
    return {meeting_id: state for meeting_id, state in db.session.execute(statement)}
