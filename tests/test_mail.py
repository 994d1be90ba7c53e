"""Each mail against its golden file, and the mails that have nothing true to tell any more."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import update

from kwartaal.db import db
from kwartaal.domain import publications, registrations
from kwartaal.domain.registrations import Wish
from kwartaal.mail import compose
from kwartaal.models.account import EmailChange, SignInLink
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail, enqueue
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
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
from tests.golden import golden

ONE = uuid.UUID(int=1)
Stored = TypeVar("Stored", Meeting, Person, ProgrammeItem)


class Day:
    """A published meeting with two rounds and a lunch, and three people of the council."""

    def __init__(self, app: Flask, save: Callable[..., None], clock: SetClock) -> None:
        self.app, self.clock = app, clock
        kil = Room(name="zaal Kil", capacity=30)
        venue = a_venue(
            name="De Werf", street="Kade 1", postcode="3361 AB", town="Sliedrecht", rooms=[kil]
        )
        self.meeting = a_meeting(
            title="Wonen & energie: <samen> doen?",
            slug="wonen-en-energie",
            introduction="Wat kunnen we samen doen?\nKom en praat mee.",
            state=MeetingState.CONCEPT,
            venue=venue,
            uid=ONE,
            public_id=ONE,
        )
        one, two = a_round(self.meeting, title="Ronde 1"), a_round(self.meeting, 3, title="Ronde 2")
        self.full = a_workshop(one, 1, title="Warmte zonder aardgas", room=kil)
        self.free = a_workshop(two, 20, title="Jeugdhulp dichtbij", room=kil)
        self.lunch = an_item(self.meeting, ItemKind.LUNCH, title="Lunch", sign_up=SignUp.OPEN)
        self.people = [
            a_council_member(
                first_name=name, prefix="van", last_name="Şen", email=f"{name}@x.example"
            )
            for name in ("anna", "bram", "cem")
        ]
        self.clerk = staff()
        agenda = an_agenda_item(self.meeting, title="Opening", minutes=10)
        save(self.meeting, self.full, self.free, self.lunch, agenda, self.clerk, *self.people)
        with self.at_work():
            publications.publish(self.load(self.meeting), self.load(self.clerk), clock())

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with self.app.test_request_context("/", base_url=self.app.config["BASE_URL"]):
            yield
            db.session.commit()

    def load(self, one: Stored) -> Stored:
        return db.session.get_one(type(one), one.id)

    def register(self, number: int, *items: ProgrammeItem, **wish: object) -> None:
        with self.at_work():
            person = self.load(self.people[number])
            wished = tuple(self.load(item) for item in items)
            asked = Wish(person.offices[0], wished, waitlist_if_full=True)
            registrations.register(self.load(self.meeting), person, asked, self.clock())

    def withdraw(self, number: int) -> None:
        with self.at_work():
            person = self.load(self.people[number])
            registrations.withdraw(self.load(self.meeting), person, self.clock())

    def was_sent(self) -> None:
        """Every mail so far went out."""
        with self.at_work():
            db.session.execute(update(OutboxMail).values(sent_at=self.clock()))

    def mail(self, kind: MailKind) -> EmailMessage | None:
        """The newest mail of a kind, composed now."""
        with self.at_work():
            rows = db.session.query(OutboxMail).filter_by(kind=kind).order_by(OutboxMail.id.desc())
            mail = rows.first()
            mail.public_id = ONE
            return compose(mail, self.clock())


def shown(message: EmailMessage) -> str:
    """Headers that people see, and the text part."""
    headers = [f"{name}: {message[name]}" for name in ("From", "To", "Reply-To", "Subject", "Date")]
    headers += [f"{name}: {message[name]}" for name in ("Message-ID", "Auto-Submitted")]
    return "\n".join([*headers, "", message.get_body(("plain",)).get_content()])


def html(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()


@pytest.fixture
def day(app: Flask, save: Callable[..., None], clock: SetClock) -> Day:
    return Day(app, save, clock)


def registered(day: Day) -> MailKind:
    day.register(0, day.full, day.free, day.lunch)
    return MailKind.REGISTERED


def registered_waiting(day: Day) -> MailKind:
    day.register(0, day.full)
    day.register(1, day.full, day.free)
    return MailKind.REGISTERED


def registered_meeting_full(day: Day) -> MailKind:
    with day.at_work():
        day.load(day.meeting).maximum = 1
    day.register(0, day.full)
    day.register(1, day.full, day.free)
    return MailKind.REGISTERED


def registered_changed(day: Day) -> MailKind:
    registered(day)
    day.was_sent()
    day.register(0, day.free)
    return MailKind.REGISTERED


def meeting_place_given(day: Day) -> MailKind:
    registered_meeting_full(day)
    day.withdraw(0)
    return MailKind.MEETING_PLACE_GIVEN


def place_given(day: Day) -> MailKind:
    registered_waiting(day)
    day.withdraw(0)
    return MailKind.PLACE_GIVEN


def withdrawn(day: Day) -> MailKind:
    registered(day)
    day.withdraw(0)
    return MailKind.WITHDRAWN


def cancelled(day: Day) -> MailKind:
    registered(day)
    with day.at_work():
        meeting, clerk = day.load(day.meeting), day.load(day.clerk)
        publications.cancel(meeting, "Er is ijzel op komst.", clerk, day.clock())
    return MailKind.CANCELLED


def registration_open(day: Day) -> MailKind:
    with day.at_work():
        person = day.load(day.people[0])
        about = {"meeting_id": day.meeting.id}
        enqueue(MailKind.REGISTRATION_OPEN, person, "1", day.clock(), **about)
    return MailKind.REGISTRATION_OPEN


def sign_in(day: Day) -> MailKind:
    with day.at_work():
        now, person = day.clock(), day.load(day.people[0])
        link = SignInLink(
            public_id=ONE, person=person, created_at=now, expires_at=now + timedelta(minutes=30)
        )
        enqueue(MailKind.SIGN_IN, person, "1", now, sign_in_link=link)
    return MailKind.SIGN_IN


def email_change(day: Day, kind: MailKind, address: str) -> MailKind:
    with day.at_work():
        now, person = day.clock(), day.load(day.people[0])
        change = EmailChange(
            public_id=ONE,
            person=person,
            requested_by=person,
            old_email=person.email,
            new_email="nieuw@x.example",
            created_at=now,
            expires_at=now + timedelta(days=1),
        )
        enqueue(kind, person, "1", now, address=address, email_change=change)
    return kind


def email_change_confirm(day: Day) -> MailKind:
    return email_change(day, MailKind.EMAIL_CHANGE_CONFIRM, "nieuw@x.example")


def email_change_notice(day: Day) -> MailKind:
    return email_change(day, MailKind.EMAIL_CHANGE_NOTICE, "anna@x.example")


OCCASIONS = (
    registered,
    registered_waiting,
    registered_meeting_full,
    registered_changed,
    meeting_place_given,
    place_given,
    withdrawn,
    cancelled,
    registration_open,
    sign_in,
    email_change_confirm,
    email_change_notice,
)


@pytest.mark.parametrize("occasion", OCCASIONS, ids=lambda occasion: occasion.__name__)
def test_mail_reads_as_its_golden_file(day: Day, occasion: Callable[[Day], MailKind]) -> None:
    message = day.mail(occasion(day))

    name = f"mail/{occasion.__name__}"
    assert (shown(message), html(message)) == (
        golden(f"{name}.txt", shown(message)),
        golden(f"{name}.html", html(message)),
    )


def test_confirmation_carries_one_appointment(day: Day) -> None:
    message = day.mail(registered(day))

    attached = [(a.get_content_type(), a.get_filename()) for a in message.iter_attachments()]
    assert attached == [("text/calendar", "bijeenkomst.ics")]


def test_confirmation_that_a_newer_change_overtook_is_not_sent(day: Day) -> None:
    kind = registered(day)
    day.withdraw(0)

    assert day.mail(kind) is None


def test_place_given_is_not_sent_after_leaving_again(day: Day) -> None:
    kind = place_given(day)
    day.register(1, day.free)

    assert day.mail(kind) is None


def test_announcement_is_not_sent_to_who_registered_meanwhile(day: Day) -> None:
    kind = registration_open(day)
    day.register(0)

    assert day.mail(kind) is None


def test_mail_about_what_the_reader_may_no_longer_see_is_not_sent(day: Day) -> None:
    kind = registered(day)
    with day.at_work():
        day.load(day.meeting).openness = Openness.BESLOTEN

    assert day.mail(kind) is None


def test_sign_in_mail_is_not_sent_when_the_link_is_too_old(day: Day) -> None:
    kind = sign_in(day)
    day.clock.pass_(minutes=30)

    assert day.mail(kind) is None


def test_a_name_adds_no_header(day: Day) -> None:
    with day.at_work():
        day.load(day.people[0]).first_name = "Anna\r\nBcc: x@x.example"
    kind = sign_in(day)

    with pytest.raises(ValueError):
        day.mail(kind)


def person_without_address(day: Day) -> Person:
    person = day.load(day.people[0])
    person.email = None
    return person


def test_who_has_no_address_gets_no_mail(day: Day) -> None:
    with day.at_work():
        person_without_address(day)
    day.register(0)

    with day.at_work():
        assert db.session.query(OutboxMail).count() == 0
