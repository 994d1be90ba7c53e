"""Each mail against its golden file, and the mails that have nothing true to tell any more."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any, TypeVar

import pytest
import vobject
from flask import Flask
from sqlalchemy import update

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.db import db
from kwartaal.domain import (
    meetings,
    moving,
    places,
    planned_publications,
    publications,
    registrations,
)
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.meetings import Texts, TimeAndPlace, time_and_place
from kwartaal.domain.preparation_refusals import MaximumAboveRoom
from kwartaal.domain.registrations import Wish
from kwartaal.domain.restoring import restore_item, restore_meeting
from kwartaal.domain.telling import Instructions
from kwartaal.mail import compose
from kwartaal.mail.letter import method_in
from kwartaal.models.account import EmailChange, SignInLink
from kwartaal.models.body import Body
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail, enqueue
from kwartaal.models.person import Person
from kwartaal.models.planned_publication import find_plan
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, programme_of
from kwartaal.models.venue import Room, Venue
from tests.conftest import SetClock
from tests.factories import (
    START,
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_round,
    a_venue,
    a_workshop,
    an_agenda_item,
    an_item,
    staff,
)
from tests.golden import golden, golden_bytes

ONE = uuid.UUID(int=1)
Stored = TypeVar("Stored", Meeting, Person, ProgrammeItem, Venue)


class Day:
    """A published meeting with two rounds and a lunch, and three people of the council."""

    def __init__(self, app: Flask, save: Callable[..., None], clock: SetClock) -> None:
        self.app, self.clock = app, clock
        kil = Room(name="zaal Kil", capacity=30)
        self.home = venue = a_venue(
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
        self.elsewhere = a_venue(
            name="De Hal", street="Plein 2", postcode="3351 GB", town="Papendrecht"
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
        self.clerk = staff(first_name="Griet", last_name="Griffie", email="griet@x.example")
        self.beside = a_workshop(one, 5, title="Zon op daken")
        agenda = an_agenda_item(self.meeting, title="Opening", minutes=10)
        parts = (self.full, self.beside, self.free, self.lunch, agenda)
        save(self.meeting, *parts, self.elsewhere, self.clerk, *self.people)
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

    def was_sent(self, method: str | None = None) -> None:
        """Every mail so far went out, those that were still to go with this METHOD."""
        with self.at_work():
            open_ = update(OutboxMail).where(OutboxMail.sent_at.is_(None))
            db.session.execute(open_.values(sent_at=self.clock(), appointment=method))

    def move(self, days: int) -> None:
        """To another venue, so many days later than it was at first."""
        start = START.astimezone(AMSTERDAM) + timedelta(days=days)
        self.move_to(TimeAndPlace(start, start + timedelta(hours=6), self.elsewhere))

    def move_to(self, to: TimeAndPlace) -> None:
        self.clock.pass_(minutes=1)
        with self.at_work():
            to = replace(to, venue=to.venue and self.load(to.venue))
            moving.move(self.load(self.meeting), to, self.load(self.clerk), self.clock())

    def cancel_item(self, item: ProgrammeItem) -> None:
        with self.at_work():
            clerk = self.load(self.clerk)
            cancel_item(self.load(item), "De spreker is ziek.", clerk, self.clock())

    def restore_item(self, item: ProgrammeItem) -> None:
        self.clock.pass_(minutes=1)
        with self.at_work():
            restore_item(self.load(item), self.load(self.clerk), self.clock())

    def become(self, openness: Openness) -> None:
        """As the griffie closes and opens a meeting, here of a body without any members."""
        self.clock.pass_(minutes=1)
        with self.at_work():
            meeting = self.load(self.meeting)
            self._body()
            texts = Texts(meeting.title, openness, meeting.introduction, meeting.note)
            programme = programme_of(meeting.id)
            when, clerk = time_and_place(meeting), self.load(self.clerk)
            meetings.change(meeting, texts, when, programme, clerk, self.clock())

    def is_member(self, number: int) -> None:
        """From now on this person sees the meeting however closed it is."""
        with self.at_work():
            db.session.add(a_membership(self.load(self.people[number]), self._body()))

    def _body(self) -> Body:
        series = self.load(self.meeting).series
        series.body = series.body or a_body(name="Spiegelgroep", slug="spiegelgroep")
        return series.body

    def oldest(self, kind: MailKind) -> int:
        with self.at_work():
            return db.session.query(OutboxMail).filter_by(kind=kind).order_by(OutboxMail.id)[0].id

    def composed(self, mail_id: int) -> EmailMessage | None:
        with self.at_work():
            return compose(db.session.get_one(OutboxMail, mail_id), self.clock())

    def mail(self, kind: MailKind) -> EmailMessage | None:
        """The newest mail of a kind, composed now."""
        return self._newest(kind=kind)

    def mail_to(self, number: int, kind: MailKind) -> EmailMessage | None:
        """The same of those to one person."""
        return self._newest(kind=kind, person_id=self.people[number].id)

    def _newest(self, **which: object) -> EmailMessage | None:
        with self.at_work():
            rows = db.session.query(OutboxMail).filter_by(**which).order_by(OutboxMail.id.desc())
            mail = rows.first()
            mail.public_id = ONE
            composed = compose(mail, self.clock())
            db.session.rollback()  # the next one may be another mail
            return composed


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


def place_given_in_another_room(day: Day) -> MailKind:
    """The larger room is in the draft only."""
    registered_waiting(day)
    with day.at_work():
        item = day.load(day.full)
        item.room = Room(name="zaal Merwede", capacity=40, venue=day.load(day.home))
        places.change_item_maximum(item, 40, day.clock())
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


def moved(day: Day) -> MailKind:
    registered(day)
    day.move(days=7)
    return MailKind.MOVED


def moved_waiting(day: Day) -> MailKind:
    registered_meeting_full(day)
    day.move(days=7)
    return MailKind.MOVED


def moved_hybrid(day: Day) -> MailKind:
    """To another venue at the same time; people can take part online before and after."""
    now = TimeAndPlace(START, START + timedelta(hours=6), day.home, is_digital=True)
    day.move_to(now)
    registered(day)
    day.move_to(replace(now, venue=day.elsewhere))
    return MailKind.MOVED


def workshop_cancelled(day: Day) -> MailKind:
    registered(day)
    day.cancel_item(day.full)
    return MailKind.WORKSHOP_CANCELLED


def lunch_cancelled(day: Day) -> MailKind:
    registered(day)
    day.cancel_item(day.lunch)
    return MailKind.WORKSHOP_CANCELLED


def lunch_restored(day: Day) -> MailKind:
    lunch_cancelled(day)
    day.was_sent()
    day.restore_item(day.lunch)
    return MailKind.WORKSHOP_RESTORED


def restored(day: Day) -> MailKind:
    cancelled(day)
    day.was_sent()
    day.clock.pass_(minutes=1)
    with day.at_work():
        restore_meeting(day.load(day.meeting), day.load(day.clerk), day.clock())
    return MailKind.RESTORED


def workshop_restored(day: Day) -> MailKind:
    workshop_cancelled(day)
    day.was_sent()
    day.restore_item(day.full)
    return MailKind.WORKSHOP_RESTORED


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


def plan_refused(day: Day) -> MailKind:
    with day.at_work():
        day.load(day.meeting).title = "Wonen & energie"
        now, at = day.clock(), day.clock() + timedelta(minutes=30)
        meeting, clerk = day.load(day.meeting), day.load(day.clerk)
        planned_publications.plan(meeting, clerk, at, Instructions(), now)
        db.session.flush()
        plan_id = find_plan(meeting.id).id
        wrong = MaximumAboveRoom(title="Warmte zonder aardgas", room="zaal Kil", capacity=30)
        planned_publications.refuse(plan_id, wrong, at)
    return MailKind.PLAN_REFUSED


OCCASIONS = (
    registered,
    registered_waiting,
    registered_meeting_full,
    registered_changed,
    meeting_place_given,
    place_given,
    place_given_in_another_room,
    withdrawn,
    cancelled,
    moved,
    moved_waiting,
    moved_hybrid,
    workshop_cancelled,
    lunch_cancelled,
    restored,
    workshop_restored,
    lunch_restored,
    registration_open,
    plan_refused,
    sign_in,
    email_change_confirm,
    email_change_notice,
)


WITHOUT_APPOINTMENT = (
    plan_refused,
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


CALENDAR_OCCASIONS = [occasion for occasion in OCCASIONS if occasion not in WITHOUT_APPOINTMENT]


@pytest.mark.parametrize("occasion", CALENDAR_OCCASIONS, ids=lambda occasion: occasion.__name__)
def test_appointment_is_as_it_was_once_looked_at(
    day: Day, occasion: Callable[[Day], MailKind]
) -> None:
    content = calendar_part(day.mail(occasion(day))).get_payload(decode=True)

    assert content == golden_bytes(f"mail/{occasion.__name__}.ics", content)


@pytest.mark.parametrize("occasion", WITHOUT_APPOINTMENT, ids=lambda occasion: occasion.__name__)
def test_other_mails_have_no_appointment(day: Day, occasion: Callable[[Day], MailKind]) -> None:
    assert method_in(day.mail(occasion(day))) is None


def test_whole_message_is_as_it_was_once_looked_at(day: Day) -> None:
    content = day.mail(registered(day)).as_bytes()

    assert content == golden_bytes("mail/registered.eml", content)


def test_invitation_is_the_last_alternative_and_the_file_is_the_same(day: Day) -> None:
    message = day.mail(registered(day))

    alternatives, attached = message.iter_parts()
    types = [part.get_content_type() for part in alternatives.iter_parts()]
    assert types == ["text/plain", "text/html", "text/calendar"]
    invitation = calendar_part(message)
    assert invitation["Content-Type"] == 'text/calendar; charset="utf-8"; method="REQUEST"'
    assert invitation["Content-Transfer-Encoding"] == "base64"
    assert invitation["Content-Disposition"] is None
    assert (attached.get_content_type(), attached.get_filename()) == (
        "application/ics",
        "bijeenkomst.ics",
    )
    assert attached.get_content() == invitation.get_payload(decode=True)


@pytest.mark.parametrize("occasion", CALENDAR_OCCASIONS, ids=lambda occasion: occasion.__name__)
def test_headers_and_appointment_name_the_same_method_and_people(
    day: Day, occasion: Callable[[Day], MailKind]
) -> None:
    with day.at_work():
        day.load(day.meeting).organiser_email = "organisator@x.example"
    message = day.mail(occasion(day))

    calendar = appointment_in(message)
    addresses = [one.value for one in (calendar.vevent.organizer, calendar.vevent.attendee)]
    assert calendar.method.value == method_in(message)
    assert addresses == [f"mailto:{message['Reply-To']}", f"mailto:{recipient(message)}"]
    assert message["Reply-To"] == "organisator@x.example"
    assert len(calendar.vevent.contents["attendee"]) == 1


@pytest.mark.parametrize(
    ("occasion", "expected"),
    [
        (registered, ("REQUEST", "CONFIRMED", "ACCEPTED")),
        (registered_meeting_full, ("REQUEST", "TENTATIVE", "TENTATIVE")),
        (withdrawn, ("CANCEL", "CANCELLED", "DECLINED")),
        (cancelled, ("CANCEL", "CANCELLED", "ACCEPTED")),
    ],
    ids=["registered", "meeting full", "withdrawn", "cancelled"],
)
def test_method_follows_what_somebody_has(
    day: Day, occasion: Callable[[Day], MailKind], expected: tuple[str, ...]
) -> None:
    calendar = appointment_in(day.mail(occasion(day)))

    event = calendar.vevent
    assert (
        calendar.method.value,
        event.status.value,
        event.attendee.params["PARTSTAT"][0],
    ) == expected
    assert event.attendee.params["RSVP"] == ["FALSE"]


def test_mail_that_goes_twice_is_one_message_but_for_its_date(day: Day) -> None:
    kind = registered(day)
    first = day.mail(kind)
    day.clock.pass_(minutes=7)
    second = day.mail(kind)

    del first["Date"], second["Date"]
    assert first.as_bytes() == second.as_bytes()


def test_closed_meeting_is_busy_in_the_calendar_of_a_member(day: Day) -> None:
    kind = registered(day)
    with day.at_work():
        series, body = day.load(day.meeting).series, a_body()
        series.body, day.load(day.meeting).openness = body, Openness.BESLOTEN
        db.session.add(a_membership(day.load(day.people[0]), body))

    event = appointment_in(day.mail(kind)).vevent
    assert (event.summary.value, event.getChildValue("location", "")) == ("Bezet", "")
    assert event.getChildValue("class") == "PRIVATE"


HARD_NAME = 'Anna "de Ü; kort", x:y\t🌊'


def test_no_name_breaks_the_appointment(day: Day) -> None:
    with day.at_work():
        day.load(day.people[0]).first_name = HARD_NAME

    attendee = appointment_in(day.mail(registered(day))).vevent.attendee

    assert attendee.params["CN"] == ["Anna de Ü; kort, x:y 🌊 van Şen"]


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


def body(message: EmailMessage | None) -> str:
    assert message is not None
    return message.get_body(("plain",)).get_content().replace("\xa0", " ")


def test_who_withdrew_hears_nothing_of_a_move(day: Day) -> None:
    kind = moved(day)
    day.withdraw(0)

    assert day.mail(kind) is None


def test_two_moves_before_the_first_mail_are_told_as_one(day: Day) -> None:
    kind = moved(day)
    first = day.oldest(kind)
    day.move(days=14)

    assert day.composed(first) is None
    assert "Was: dinsdag 23 maart 2027" in body(day.mail(kind))


def test_second_move_starts_from_what_the_first_mail_said(day: Day) -> None:
    kind = moved(day)
    with day.at_work():
        db.session.get_one(OutboxMail, day.oldest(kind)).sent_at = day.clock()
    day.move(days=14)

    assert "Was: dinsdag 30 maart 2027" in body(day.mail(kind))


def test_another_venue_at_the_same_time_is_told(day: Day) -> None:
    registered(day)
    day.move(days=0)

    told = body(day.mail(MailKind.MOVED))
    assert "De Werf, Kade 1, 3361 AB Sliedrecht" in told.split("Was:")[1].splitlines()[0]
    assert "De Hal, Plein 2, 3351 GB Papendrecht" in told.split("Waar:")[1]


def test_moving_there_and_back_before_the_mail_tells_nothing(day: Day) -> None:
    kind = moved(day)
    day.move_to(TimeAndPlace(START, START + timedelta(hours=6), day.home))

    assert day.mail(kind) is None


def test_mail_about_a_meeting_without_a_venue_says_online(day: Day) -> None:
    day.move_to(TimeAndPlace(START, START + timedelta(hours=6), is_digital=True))

    assert "Waar: Online\n" in body(day.mail(registered(day)))


def test_online_address_is_in_the_mail_and_in_the_appointment(day: Day) -> None:
    with day.at_work():
        meeting = day.load(day.meeting)
        meeting.online_address = "https://stream.example.org/wonen"
        publications.publish(meeting, day.load(day.clerk), day.clock())

    mail = day.mail(registered(day))
    assert "Online: https://stream.example.org/wonen\n" in body(mail)
    event = appointment_in(mail).vevent
    assert event.conference.value == "https://stream.example.org/wonen"
    assert "Live meekijken: https://stream.example.org/wonen" in event.description.value


def test_cancelled_workshop_after_closing_sends_people_to_the_griffie(day: Day) -> None:
    kind = workshop_cancelled(day)
    day.clock.moment = START - timedelta(days=3)

    text = body(day.mail(kind))

    assert "Wilt u een andere workshop in deze ronde? Bel de griffie." in text
    assert "/aanmelden" not in text


def test_cancelled_workshop_without_others_says_so(day: Day) -> None:
    registered(day)
    day.cancel_item(day.free)

    text = body(day.mail(MailKind.WORKSHOP_CANCELLED))
    assert "In deze ronde is nergens meer plek." in text


def test_who_withdrew_hears_nothing_of_a_cancelled_workshop(day: Day) -> None:
    kind = workshop_cancelled(day)
    day.withdraw(0)

    assert day.mail(kind) is None


def test_who_never_heard_that_it_was_off_does_not_hear_that_it_is_on(day: Day) -> None:
    workshop_cancelled(day)
    day.restore_item(day.full)

    assert day.mail(MailKind.WORKSHOP_CANCELLED) is None
    assert day.composed(day.oldest(MailKind.WORKSHOP_RESTORED)) is None


def test_cancelled_once_more_before_the_first_mail_went_is_one_mail(day: Day) -> None:
    cancelled(day)
    first = day.oldest(MailKind.CANCELLED)
    day.clock.pass_(minutes=1)
    with day.at_work():
        meeting, clerk = day.load(day.meeting), day.load(day.clerk)
        restore_meeting(meeting, clerk, day.clock())
        publications.cancel(meeting, "Toch ijzel.", clerk, day.clock())

    assert day.composed(first) is None
    assert "Toch ijzel." in body(day.mail(MailKind.CANCELLED))


@pytest.mark.parametrize("occasion", [moved, workshop_cancelled, restored, workshop_restored])
def test_change_comes_with_the_appointment_at_a_higher_sequence(
    day: Day, occasion: Callable[[Day], MailKind]
) -> None:
    day.register(0, day.full, day.free, day.lunch)
    before = sequence_of(day.composed(day.oldest(MailKind.REGISTERED)))

    assert sequence_of(day.mail(occasion(day))) > before


def sequence_of(message: EmailMessage | None) -> int:
    assert message is not None
    return int(appointment_in(message).vevent.sequence.value)


def calendar_part(message: EmailMessage) -> EmailMessage:
    return next(part for part in message.walk() if part.get_content_type() == "text/calendar")


def appointment_in(message: EmailMessage) -> Any:
    return vobject.readOne(calendar_part(message).get_payload(decode=True).decode())


def recipient(message: EmailMessage) -> str:
    (to,) = message["To"].addresses
    return str(to.addr_spec)
