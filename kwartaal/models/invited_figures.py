"""How many people were told that they could register, counted from the mails that say so.

Whoever held two offices that day counts in both groups; in a total everybody counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience, OfficeAudience, Organisation
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.people_list import PeopleScope
from kwartaal.models.person import Office


def invited_per_meeting(
    meetings: Sequence[Meeting], scope: PeopleScope, audience: Audience | None = None
) -> dict[int, int]:
    """By id of the meetings whose griffie sent that mail; one query."""
    sent = [meeting for meeting in meetings if meeting.invited_at is not None]
    if not sent:
        return {}
    statement = _invited(OutboxMail.meeting_id, sent, scope)
    if audience is not None:
        statement = statement.where(OfficeAudience.audience == audience)
    found = _counted(statement)
    return {meeting.id: found.get(meeting.id, 0) for meeting in sent}


def invited_per_audience(meeting: Meeting, scope: PeopleScope) -> dict[Audience, int] | None:
    """By group; None when the mail was never sent. One query."""
    return _per(OfficeAudience.audience, meeting, scope)


def invited_per_organisation(meeting: Meeting, scope: PeopleScope) -> dict[int, int] | None:
    """By id of the organisation; None when the mail was never sent. One query."""
    return _per(Office.organisation_id, meeting, scope)


def _per(key: Any, meeting: Meeting, scope: PeopleScope) -> dict[Any, int] | None:
    if meeting.invited_at is None:
        return None
    return _counted(_invited(key, [meeting], scope))


def _invited(key: Any, meetings: Sequence[Meeting], scope: PeopleScope) -> Select[Any]:
    """Rows of (key, number of people), by the offices of the day on which the mail was made."""
    gives = and_(
        OfficeAudience.office_kind_id == Office.kind_id,
        OfficeAudience.organisation_kind == Organisation.kind,
    )
    statement = (
        select(key, func.count(OutboxMail.person_id.distinct()))
        .join(Office, Office.person_id == OutboxMail.person_id)
        .join(Organisation, Organisation.id == Office.organisation_id)
        .join(OfficeAudience, gives)
        .where(
            OutboxMail.kind == MailKind.REGISTRATION_OPEN,
            or_(*(_held_when_invited(meeting) for meeting in meetings)),
        )
        .group_by(key)
    )
    if scope.organisation_ids is not None:
        statement = statement.where(Office.organisation_id.in_(scope.organisation_ids))
    return statement


def _held_when_invited(meeting: Meeting) -> ColumnElement[bool]:
    if meeting.invited_at is None:
        raise ValueError(f"nobody was told about meeting {meeting.id}")
    return and_(
        OutboxMail.meeting_id == meeting.id,
        OfficeAudience.audience.in_(meeting.admitted),
        *Office.held_on(amsterdam_date(meeting.invited_at)),
    )


def _counted(statement: Select[Any]) -> dict[Any, int]:
    return {key: number for key, number in db.session.execute(statement)}
