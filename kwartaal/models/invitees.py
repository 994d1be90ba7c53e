"""Who is told that registering for a meeting is open."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, and_, func, or_, select

from kwartaal.db import db
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import OfficeAudience, Organisation
from kwartaal.models.person import Office, Person
from kwartaal.models.registration import Registration, RegistrationState
from kwartaal.models.visibility import members_on


def invitees(meeting: Meeting, today: date) -> list[Person]:
    """People with an office today in an admitted group, who want such mails and have an address.

    Not those who are registered already. Of a meeting that is not public only the members of its
    body; two queries.
    """
    return list(db.session.scalars(_invitees(meeting, today).order_by(Person.id)))


def count_invitees(meeting: Meeting, today: date) -> int:
    """How many that are; one query."""
    found = _invitees(meeting, today).with_only_columns(Person.id).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def _invitees(meeting: Meeting, today: date) -> Select[Person]:
    statement = select(Person).where(
        Person.wants_announcements,
        or_(Person.email.is_not(None), Person.contact_email.is_not(None)),
        Person.id.in_(_holders(meeting, today)),
        Person.id.not_in(_registered(meeting)),
    )
    if not meeting.is_public:
        statement = statement.where(Person.id.in_(members_on(meeting.series.body_id, today)))
    return statement


def _holders(meeting: Meeting, today: date) -> Select[int]:
    gives = and_(
        OfficeAudience.office_kind_id == Office.kind_id,
        OfficeAudience.organisation_kind == Organisation.kind,
    )
    return (
        select(Office.person_id)
        .join(Organisation, Organisation.id == Office.organisation_id)
        .join(OfficeAudience, gives)
        .where(
            *Office.held_on(today),
            OfficeAudience.audience.in_(meeting.admitted),
        )
    )


def _registered(meeting: Meeting) -> Select[int]:
    live = (RegistrationState.PLACED, RegistrationState.WAITING)
    return select(Registration.person_id).where(
        Registration.meeting_id == meeting.id, Registration.state.in_(live)
    )
