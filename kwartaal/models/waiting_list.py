"""Who waits, for the meeting itself and for each part of it, in line."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from kwartaal.db import db
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.ranks import ranked_choices, ranked_registrations
from kwartaal.models.registration import (
    Choice,
    ChoiceState,
    Registration,
    RegistrationState,
)


@dataclass(frozen=True)
class Waiting:
    """Somebody in line; `since` is when they registered, or chose this part."""

    rank: int
    registration: Registration
    since: datetime

    @property
    def person(self) -> Person:
        return self.registration.person


@dataclass(frozen=True)
class WaitingLists:
    """The lines of a meeting; `for_items` by id of the item."""

    for_meeting: list[Waiting]
    for_items: dict[int, list[Waiting]]


def waiting_lists(meeting: Meeting) -> WaitingLists:
    """Everybody who waits, first in line first; two queries."""
    return WaitingLists(_for_meeting(meeting), _for_items(meeting))


def find_waiting_choice(
    meeting: Meeting, item_key: uuid.UUID, registration_key: uuid.UUID
) -> Choice | None:
    """What somebody asked of an item, by the public ids of both; waiting or not."""
    statement = (
        select(Choice)
        .join(Choice.registration)
        .join(Choice.item)
        .options(contains_eager(Choice.registration))
        .where(
            Registration.meeting_id == meeting.id,
            Registration.public_id == registration_key,
            ProgrammeItem.public_id == item_key,
        )
    )
    return db.session.scalars(statement).one_or_none()


def _for_meeting(meeting: Meeting) -> list[Waiting]:
    ranked = ranked_registrations(Registration.meeting_id == meeting.id).subquery()
    statement = (
        select(ranked.c.rank, Registration)
        .join(Registration, Registration.id == ranked.c.id)
        .join(Registration.person)
        .options(contains_eager(Registration.person).lazyload(Person.roles))
        .where(Registration.state == RegistrationState.WAITING)
        .order_by(ranked.c.rank)
    )
    return [Waiting(rank, one, one.created_at) for rank, one in db.session.execute(statement)]


def _for_items(meeting: Meeting) -> dict[int, list[Waiting]]:
    ranked = ranked_choices(Choice.meeting_id == meeting.id).subquery()
    statement = (
        select(Choice.item_id, ranked.c.rank, Registration, Choice.changed_at)
        .join(ranked, ranked.c.id == Choice.id)
        .join(Registration, Registration.id == Choice.registration_id)
        .join(Registration.person)
        .options(contains_eager(Registration.person).lazyload(Person.roles))
        .where(Choice.state == ChoiceState.WAITING)
        .order_by(Choice.item_id, ranked.c.rank)
    )
    found: defaultdict[int, list[Waiting]] = defaultdict(list)
    for item_id, rank, registration, since in db.session.execute(statement):
        found[item_id].append(Waiting(rank, registration, since))
    return dict(found)
