"""A published meeting with two rounds, lunch and drinks, and people of every sort at its door."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Flask

from kwartaal.db import begin_writing, db
from kwartaal.domain import attendance, publications, registrations
from kwartaal.domain.attendance import ComingAs, Mark
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.registrations import Wish
from kwartaal.models.attendance import MarkKind
from kwartaal.models.attendance_list import Attendance, find_on_list
from kwartaal.models.attendance_search import EVERYTHING
from kwartaal.models.attendee import Attendee
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience, Organisation
from kwartaal.models.person import Person, Role
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, Speaker
from kwartaal.models.registration import Registration
from tests.conftest import SetClock
from tests.factories import (
    a_meeting,
    a_person,
    a_round,
    a_workshop,
    an_item,
    an_office,
    an_office_kind,
    an_organisation,
    staff,
)

Save = Callable[..., None]


def everybody_on(attendance: Attendance) -> list[Attendee]:
    """The whole list, speakers among them, sorted by last name."""
    first = attendance.page(EVERYTHING, 1)
    pages = [first, *(attendance.page(EVERYTHING, one) for one in range(2, first.pages + 1))]
    people = [one for page in pages for one in page.items] + attendance.only_speaking()
    return sorted(people, key=lambda one: (one.sort_key, one.name))


class Door:
    """The meeting and what happens before and at its door, through the operations of the domain."""

    def __init__(self, app: Flask, save: Save, clock: SetClock, **columns: object) -> None:
        self.app, self.save, self.clock = app, save, clock
        columns.setdefault("slug", "aan-de-rivier-2027-03-23")
        self.meeting = a_meeting(title="Aan de rivier", **columns)
        first, second = a_round(self.meeting, 1), a_round(self.meeting, 3)
        self.dikes = a_workshop(first, 1, position=1)
        self.heat = a_workshop(first, 20, position=2)
        self.money = a_workshop(second, 20, position=1)
        for item, title in ((self.dikes, "Dijken"), (self.heat, "Warmte"), (self.money, "Geld")):
            item.title = title
        lunch = {"title": "Lunch", "sign_up": SignUp.OPEN}
        self.lunch = an_item(self.meeting, ItemKind.LUNCH, **lunch)
        self.organiser = staff(Role.ORGANISATOR)
        self.griffie = staff(Role.GRIFFIE)
        self.town = an_organisation("Zwijndrecht")
        self.other_town = an_organisation("Papendrecht")
        self.council = an_office_kind("raadslid")
        items = (self.dikes, self.heat, self.money, self.lunch)
        save(self.organiser, self.griffie, self.meeting, *items)
        save(self.town, self.other_town, self.council)

    def publish(self) -> None:
        with self.app.app_context():
            publications.publish(self._meeting(), self._get(self.griffie), self.clock())
            db.session.commit()

    def somebody(
        self,
        first_name: str,
        last_name: str,
        organisation: Organisation | None = None,
        **columns: object,
    ) -> Person:
        """A council member, of Zwijndrecht unless told otherwise."""
        person = a_person(first_name, last_name, **columns)
        with self.app.app_context():
            town = db.session.merge(organisation or self.town, load=False)
            an_office(person, organisation=town, kind=db.session.merge(self.council, load=False))
            db.session.add(person)
            db.session.commit()
            db.session.refresh(person)
            db.session.expunge_all()
        return person

    def register(self, person: Person, *items: ProgrammeItem) -> uuid.UUID:
        """The public id of the registration; waits where it is full."""
        with self.app.app_context():
            begin_writing()
            wished = tuple(db.session.get_one(ProgrammeItem, item.id) for item in items)
            person = self._get(person)
            wish = Wish(person.offices[0], wished, waitlist_if_full=True)
            made = registrations.register(self._meeting(), person, wish, self.clock())
            key = made.public_id
            db.session.commit()
        return key

    def withdraw(self, person: Person) -> None:
        with self.app.app_context():
            registrations.withdraw(self._meeting(), self._get(person), self.clock())
            db.session.commit()

    def cancel(self, workshop: ProgrammeItem) -> None:
        with self.app.app_context():
            begin_writing()
            item = db.session.get_one(ProgrammeItem, workshop.id)
            cancel_item(item, "Spreker ziek", self._get(self.griffie), self.clock())
            db.session.commit()

    def mark(
        self,
        key: uuid.UUID,
        kind: MarkKind = MarkKind.ARRIVED,
        item: ProgrammeItem | None = None,
        **said: object,
    ) -> None:
        with self.app.app_context():
            begin_writing()
            whom = find_on_list(self.meeting.id, key)
            assert whom is not None
            item_id = item.id if item else None
            mark = Mark(uuid.uuid4(), self._get(self.organiser), kind, item_id, **said)
            attendance.mark(whom, mark, self.clock())
            db.session.commit()

    def let_in(self, person: Person, organisation: Organisation | None = None) -> uuid.UUID:
        with self.app.app_context():
            coming_as = ComingAs("", organisation, Audience.RAAD) if organisation else None
            said = Mark(uuid.uuid4(), self._get(self.organiser))
            walk_in = attendance.let_in(
                self._meeting(), self._get(person), coming_as, said, self.clock()
            )
            key = walk_in.public_id
            db.session.commit()
        return key

    def speaks(
        self, item: ProgrammeItem, name: str = "", person: Person | None = None
    ) -> uuid.UUID:
        part = Speaker(item_id=item.id, name=name or person.full_name, part="spreker")
        part.person_id = person.id if person else None
        self.save(part)
        return part.public_id

    def registration_of(self, person: Person) -> Registration:
        with self.app.app_context():
            row = db.session.query(Registration).filter_by(person_id=person.id).one()
            db.session.expunge(row)
            return row

    def places(self) -> tuple[int, int]:
        """Taken and waiting in the meeting."""
        with self.app.app_context():
            meeting = self._meeting()
            return meeting.taken, meeting.waiting

    def at(self, page: str = "") -> str:
        """The address of the list, or of a page under it."""
        return f"/beheer/bijeenkomsten/{self.meeting.slug}/aanwezigheid{page}"

    def waiting_list(self, page: str = "") -> str:
        return f"/beheer/bijeenkomsten/{self.meeting.slug}/wachtlijst{page}"

    def _meeting(self) -> Meeting:
        return db.session.get_one(Meeting, self.meeting.id)

    def _get(self, person: Person) -> Person:
        return db.session.get_one(Person, person.id)
