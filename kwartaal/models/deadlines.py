"""Until when one person may register, or change what was chosen: what a calendar can warn of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience, OfficeAudience, Organisation
from kwartaal.models.person import Office
from kwartaal.models.public_deadlines import DeadlineKind, PublicDeadline, public_deadlines
from kwartaal.models.registration import REGISTERED, Registration


@dataclass(frozen=True)
class _Tenure:
    """A period in which somebody comes as a group; the last day counts."""

    audience: Audience
    starts_on: date
    ends_on: date | None

    def admits_to(self, meeting: Meeting) -> bool:
        day = amsterdam_date(meeting.starts_at)
        holds = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return holds and self.audience in meeting.admitted


def deadlines_of(person_id: int, now: datetime) -> list[PublicDeadline]:
    """Those that are still to come, soonest first, of public meetings; four queries.

    One that is off is among them until its moment, so that calendars hear of it. The groups that a
    meeting admits count on its own day, as they do in registering. A meeting that was never public
    has none: in a calendar it is "Bezet" and nothing else (decision "Calendars").
    """
    registered = set(_registered(person_id))
    tenures = _tenures(person_id)
    return [
        row
        for row in public_deadlines(_closing_later(now))
        if row.meeting_id in registered or any(tenure.admits_to(row.meeting) for tenure in tenures)
    ]


def _closing_later(now: datetime) -> ColumnElement[bool]:
    closes = PublicDeadline.kind == DeadlineKind.CLOSES
    return and_(closes, PublicDeadline.moment > now)


def _registered(person_id: int) -> list[int]:
    own = Registration.person_id == person_id
    statement = select(Registration.meeting_id).where(own, Registration.state.in_(REGISTERED))
    return list(db.session.scalars(statement))


def _tenures(person_id: int) -> list[_Tenure]:
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
    return [_Tenure(*row) for row in db.session.execute(statement)]
