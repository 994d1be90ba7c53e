"""A meeting with two rounds and five people, to register, withdraw and move up in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask

from kwartaal.db import begin_writing, db
from kwartaal.domain import places, publications, registrations
from kwartaal.domain.registrations import Wish
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import Registration
from tests.conftest import SetClock
from tests.factories import START, a_council_member, a_meeting, a_round, a_workshop
from tests.publishing import on_the_site

Save = Callable[..., None]


class Region:
    """One meeting on the site with two rounds of one seat each, and people to fill them."""

    def __init__(
        self,
        app: Flask,
        save: Save,
        clock: SetClock,
        maximum: int | None = None,
        *,
        is_published: bool = True,
    ) -> None:
        self.app, self.clock = app, clock
        self.meeting = a_meeting(maximum=maximum)
        round_one = a_round(self.meeting)
        self.one = a_workshop(round_one, 1)
        self.beside = a_workshop(round_one, 1)  # in the same round
        self.two = a_workshop(a_round(self.meeting, 3), 1)
        self.people = [a_council_member() for _ in range(5)]
        save(self.meeting, self.one, self.beside, self.two, *self.people)
        if is_published:
            on_the_site(app, self.meeting)

    def register(
        self, number: int, *items: ProgrammeItem, wait: bool = True, waits_for: int = 0
    ) -> None:
        with self.writing():
            meeting, person = self._load(number)
            wished = tuple(db.session.get_one(ProgrammeItem, item.id) for item in items)
            wish = Wish(person.offices[0], wished, wait, frozenset({waits_for}))
            registrations.register(meeting, person, wish, self.clock())

    def publish(self, number: int) -> None:
        """Publish the draft, by one of the people."""
        with self.writing():
            publications.publish(*self._load(number), self.clock())

    def withdraw(self, number: int) -> None:
        with self.writing():
            registrations.withdraw(*self._load(number), self.clock())

    def give_place(self, number: int, item: ProgrammeItem) -> None:
        with self.writing():
            choice = self.registration_of(number).choice_of(item.id)
            assert choice is not None
            places.give_place(choice, self.clock())

    def give_meeting_place(self, number: int) -> None:
        with self.writing():
            registrations.give_meeting_place(self.registration_of(number), self.clock())

    def change_maximum(self, row: Meeting | ProgrammeItem, maximum: int | None) -> None:
        with self.writing():
            if isinstance(row, Meeting):
                meeting = db.session.get_one(Meeting, row.id)
                registrations.change_meeting_maximum(meeting, maximum, self.clock())
            else:
                item = db.session.get_one(ProgrammeItem, row.id)
                places.change_item_maximum(item, maximum, self.clock())

    def change(self, table: type[Meeting | ProgrammeItem], row_id: int, **columns: object) -> None:
        with self.writing():
            row = db.session.get_one(table, row_id)
            for name, value in columns.items():
                setattr(row, name, value)

    def registration_of(self, number: int) -> Registration:
        person_id = self.people[number].id
        return db.session.query(Registration).filter_by(person_id=person_id).one()

    def places_of(self, row: Meeting | ProgrammeItem) -> tuple[int, int]:
        """(taken, waiting) as the row counts them."""
        with self.app.app_context():
            stored = db.session.get_one(type(row), row.id)
            return stored.taken, stored.waiting

    @property
    def is_on_postgresql(self) -> bool:
        return str(self.app.config["SQLALCHEMY_DATABASE_URI"]).startswith("postgresql")

    def pass_set_moment(self) -> None:
        """From here on nobody moves up without the organiser."""
        self.clock.moment = START - timedelta(days=1)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.app.app_context():
            begin_writing()
            yield
            db.session.commit()

    def standing(self) -> list[list[str]]:
        """Per person: meeting, then "round: state" of each live choice."""
        with self.app.app_context():
            return [self._standing_of(person) for person in self.people]

    def mails(self) -> list[tuple[int, MailKind]]:
        with self.app.app_context():
            ids = [person.id for person in self.people]
            rows = db.session.query(OutboxMail).order_by(OutboxMail.id)
            return [(ids.index(row.person_id), row.kind) for row in rows]

    def _load(self, number: int) -> tuple[Meeting, Person]:
        person = db.session.get_one(Person, self.people[number].id)
        return db.session.get_one(Meeting, self.meeting.id), person

    def _standing_of(self, person: Person) -> list[str]:
        row = db.session.query(Registration).filter_by(person_id=person.id).one_or_none()
        if row is None:
            return []
        names = {self.one.id: "one", self.beside.id: "beside", self.two.id: "two"}
        live = [f"{names[c.item_id]} {c.state.value}" for c in row.live_choices]
        return [row.state.value, *live]
