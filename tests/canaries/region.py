"""One region in which every field holds a word of its own, made by the acts of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from flask import Flask

from kwartaal.db import Base, begin_writing, db
from kwartaal.domain import (
    item_cancelling,
    moving,
    planned_publications,
    publications,
    registrations,
    restoring,
    retracting,
    telling,
)
from kwartaal.domain.meetings import time_and_place
from kwartaal.domain.registrations import Wish
from kwartaal.domain.telling import Instructions
from kwartaal.models.body import BodyAlias
from kwartaal.models.document import Document, DocumentKind, DocumentVersion
from kwartaal.models.meeting import MeetingSlug, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Person
from kwartaal.models.series import Series
from tests.canaries import otherwise
from tests.canaries import viewers as groups
from tests.canaries.meetings import Audience, PaintedMeeting
from tests.canaries.viewers import ALL, BODY, CLERKS, NOBODY, PREPARERS, SECRETARY
from tests.canaries.words import Canaries, Readers
from tests.conftest import SetClock
from tests.document_samples import a_pdf
from tests.factories import (
    START,
    a_body,
    a_person,
    a_series,
    a_version,
    an_office,
    an_office_kind,
    an_organisation,
)
from tests.stored_files import store_file

Stored = TypeVar("Stored", bound=Base)
GUESTS_OF_OPEN: Readers = frozenset({"own", "other", "participant", "neighbour"})
HELD_ON = START - timedelta(days=60)
ANNOUNCED_ON = HELD_ON - timedelta(days=50)


class Region:
    """Meetings in every state, and the people who come to them.

    `own` and `other` register; `own` lives in the town of the local griffier.
    """

    def __init__(self, app: Flask, save: Callable[..., None], clock: SetClock) -> None:
        self.app, self.save, self.clock = app, save, clock
        self.words = Canaries()
        self._make_people()
        self._make_meetings()
        otherwise.close(self)
        self._publish_meetings()
        self._register_people()
        self._change_meetings()
        otherwise.move_and_call_off(self)
        self._write_on()
        self._forget_former_addresses()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with self.app.test_request_context("/", base_url=self.app.config["BASE_URL"]):
            begin_writing()
            yield
            db.session.commit()

    def load(self, one: Stored) -> Stored:
        return db.session.get_one(type(one), one.id)

    @property
    def clerk(self) -> Person:
        return self.load(self.viewers["secretary"])

    def _make_people(self) -> None:
        paint = self.words.paint
        self.town, self.other_town = an_organisation(), an_organisation()
        # Each municipality has a calendar that everybody may read.
        paint(self.town, "own", ALL, tooi_code=CLERKS)
        paint(self.other_town, "other", ALL, tooi_code=CLERKS)
        council = an_office_kind()
        paint(council, "", ALL - {groups.VISITOR})
        self.body = a_body(aliases=[BodyAlias()])
        paint(self.body, "", ALL, slug=SECRETARY)  # one of its meetings shows a date
        paint(self.body.aliases[0], "", NOBODY)
        self.viewers = groups.viewers(self.body, self.town, self.other_town, council)
        self.own = self._somebody("own", self.town, council, CLERKS | {"griffier"})
        self.other = self._somebody("other", self.other_town, council, CLERKS)
        self.guests = {self.own.email: "own", self.other.email: "other"}  # by address
        self.save(self.body, self.own, self.other, *self.viewers.values())

    def _somebody(self, called: str, town: Organisation, council: object, desk: Readers) -> Person:
        """Organisers find their guests on the list; the beheerder all accounts."""
        person = a_person()
        an_office(person, organisation=town, kind=council)
        guest = desk | {"organiser", called}
        named = dict.fromkeys(("first_name", "prefix", "last_name", "email"), guest | {"beheerder"})
        self.words.paint(person, called, guest, contact_email=desk, sort_key=NOBODY, **named)
        return person

    def _make_meetings(self) -> None:
        region = self._series("of the region", ALL, PREPARERS)
        of_body = self._series("of the body", BODY, SECRETARY, body=self.body)
        # Its calendar, which had a meeting that everybody could read, goes on under its name.
        was_public = self._series("once public", BODY, SECRETARY, name=ALL, body=self.body)
        kind = DocumentKind(code="A-1", position=1)
        self.words.paint(kind, "", PREPARERS)
        open_, ours = Audience(PREPARERS, ALL), Audience(SECRETARY, BODY, BODY)
        with_member = replace(ours, registered=frozenset({"member"}))
        with_guests = replace(open_, registered=GUESTS_OF_OPEN)
        called_off = replace(open_, takes_place=False)
        later = HELD_ON + timedelta(days=7)
        self.open = self._painted("open", with_guests, region)
        self.held = self._painted("held", with_guests, region, HELD_ON)
        self.past = self._painted("past", open_, region, later)
        self.concept = self._painted("concept", Audience(PREPARERS), region)
        self.announced = self._painted("announced", Audience(PREPARERS, announced=ALL), region)
        self.cancelled = self._painted("cancelled", called_off, region)
        self.private = self._painted("private", with_member, of_body)
        self.dated = self._painted("dated", ours, of_body, openness=Openness.DATUM)
        self.secret = self._painted("secret", Audience(SECRETARY), of_body)
        # The people who were registered answer the mail that takes their appointment back.
        had_guests = replace(ours, registered=GUESTS_OF_OPEN)
        self.closed = self._painted("closed", had_guests, was_public, openness=Openness.OPENBAAR)
        self.moved = self._painted("moved", with_guests, region, START + timedelta(days=1))
        self.all = [one for one in vars(self).values() if isinstance(one, PaintedMeeting)]
        for one in self.all:
            for document in one.documents:
                self._store_file(one, document.versions[0])
        self.save(kind, *(part for one in self.all for part in one.parts()))

    def _series(
        self,
        called: str,
        readers: Readers,
        clerks: Readers,
        name: Readers | None = None,
        **columns: object,
    ) -> Series:
        series = a_series(**columns)
        self.words.paint(series, called, readers, name=name or readers)
        used, unused = series.purposes
        self.words.paint(used, f"{called} used", readers)
        self.words.paint(unused, f"{called} unused", clerks)
        return series

    def _painted(
        self,
        called: str,
        audience: Audience,
        series: Series,
        starts_at: datetime = START,
        openness: Openness | None = None,
    ) -> PaintedMeeting:
        usual = Openness.BESLOTEN if series.body else Openness.OPENBAAR
        columns = {"series": series, "starts_at": starts_at, "openness": openness or usual}
        columns["state"] = MeetingState.CONCEPT
        uploader = self.viewers["secretary"]
        return PaintedMeeting(self.words, called, audience, columns, uploader, self.town)

    def _store_file(self, one: PaintedMeeting, version: DocumentVersion) -> None:
        store_file(self.app, version, a_pdf(text=one.texts[version.storage_name]))

    def _publish_meetings(self) -> None:
        for one in (self.held, self.past):
            self.publish(one, ANNOUNCED_ON)
        for one in (self.open, self.cancelled, self.private, self.dated):
            self.publish(one, self.clock())
        with self.at_work():
            publications.announce(self.load(self.announced.meeting), self.clerk, self.clock())
            for one in self.all:
                self.load(one.withdrawn).withdrawn_at = self.clock()

    def publish(self, one: PaintedMeeting, now: datetime, what: str = "") -> int:
        note = self.words.word(f"publication.note {one.called} {what}", one.audience.of_all)
        with self.at_work():
            return telling.publish(
                self.load(one.meeting), self.clerk, now, Instructions(note=note)
            ).number

    @property
    def guests_of_open(self) -> list[Person]:
        return [self.own, self.other, self.viewers["participant"], self.viewers["neighbour"]]

    def _register_people(self) -> None:
        for person in self.guests_of_open:
            self.register(person, self.open, self.clock())
            self.register(person, self.held, ANNOUNCED_ON + timedelta(days=15))
        self.register(self.viewers["member"], self.private, self.clock())

    def register(self, person: Person, one: PaintedMeeting, now: datetime) -> None:
        with self.at_work():
            guest = self.load(person)
            wish = Wish(guest.offices[0], (self.load(one.workshop),))
            registrations.register(self.load(one.meeting), guest, wish, now)

    def _change_meetings(self) -> None:
        now, word = self.clock(), self.words.word
        with self.at_work():
            reason = word("meeting.cancel_reason", ALL)
            publications.cancel(self.load(self.cancelled.meeting), reason, self.clerk, now)
            workshop, why = self.load(self.private.workshop), word("workshop reason", BODY)
            item_cancelling.cancel_item(workshop, why, self.clerk, now)
            meeting, day = self.load(self.private.meeting), timedelta(days=1)
            was = time_and_place(meeting)
            to = replace(was, starts_at=was.starts_at + day, ends_at=was.ends_at + day)
            moving.move(meeting, to, self.clerk, now)
        self._restore_workshop(self.open)

    def _restore_workshop(self, one: PaintedMeeting) -> None:
        """Given after all: who chose it has it again, and why it was off is told no more."""
        why = self.words.word("restoration.reason", NOBODY)
        with self.at_work():
            item_cancelling.cancel_item(self.load(one.workshop), why, self.clerk, self.clock())
        with self.at_work():
            restoring.restore_item(self.load(one.workshop), self.clerk, self.clock())

    def _write_on(self) -> None:
        """A second version that is taken back, a draft after it, and a plan to publish that."""
        one, now = self.open, self.clock()
        one.audience = Audience(PREPARERS)
        with self.at_work():
            self.repaint(one, "retracted")
        number = self.publish(one, now, "retracted")
        with self.at_work():
            retracting.retract(self.load(one.meeting), number, self.clerk, now)
            db.session.flush()
            self.repaint(one, "draft")
            db.session.flush()
            how = Instructions(note=self.words.word("planned_publication.note", CLERKS))
            meeting, later = self.load(one.meeting), now + timedelta(days=1)
            planned_publications.plan(meeting, self.clerk, later, how, now)

    def repaint(self, one: PaintedMeeting, what: str) -> None:
        """Other words in every field of a stored draft, and another file in every document."""
        clerks = PREPARERS
        meeting = self.load(one.meeting)
        kept = {column: getattr(meeting, column) for column in ("slug", "organiser_email")}
        one.paint(meeting, what, clerks, cancel_reason="", **kept)
        for item in (one.opening, one.round, one.workshop):
            one.paint_item(self.load(item), f"{what} {item.kind}", clerks)
        for number, point in enumerate(one.points):
            one.paint_point(self.load(point), f"{what} point {number}", clerks, clerks)
        for number, document in enumerate(one.documents):
            row = self.load(document)
            one.paint(row, f"{what} document {number}", clerks, **self._kept(row))
            version = a_version(number=len(row.versions) + 1, uploader=self.clerk)
            one.paint_file(version, f"{what} document {number}", clerks)
            row.versions.append(version)
            self._store_file(one, version)

    def _kept(self, document: Document) -> dict[str, str]:
        """Of what was withdrawn a version shows the title alone."""
        if not document.is_withdrawn:
            return {}
        return {"reference": document.reference, "owner_name": document.owner_name}

    def _forget_former_addresses(self) -> None:
        """They lead on for whoever may see the meeting, and stand nowhere."""
        with self.app.app_context():
            for former in db.session.query(MeetingSlug):
                self.words.hide(former.slug, of="meeting.slug")
