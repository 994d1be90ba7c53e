"""A mail as its writer thinks of it, and how it becomes a message in text and HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from flask import current_app, render_template

from kwartaal.models.outbox import OutboxMail


@dataclass(frozen=True)
class Section:
    """A part of a mail that is about several meetings."""

    heading: str
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Letter:
    """What one mail says: sentences, facts as (name, value), one thing to do, an appointment."""

    subject: str
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    action: tuple[str, str] | None = None  # words and address of the one button
    closing: tuple[str, ...] = ()
    appointment: bytes | None = field(default=None, repr=False)


def message_of(letter: Letter, mail: OutboxMail, now: datetime) -> EmailMessage:
    """The message of RFC 5322, the same Message-ID however often it is made.

    The standard library refuses line breaks in headers, so that no name can add one.
    """
    config = current_app.config
    message = EmailMessage(policy=SMTP)
    message["From"] = config["MAIL_FROM"]
    message["Reply-To"] = config["CONTACT_EMAIL"]
    message["To"] = _recipient(mail)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.public_id}@{urlsplit(config['BASE_URL']).hostname}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies, please
    context = {"letter": letter, "person": mail.person}
    message.set_content(render_template("mail/letter.txt", **context))
    message.add_alternative(render_template("mail/letter.html", **context), subtype="html")
    if letter.appointment is not None:
        attach(message, letter.appointment)
    return message


def _recipient(mail: OutboxMail) -> Address:
    address = mail.address or mail.person.mail_address or ""
    return Address(mail.person.full_name, addr_spec=address)


def attach(message: EmailMessage, appointment: bytes) -> None:
    """Put a calendar file in a message."""
    message.add_attachment(
        appointment,
        maintype="text",
        subtype="calendar",
        filename="bijeenkomst.ics",
        params={"charset": "utf-8"},
    )
