"""A published meeting with three people who chose different things, changed and published again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from flask import Flask

from kwartaal.db import Base, begin_writing, db
from kwartaal.domain import registrations, retracting, telling
from kwartaal.domain.registrations import Wish
from kwartaal.domain.telling import Instructions
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, Speaker
from kwartaal.models.publication import Publication, find_latest
from kwartaal.models.venue import Room
from tests.conftest import SetClock
from tests.factories import (
    a_council_member,
    a_meeting,
    a_round,
    a_venue,
    a_workshop,
    an_agenda_item,
    an_item,
    staff,
)

Stored = TypeVar("Stored", bound=Base)


class Region:
    """Anna is in workshop `one`, Bram waits for it, Cem is in `two`; Dirk has no choices."""

    def __init__(self, app: Flask, save: Callable[..., None], clock: SetClock) -> None:
        self.app, self.clock = app, clock
        kil = Room(name="zaal Kil", capacity=30)
        venue = a_venue(
            name="De Werf", street="Kade 1", postcode="3361 AB", town="Sliedrecht", rooms=[kil]
        )
        self.meeting = a_meeting(
            title="Wonen & energie", slug="wonen", venue=venue, uid=uuid.UUID(int=1)
        )
        self.round_one = a_round(self.meeting, title="Ronde 1")
        self.one = a_workshop(self.round_one, 1, title="Warmte zonder aardgas")
        self.other = a_workshop(self.round_one, 9, title="Groen in de wijk")
        self.round_two = a_round(self.meeting, 3, title="Ronde 2")
        self.two = a_workshop(self.round_two, 20, title="Jeugdhulp dichtbij")
        self.opening = an_item(self.meeting, title="Samen beginnen")
        self.drinks = an_item(self.meeting, ItemKind.DRINKS, title="Borrel")
        self.point = an_agenda_item(self.meeting, title="Opening", minutes=10)
        self.closed = an_agenda_item(
            self.meeting, title="Canarie", openness=Openness.BESLOTEN, minutes=5
        )
        names = ("Anna", "Bram", "Cem", "Dirk")
        self.people = [
            a_council_member(first_name=n, last_name="Şen", email=f"{n.lower()}@x.example")
            for n in names
        ]
        self.clerk = staff(first_name="Griet", last_name="Griffie")
        save(
            *(self.one, self.other, self.two, self.opening, self.drinks),
            *(self.point, self.closed, self.clerk, kil, *self.people),
        )
        self.room_id = kil.id
        self.publish()
        for number, item in ((0, self.one), (1, self.one), (2, self.two), (3, None)):
            self.register(number, item)
        self.forget_mails()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with self.app.test_request_context("/", base_url=self.app.config["BASE_URL"]):
            begin_writing()
            yield
            db.session.commit()

    def load(self, one: Stored) -> Stored:
        return db.session.get_one(type(one), one.id)

    def change(self, one: Meeting | ProgrammeItem | AgendaItem, **columns: object) -> None:
        with self.at_work():
            for name, value in columns.items():
                setattr(self.load(one), name, value)

    def add_speaker(self, item: ProgrammeItem, name: str, part: str) -> None:
        with self.at_work():
            db.session.add(Speaker(item_id=item.id, name=name, part=part))

    def publish(self, **how: object) -> int:
        """Publish the draft; the number of the version."""
        with self.at_work():
            meeting, clerk = self.load(self.meeting), self.load(self.clerk)
            return telling.publish(meeting, clerk, self.clock(), Instructions(**how)).number

    def retract(self, number: int) -> int:
        with self.at_work():
            meeting, clerk = self.load(self.meeting), self.load(self.clerk)
            return retracting.retract(meeting, number, clerk, self.clock())

    def mails(self) -> list[tuple[str, str, str]]:
        """(who, kind, what became of it) of every mail since the region was made."""
        with self.app.app_context():
            rows = db.session.query(OutboxMail).order_by(OutboxMail.id)
            return [(row.person.first_name, row.kind.value, outcome(row)) for row in rows]

    def mark_sent(self, *names: str) -> None:
        with self.at_work():
            for row in db.session.query(OutboxMail):
                if row.person.first_name in names:
                    row.sent_at = self.clock()

    def claim(self, name: str, until: datetime) -> None:
        """As if a worker is sending somebody's mail."""
        with self.at_work():
            rows = [r for r in db.session.query(OutboxMail) if r.person.first_name == name]
            rows[-1].claimed_until = until

    def forget_mails(self) -> None:
        with self.at_work():
            db.session.query(OutboxMail).delete()

    def latest(self) -> Publication | None:
        with self.app.app_context():
            return find_latest(self.meeting.id)

    def versions(self) -> list[tuple[int, bool, int | None]]:
        """(number, retracted, restores) of every version."""
        with self.app.app_context():
            rows = db.session.query(Publication).order_by(Publication.number)
            return [(row.number, row.is_retracted, row.restores) for row in rows]

    def register(self, number: int, item: ProgrammeItem | None) -> None:
        with self.at_work():
            person = db.session.get_one(Person, self.people[number].id)
            wished = (self.load(item),) if item else ()
            wish = Wish(person.offices[0], wished, waitlist_if_full=True)
            registrations.register(self.load(self.meeting), person, wish, self.clock())


def outcome(row: OutboxMail) -> str:
    moments = {"sent": row.sent_at, "failed": row.failed_at, "dropped": row.dropped_at}
    return next((name for name, moment in moments.items() if moment), "pending")
