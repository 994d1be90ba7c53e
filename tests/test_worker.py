"""The worker against a real mail server: sent once, tried again, given up, dropped."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from kwartaal import worker
from kwartaal.db import db
from kwartaal.models.account import SignInLink
from kwartaal.models.outbox import MailKind, OutboxMail, enqueue
from kwartaal.models.person import Person
from tests.conftest import SetClock
from tests.factories import a_person

OK = "250 OK"


class MailServer:
    """Keeps what it accepts; answers each recipient and message as told."""

    def __init__(self) -> None:
        self.accepted: list[Envelope] = []
        self.rcpt_answer = self.data_answer = OK
        self.refused = ""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.refused:
            return "550 no such user"
        if self.rcpt_answer == OK:
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data_answer == OK:
            self.accepted.append(envelope)
        return self.data_answer

    @property
    def recipients(self) -> list[str]:
        return [address for envelope in self.accepted for address in envelope.rcpt_tos]

    @property
    def message_ids(self) -> list[str]:
        parsed = [message_from_bytes(e.content, policy=default) for e in self.accepted]
        return [message["Message-ID"] for message in parsed]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server() -> Iterator[MailServer]:
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def app(make_app: Callable[..., Flask], server: MailServer) -> Flask:
    return make_app(MAIL_URL=f"smtp://127.0.0.1:{server.port}")


def enqueue_to(app: Flask, clock: SetClock, *addresses: str) -> None:
    """One sign-in mail to each address, due now."""
    with app.app_context():
        for number, address in enumerate(addresses):
            person: Person = a_person(email=address)
            link = SignInLink(
                person=person, created_at=clock(), expires_at=clock().replace(year=2030)
            )
            db.session.add_all([person, link])
            enqueue(MailKind.SIGN_IN, person, f"{address}:{number}", clock(), sign_in_link=link)
        db.session.commit()


def state_of(app: Flask) -> list[tuple[int, str]]:
    """(attempts, what became of it) of each mail."""
    with app.app_context():
        rows = db.session.query(OutboxMail).order_by(OutboxMail.id)
        return [(row.attempts, outcome(row)) for row in rows]


def outcome(row: OutboxMail) -> str:
    moments = {"sent": row.sent_at, "failed": row.failed_at, "dropped": row.dropped_at}
    return next((name for name, moment in moments.items() if moment), "pending")


def test_each_mail_is_sent_once(app: Flask, clock: SetClock, server: MailServer) -> None:
    enqueue_to(app, clock, "a@x.example", "b@x.example")

    worker.run_once(app)
    worker.run_once(app)

    assert server.recipients == ["a@x.example", "b@x.example"]
    assert state_of(app) == [(1, "sent"), (1, "sent")]


def test_temporary_refusal_is_tried_again_after_a_pause(
    app: Flask, clock: SetClock, server: MailServer
) -> None:
    enqueue_to(app, clock, "a@x.example")
    server.data_answer = "451 try later"
    worker.run_once(app)
    server.data_answer = OK
    worker.run_once(app)
    too_early = state_of(app)

    clock.pass_(minutes=1)
    worker.run_once(app)

    assert too_early == [(1, "pending")]
    assert state_of(app) == [(2, "sent")]


def test_refused_address_is_given_up(app: Flask, clock: SetClock, server: MailServer) -> None:
    enqueue_to(app, clock, "a@x.example")
    server.rcpt_answer = "550 no such user"

    worker.run_once(app)

    assert state_of(app) == [(1, "failed")]


def test_ten_tries_are_enough(app: Flask, clock: SetClock, server: MailServer) -> None:
    enqueue_to(app, clock, "a@x.example")
    server.data_answer = "451 try later"

    for _ in range(12):
        worker.run_once(app)
        clock.pass_(hours=1)

    assert state_of(app) == [(10, "failed")]


def test_server_that_is_down_keeps_every_mail(
    make_app: Callable[..., Flask], clock: SetClock, server: MailServer
) -> None:
    app = make_app(MAIL_URL=f"smtp://127.0.0.1:{free_port()}")
    enqueue_to(app, clock, "a@x.example", "b@x.example")

    worker.run_once(app)

    assert state_of(app) == [(1, "pending"), (1, "pending")]


def test_one_refused_address_does_not_hold_up_the_others(
    app: Flask, clock: SetClock, server: MailServer
) -> None:
    enqueue_to(app, clock, "a@x.example", "b@x.example")

    server.refused = "a@x.example"
    worker.run_once(app)

    assert state_of(app) == [(1, "failed"), (1, "sent")]


def test_worker_that_died_after_sending_sends_again_with_the_same_message_id(
    app: Flask, clock: SetClock, server: MailServer
) -> None:
    enqueue_to(app, clock, "a@x.example")
    worker.run_once(app)
    forget_that_it_was_sent(app, clock)
    clock.pass_(minutes=5)

    worker.run_once(app)

    first, second = server.message_ids
    assert first == second


def forget_that_it_was_sent(app: Flask, clock: SetClock) -> None:
    """As if the power failed between the server's 250 and our commit."""
    with app.app_context():
        mail = db.session.query(OutboxMail).one()
        mail.sent_at = None
        mail.claimed_until = clock().replace(minute=5)
        db.session.commit()


def test_mail_that_another_worker_has_is_left_alone(
    app: Flask, clock: SetClock, server: MailServer
) -> None:
    enqueue_to(app, clock, "a@x.example")
    with app.app_context():
        mail = db.session.query(OutboxMail).one()
        mail.claimed_until = clock().replace(minute=5)
        db.session.commit()

    worker.run_once(app)

    assert server.recipients == []


def test_untrue_mail_is_dropped(app: Flask, clock: SetClock, server: MailServer) -> None:
    enqueue_to(app, clock, "a@x.example")
    with app.app_context():
        db.session.query(SignInLink).one().used_at = clock()
        db.session.commit()

    worker.run_once(app)

    assert (state_of(app), server.recipients) == ([(1, "dropped")], [])


def test_files_hold_each_mail_once(
    make_app: Callable[..., Flask], clock: SetClock, server: MailServer
) -> None:
    app = make_app(MAIL_URL="file:")
    enqueue_to(app, clock, "a@x.example")
    worker.run_once(app)
    forget_that_it_was_sent(app, clock)
    clock.pass_(minutes=5)

    worker.run_once(app)

    assert len(list(app.config["MAIL_DIR"].glob("*.eml"))) == 1
