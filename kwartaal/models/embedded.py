"""What other sites may show of the calendar: public meetings, of a series or a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from kwartaal.amsterdam import amsterdam_moment
from kwartaal.db import db
from kwartaal.models.hosting import hosted_now
from kwartaal.models.listed import (
    ListedMeeting,
    Meetings,
    coming,
    find_series,
    listed,
    seen_whole,
)
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Organisation, OrganisationKind, find_organisation
from kwartaal.models.series import Series
from kwartaal.models.visibility import OUTSIDER, visible_meetings

MOST_LISTED = 20


@dataclass(frozen=True)
class Narrowed:
    """Which public meetings are asked for; without series or municipality all of them."""

    series: Series | None = None
    municipality: Organisation | None = None

    def apply(self, meetings: Meetings) -> Meetings:
        meetings = seen_whole(meetings)
        if self.series is not None:
            meetings = meetings.where(Meeting.series_id == self.series.id)
        if self.municipality is not None:
            meetings = meetings.where(Meeting.id.in_(hosted_now(self.municipality.id)))
        return meetings


def find_narrowed(series: str, municipality: str, today: date) -> Narrowed | None:
    """By the addresses of a series and of a municipality, "" for all.

    None for one that is not there, or that outsiders may not know of.
    """
    found = find_series(OUTSIDER, today, series) if series else None
    host = find_organisation(municipality) if municipality else None
    if (series and found is None) or (municipality and not _is_municipality(host)):
        return None
    return Narrowed(found, host)


def embedded_list(narrowed: Narrowed, today: date, now: datetime) -> list[ListedMeeting]:
    """What is coming, soonest first; a constant number of queries."""
    rows = db.session.execute(narrowed.apply(coming(OUTSIDER, today)).limit(MOST_LISTED)).all()
    return listed(rows, OUTSIDER, now)


def embedded_month(
    narrowed: Narrowed, days: Sequence[date], today: date, now: datetime
) -> list[ListedMeeting]:
    """What begins on one of these days in Amsterdam, which follow each other."""
    first, last = amsterdam_moment(days[0], time.min), amsterdam_moment(days[-1], time.max)
    meetings = narrowed.apply(visible_meetings(OUTSIDER, today)).where(
        Meeting.starts_at >= first, Meeting.starts_at <= last
    )
    rows = db.session.execute(meetings.order_by(Meeting.starts_at, Meeting.id)).all()
    return listed(rows, OUTSIDER, now)


def _is_municipality(organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.kind == OrganisationKind.MUNICIPALITY
