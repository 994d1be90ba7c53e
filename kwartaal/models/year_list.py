"""A year of a series: what is known of it, and on which days it meets."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.models.listed import ListedMeeting, in_series, in_year, listed, years_of
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.visibility import Viewer, preparable_meetings, visible_meetings

YEARS = range(1900, 2101)


def year_of_series(
    viewer: Viewer, today: date, now: datetime, slug: str, year: int
) -> list[ListedMeeting]:
    """The meetings of a series in a year as the viewer sees them, first one first."""
    if year not in YEARS:
        return []
    statement = in_year(in_series(visible_meetings(viewer, today), slug), year)
    rows = db.session.execute(statement.order_by(Meeting.starts_at, Meeting.id)).all()
    return listed(rows, viewer, now)


def years_of_series(viewer: Viewer, today: date, slug: str) -> list[int]:
    """The years in which the viewer sees meetings of a series, newest first."""
    return years_of(in_series(visible_meetings(viewer, today), slug))


def planned_meetings(series_id: int, now: datetime) -> list[Meeting]:
    """The meetings of a series that are still to come, for its desk; concepts too, one query."""
    statement = (
        select(Meeting)
        .options(joinedload(Meeting.venue))
        .where(
            Meeting.series_id == series_id,
            Meeting.state != MeetingState.CANCELLED,
            Meeting.ends_at > now,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return list(db.session.scalars(statement))


def others_that_day(meeting: Meeting, viewer: Viewer, today: date) -> list[Meeting]:
    """What else its series has on the day of a meeting, of what the viewer prepares; one query."""
    statement = preparable_meetings(viewer, today).where(
        Meeting.series_id == meeting.series_id,
        Meeting.id != meeting.id,
        Meeting.state != MeetingState.CANCELLED,
        Meeting.starts_at > meeting.starts_at - timedelta(days=1),
        Meeting.starts_at < meeting.starts_at + timedelta(days=1),
    )
    found = db.session.scalars(statement.order_by(Meeting.starts_at, Meeting.id))
    day = amsterdam_date(meeting.starts_at)
    return [one for one in found if amsterdam_date(one.starts_at) == day]


def days_taken(series_id: int) -> set[date]:
    """The days on which a series meets or plans to; what is cancelled leaves its day free."""
    statement = select(Meeting.starts_at).where(
        Meeting.series_id == series_id, Meeting.state != MeetingState.CANCELLED
    )
    return {amsterdam_date(moment) for moment in db.session.scalars(statement)}
