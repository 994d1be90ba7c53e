"""Who is registered for a meeting, with what each chose and may see: for telling what changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from kwartaal.db import db
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import Reader
from kwartaal.models.registration import REGISTERED, Registration
from kwartaal.models.visibility import Viewer, members_on


def registered_readers(meeting: Meeting, today: date) -> list[tuple[Registration, Reader]]:
    """Everybody with a place or in line who may see the meeting; three queries, four with a body.

    Registrations come with person and choices, in the order in which they were made.
    """
    statement = (
        select(Registration)
        .options(joinedload(Registration.person), selectinload(Registration.choices))
        .where(Registration.meeting_id == meeting.id, Registration.state.in_(REGISTERED))
        .order_by(Registration.id)
    )
    body_id = meeting.series.body_id
    members = set(db.session.scalars(members_on(body_id, today))) if body_id else set()
    return [
        (one, Reader(Viewer(one.person_id), one.person_id in members))
        for one in db.session.scalars(statement)
        if meeting.is_public or one.person_id in members
    ]
