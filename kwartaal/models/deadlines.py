"""Until when one person may register, or change what was chosen: what a calendar can warn of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience, OfficeAudience, Organisation
from kwartaal.models.person import Office
from kwartaal.models.registration import REGISTERED, Registration
from kwartaal.models.visibility import Viewer, visible_meetings


@dataclass(frozen=True)
class Deadline:
    """When registering for a meeting closes, for somebody who may register, or did."""

    meeting: Meeting
    closes_at: datetime


@dataclass(frozen=True)
class _Term:
    """A period in which somebody comes as a group; the last day counts."""

    audience: Audience
    starts_on: date
    ends_on: date | None

    def admits_to(self, meeting: Meeting) -> bool:
        day = amsterdam_date(meeting.starts_at)
        holds = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return holds and self.audience in meeting.admitted


def deadlines_of(person_id: int, today: date, now: datetime) -> list[Deadline]:
    """Those that are still to come, soonest first, of public meetings; four queries.

    The groups that a meeting admits count on its own day, as they do in registering. A closed
    meeting has none: in a calendar it is "Bezet" and nothing else (decision "Calendars").
    """
    meetings = _closing_later(person_id, today, now)
    registered = set(_registered(person_id))
    terms = _terms(person_id)
    return [
        Deadline(meeting, closes_at)
        for meeting, closes_at in meetings
        if meeting.id in registered or any(term.admits_to(meeting) for term in terms)
    ]


def _closing_later(person_id: int, today: date, now: datetime) -> list[tuple[Meeting, datetime]]:
    closing = Meeting.registration_closes_at
    statement = (
        visible_meetings(Viewer(person_id), today)
        .where(
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.openness == Openness.OPENBAAR,
            closing > now,
        )
        .order_by(closing, Meeting.id)
    )
    return [
        (meeting, meeting.registration_closes_at)
        for meeting in db.session.scalars(statement)
        if meeting.registration_closes_at
    ]


def _registered(person_id: int) -> list[int]:
    own = Registration.person_id == person_id
    statement = select(Registration.meeting_id).where(own, Registration.state.in_(REGISTERED))
    return list(db.session.scalars(statement))


def _terms(person_id: int) -> list[_Term]:
    gives = and_(
        OfficeAudience.office_kind_id == Office.kind_id,
        OfficeAudience.organisation_kind == Organisation.kind,
    )
    statement = (
        select(OfficeAudience.audience, Office.starts_on, Office.ends_on)
        .select_from(Office)
        .join(Organisation, Organisation.id == Office.organisation_id)
        .join(OfficeAudience, gives)
        .where(Office.person_id == person_id)
        .order_by(Office.id)
    )
    return [_Term(*row) for row in db.session.execute(statement)]
