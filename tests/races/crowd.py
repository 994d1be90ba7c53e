"""People with session rows made beforehand, meetings to run for, and what the tables say after."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from kwartaal.db import db
from kwartaal.domain.publications import publish
from kwartaal.models.account import UserSession
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.ranks import item_ranks, meeting_ranks
from kwartaal.models.registration import (
    Choice,
    ChoiceState,
    Registration,
)
from kwartaal.sessions import _hash as session_hash
from tests.conftest import NOON
from tests.factories import (
    a_meeting,
    a_person,
    a_round,
    a_workshop,
    an_office,
    an_office_kind,
    an_organisation,
    staff,
)
from tests.races.burst import form_post


@dataclass(frozen=True)
class Visitor:
    """A signed-in browser: what it sends along with every form."""

    person_id: int
    cookie: str
    csrf_token: str

    def post(self, path: str, **fields: str) -> bytes:
        sent = {name.replace("__", "-"): value for name, value in fields.items()}
        return form_post(path, self.cookie, urlencode(sent | {"csrf_token": self.csrf_token}))


@dataclass(frozen=True)
class Race:
    """A published meeting with one round of workshops; ids and public ids in order."""

    meeting_id: int
    slug: str
    round_id: str
    workshop_ids: tuple[int, ...]
    workshops: tuple[str, ...]
    maximums: tuple[int | None, ...]
    meeting_maximum: int | None

    @property
    def address(self) -> str:
        return f"/bijeenkomsten/{self.slug}"

    def wish(self, visitor: Visitor, number: int, wait: bool = True) -> bytes:
        """Ask for a workshop of the round by its number."""
        fields = {f"round-{self.round_id}": self.workshops[number]}
        if wait:
            fields["waitlist_if_full"] = "1"
        return visitor.post(f"{self.address}/aanmelden", **fields)

    def withdrawal(self, visitor: Visitor) -> bytes:
        return visitor.post(f"{self.address}/afmelden")


def gather(app: Flask, count: int) -> list[Visitor]:
    """So many council members, each signed in."""
    with app.app_context():
        kind, organisation = an_office_kind(), an_organisation()
        people = [a_person() for _ in range(count)]
        for person in people:
            an_office(person, kind=kind, organisation=organisation)
        db.session.add_all(people)
        db.session.flush()
        visitors = [sign_in(app, person) for person in people]
        db.session.commit()
    return visitors


def open_race(app: Flask, *maximums: int | None, meeting_maximum: int | None = None) -> Race:
    """A meeting with one workshop of each maximum in a single round."""
    with app.app_context():
        clerk = db.session.scalars(select(Person).where(Person.first_name == "Griffie")).first()
        clerk = clerk or staff(first_name="Griffie")
        meeting = a_meeting(maximum=meeting_maximum, slug=f"bijeenkomst-{uuid.uuid4().hex[:8]}")
        round_ = a_round(meeting)
        workshops = [a_workshop(round_, maximum) for maximum in maximums]
        db.session.add_all([clerk, meeting, round_, *workshops])
        db.session.flush()
        publish(meeting, clerk, NOON)
        db.session.commit()
        return Race(
            meeting_id=meeting.id,
            slug=meeting.slug,
            round_id=str(round_.public_id),
            workshop_ids=tuple(one.id for one in workshops),
            workshops=tuple(str(one.public_id) for one in workshops),
            maximums=maximums,
            meeting_maximum=meeting_maximum,
        )


@dataclass(frozen=True)
class Tally:
    """What stands in the tables of one race."""

    registrations: Counter[str]
    choices: tuple[Counter[str], ...]  # per workshop
    counters: tuple[tuple[int, int], ...]  # (taken, waiting) of the meeting and each workshop
    live_choices: Counter[int]  # how many live choices a registration has
    mails: Counter[str]

    @property
    def counted(self) -> tuple[tuple[int, int], ...]:
        """(taken, waiting) as the rows say it; to compare with the counters."""
        return tuple(
            (rows["placed"], rows["waiting"]) for rows in (self.registrations, *self.choices)
        )


def tally(app: Flask, race: Race) -> Tally:
    with app.app_context():
        meeting = db.session.get_one(Meeting, race.meeting_id)
        items = [db.session.get_one(ProgrammeItem, one) for one in race.workshop_ids]
        return Tally(
            registrations=_count(Registration.state, Registration.meeting_id == meeting.id),
            choices=tuple(_count(Choice.state, Choice.item_id == item.id) for item in items),
            counters=tuple((row.taken, row.waiting) for row in (meeting, *items)),
            live_choices=Counter(_live_choices(race)),
            mails=_count(OutboxMail.kind, OutboxMail.meeting_id == meeting.id),
        )


def ranks(app: Flask, race: Race, number: int = 0) -> dict[int, int]:
    """Who stands where in line for a workshop: number in line by person."""
    with app.app_context():
        ranked = item_ranks([race.workshop_ids[number]])
        choices = db.session.scalars(select(Choice).where(Choice.id.in_(ranked)))
        return {choice.registration.person_id: ranked[choice.id] for choice in choices}


def ranks_for_meeting(app: Flask, race: Race) -> list[int]:
    with app.app_context():
        return sorted(meeting_ranks([race.meeting_id]).values())


def placed(app: Flask, race: Race, number: int = 0) -> set[int]:
    """The people who have a place in a workshop."""
    with app.app_context():
        choices = db.session.scalars(
            select(Choice).where(
                Choice.item_id == race.workshop_ids[number], Choice.state == ChoiceState.PLACED
            )
        )
        return {choice.registration.person_id for choice in choices}


def _count(column: Any, condition: Any) -> Counter[str]:
    rows = db.session.execute(select(column, func.count()).where(condition).group_by(column))
    return Counter({value.value: number for value, number in rows})


def _live_choices(race: Race) -> list[int]:
    statement = (
        select(func.count())
        .where(Choice.meeting_id == race.meeting_id, Choice.state != ChoiceState.WITHDRAWN)
        .group_by(Choice.registration_id)
    )
    return list(db.session.scalars(statement))


def sign_in(app: Flask, person: Person) -> Visitor:
    """A session row, and the signed cookie and form token that go with it."""
    token, seed = uuid.uuid4().hex, uuid.uuid4().hex
    db.session.add(
        UserSession(
            token_hash=session_hash(token),
            person_id=person.id,
            created_at=NOON,
            last_seen_at=NOON,
        )
    )
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = serializer.dumps({"_user_id": token, "csrf_token": seed})
    csrf = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(seed)
    return Visitor(person.id, f"{app.config['SESSION_COOKIE_NAME']}={cookie}", csrf)
