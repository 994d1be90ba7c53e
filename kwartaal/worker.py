"""The worker: publishes what is due, takes mails from the outbox, and sends them.

A planned publication is claimed and published in one transaction: once, however many workers run,
and not at all when one dies halfway.

Each mail goes at least once. A worker that dies between sending and writing that down sends one
mail twice, with the same Message-ID. Text and tokens are made here, from what is true now; a mail
that is no longer true is dropped, never sent with a wrong text.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import date, datetime, timedelta
from threading import Event

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from kwartaal import clock, file_store, mailer
from kwartaal.db import begin_writing, db
from kwartaal.domain import planned_publications
from kwartaal.domain.publication_refusals import PublishingFailed
from kwartaal.domain.refusals import Refused
from kwartaal.mail import compose_all
from kwartaal.mail.digests import Composed
from kwartaal.mail.letter import method_in
from kwartaal.models.document import stored_among
from kwartaal.models.locks import lock_meeting
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.outbox_claims import claim_due
from kwartaal.models.people_import import forget_expired_imports
from kwartaal.models.planned_publication import due_plans, postpone_plan

MOST_ATTEMPTS = 10
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
IDLE_SECONDS = 1.0

log = logging.getLogger(__name__)


def run(app: Flask, stop: Event) -> None:
    """Work until `stop` is set; look again every second."""
    tidied: date | None = None
    while not stop.is_set():
        try:
            worked = run_once(app)
            tidied = _tidied_on(app, tidied)
        except Exception:
            # A database that restarts must not end the worker: plans and mails stay in it.
            log.exception("the worker's turn failed")
            worked = 0
        if not worked:
            stop.wait(IDLE_SECONDS)


def run_once(app: Flask) -> int:
    """Send what is due now; returns how many mails were taken up."""
    # Addresses in mails are made from BASE_URL, which a request context gives to url_for.
    with app.test_request_context("/", base_url=app.config["BASE_URL"]):
        publish_due()
        begin_writing()
        mails = claim_due(clock.now())
        forget_expired_imports(clock.now())  # personal data nobody came back for
        db.session.commit()
        if mails:
            _send_all(mails, app)
        return len(mails)


def publish_due() -> None:
    """Carry out every plan whose moment has come, each in a transaction of its own."""
    plans = due_plans(clock.now())
    db.session.rollback()
    for plan_id, meeting_id in plans:
        _publish_one(plan_id, meeting_id, clock.now())


def _publish_one(plan_id: int, meeting_id: int, now: datetime) -> None:
    """What goes wrong is undone and ends the plan; only a database may be better in a minute."""
    try:
        hour = current_app.config["DIGEST_HOUR"]
        planned_publications.carry_out(_held(meeting_id), plan_id, now, hour)
    except Refused as refusal:
        _held(meeting_id)
        planned_publications.refuse(plan_id, refusal, now)
    except DBAPIError:
        log.exception("planned publication %s waits for the database", plan_id)
        begin_writing()
        postpone_plan(plan_id, now + FIRST_PAUSE, now)
    except Exception:
        log.exception("planned publication %s was not carried out", plan_id)
        _held(meeting_id)
        planned_publications.refuse(plan_id, PublishingFailed(), now)
    db.session.commit()


def _held(meeting_id: int) -> Meeting:
    """The meeting, in a new transaction that holds its row."""
    begin_writing()
    return lock_meeting(meeting_id)


def _tidied_on(app: Flask, before: date | None) -> date:
    """Throw away once a day what killed uploads left on disk; returns the day it was done."""
    with app.app_context():
        today = clock.today()
        if today != before:
            left = file_store.left_behind(clock.now())
            file_store.forget(left, named=stored_among(left))
        return today


def _send_all(mails: list[list[int]], app: Flask) -> None:
    try:
        with mailer.opened(app.config["MAIL_URL"], app.config["MAIL_DIR"]) as send:
            for ids in mails:
                _send_one(ids, send)
    except (OSError, smtplib.SMTPException) as error:
        _postpone_all(mails, error)


def _send_one(ids: list[int], send: mailer.Send) -> None:
    """Send the one mail that these rows are."""
    now = clock.now()
    try:
        composed = _composed(ids, now)
        if composed.message is not None:
            send(composed.message)
    except Exception as error:
        log.warning("mail %s not sent: %s", ids[0], type(error).__name__)
        _write_down_failure(ids, now, error)
        if isinstance(error, smtplib.SMTPServerDisconnected):
            raise
        return
    _write_down(ids, now, composed)


def _composed(ids: list[int], now: datetime) -> Composed:
    """The message, made in a reading transaction that ends before anything is sent."""
    composed = compose_all([db.session.get_one(OutboxMail, mail_id) for mail_id in ids], now)
    db.session.rollback()
    return composed


def _write_down(ids: list[int], now: datetime, composed: Composed) -> None:
    """Sent is what the message told; the rest was no longer true."""
    method = method_in(composed.message) if composed.message is not None else None
    for mail in _claimed(ids):
        mail.claimed_until = None
        if mail.id in composed.told:
            mail.sent_at, mail.appointment = now, method
        else:
            mail.dropped_at = now
    db.session.commit()


def _write_down_failure(ids: list[int], now: datetime, error: Exception) -> None:
    for mail in _claimed(ids):
        mail.claimed_until = None
        _note_failure(mail, error, now)
    db.session.commit()


def _claimed(ids: list[int]) -> list[OutboxMail]:
    begin_writing()
    return [db.session.get_one(OutboxMail, mail_id) for mail_id in ids]


def _note_failure(mail: OutboxMail, error: Exception, now: datetime) -> None:
    """Try again later, longer each time; give up when the address is refused or after ten tries."""
    mail.last_error = f"{type(error).__name__}: {error}"[:400]
    if _is_refused_for_good(error) or mail.attempts >= MOST_ATTEMPTS:
        mail.failed_at = now
        return
    mail.due_at = now + min(FIRST_PAUSE * 2 ** (mail.attempts - 1), LONGEST_PAUSE)


def _is_refused_for_good(error: Exception) -> bool:
    """A reply of the 5xx class (RFC 5321 section 4.2.1) is final."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _postpone_all(mails: list[list[int]], error: Exception) -> None:
    """The server is away: every mail of this turn that is still open waits."""
    db.session.rollback()
    now = clock.now()
    log.warning("mail server: %s", type(error).__name__)
    for ids in mails:
        mail = db.session.get_one(OutboxMail, ids[0])
        claimed = mail.claimed_until is not None
        db.session.rollback()
        if claimed:
            _write_down_failure(ids, now, OSError(str(error)))
