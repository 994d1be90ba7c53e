"""Mails about a meeting that was closed to who is registered, or open again: decision 0031."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.registration import Registration
from tests.conftest import SetClock
from tests.golden import golden, golden_bytes
from tests.test_mail import Day, calendar_part, html, sequence_of, shown

CLOSED_STATES = [Openness.DATUM, Openness.BESLOTEN]


@pytest.fixture
def day(app: Flask, save: Callable[..., None], clock: SetClock) -> Day:
    return Day(app, save, clock)


def registered(day: Day) -> None:
    day.register(0, day.full, day.lunch)
    day.was_sent("REQUEST")


def closed(day: Day) -> MailKind:
    registered(day)
    day.become(Openness.BESLOTEN)
    return MailKind.CLOSED


def closed_for_a_subscriber(day: Day) -> MailKind:
    by_feed(day)
    day.register(0, day.full)
    day.was_sent()
    day.become(Openness.BESLOTEN)
    return MailKind.CLOSED


def closed_for_a_member(day: Day) -> MailKind:
    day.is_member(0)
    return closed(day)


def opened(day: Day) -> MailKind:
    closed(day)
    day.was_sent("CANCEL")
    day.become(Openness.OPENBAAR)
    return MailKind.OPENED


def opened_waiting(day: Day) -> MailKind:
    with day.at_work():
        day.load(day.meeting).maximum = 1
    day.register(1)
    return opened(day)


def opened_for_a_member(day: Day) -> MailKind:
    closed_for_a_member(day)
    day.was_sent("REQUEST")
    day.become(Openness.OPENBAAR)
    return MailKind.OPENED


def by_feed(day: Day) -> None:
    with day.at_work():
        day.load(day.people[0]).calendar_by_mail = False


OCCASIONS = (
    closed,
    closed_for_a_member,
    opened,
    opened_waiting,
    opened_for_a_member,
)
LETTERS = (*OCCASIONS, closed_for_a_subscriber)
Occasion = Callable[[Day], MailKind]


@pytest.mark.parametrize("occasion", LETTERS, ids=lambda occasion: occasion.__name__)
def test_mail_reads_as_its_golden_file(day: Day, occasion: Occasion) -> None:
    message = day.mail_to(0, occasion(day))

    name = f"mail/{occasion.__name__}"
    assert (shown(message), html(message)) == (
        golden(f"{name}.txt", shown(message)),
        golden(f"{name}.html", html(message)),
    )


@pytest.mark.parametrize("occasion", OCCASIONS, ids=lambda occasion: occasion.__name__)
def test_appointment_is_as_it_was_once_looked_at(day: Day, occasion: Occasion) -> None:
    content = calendar_part(day.mail_to(0, occasion(day))).get_payload(decode=True)

    assert content == golden_bytes(f"mail/{occasion.__name__}.ics", content)


@pytest.mark.parametrize("openness", CLOSED_STATES)
@pytest.mark.parametrize("subscribes", [False, True], ids=["by mail", "by feed"])
def test_who_may_not_see_it_reads_nothing_of_it(
    day: Day, openness: Openness, subscribes: bool
) -> None:
    registered(day)
    if subscribes:
        by_feed(day)
    day.become(openness)

    message = day.mail_to(0, MailKind.CLOSED)
    told = f"{message}{base64.b64decode(calendar_part(message).get_payload())!r}"
    words = ("Wonen", "wonen-en-energie", "Werf", "Kade", "Sliedrecht", "Warmte", "Lunch", "Kil")
    assert [word for word in words if word in told] == []


def test_sequence_rises_with_each_turn(day: Day) -> None:
    registered(day)
    first = sequence_of(day.mail_to(0, MailKind.REGISTERED))
    day.become(Openness.BESLOTEN)
    second = sequence_of(day.mail_to(0, MailKind.CLOSED))
    day.was_sent("CANCEL")
    day.become(Openness.OPENBAAR)

    assert first < second < sequence_of(day.mail_to(0, MailKind.OPENED))


def test_from_date_alone_to_closed_tells_nobody(day: Day) -> None:
    registered(day)
    day.become(Openness.DATUM)
    told = mails_in_all(day)
    day.become(Openness.BESLOTEN)

    assert mails_in_all(day) == told


def test_member_with_a_feed_hears_nothing(day: Day) -> None:
    by_feed(day)
    day.is_member(0)
    registered(day)
    told = mails_in_all(day)
    day.become(Openness.BESLOTEN)
    day.become(Openness.OPENBAAR)

    assert mails_in_all(day) == told


def test_who_never_heard_of_being_registered_hears_nothing_of_an_appointment(day: Day) -> None:
    day.register(0)
    day.become(Openness.BESLOTEN)

    assert day.mail_to(0, MailKind.CLOSED) is None


def test_closed_and_opened_before_the_first_mail_went_tells_nothing(day: Day) -> None:
    registered(day)
    day.become(Openness.BESLOTEN)
    day.become(Openness.OPENBAAR)

    assert (day.mail_to(0, MailKind.CLOSED), day.mail_to(0, MailKind.OPENED)) == (None, None)


def test_closed_once_more_before_the_second_mail_went_is_told_once(day: Day) -> None:
    closed(day)
    day.was_sent("CANCEL")
    day.become(Openness.OPENBAAR)
    day.become(Openness.BESLOTEN)

    assert (day.mail_to(0, MailKind.OPENED), day.mail_to(0, MailKind.CLOSED)) == (None, None)


def test_what_is_over_is_closed_in_silence(day: Day) -> None:
    registered(day)
    told = mails_in_all(day)
    day.clock.pass_(days=60)
    day.become(Openness.BESLOTEN)

    assert mails_in_all(day) == told


def test_registration_stays_as_it_was(day: Day) -> None:
    registered(day)
    before = registration(day)
    day.become(Openness.BESLOTEN)
    closed_again = registration(day)
    day.become(Openness.OPENBAAR)

    assert before == closed_again == registration(day)


def registration(day: Day) -> tuple[object, ...]:
    with day.at_work():
        one = db.session.query(Registration).one()
        return one.state, one.revisions, [(c.item_id, c.state) for c in one.live_choices]


def mails_in_all(day: Day) -> int:
    with day.at_work():
        return db.session.query(OutboxMail).count()
