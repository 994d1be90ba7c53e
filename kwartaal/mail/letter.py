"""A mail as its writer thinks of it, and how it becomes a message in text and HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from flask import current_app, render_template

from kwartaal.itip import Method
from kwartaal.mail.subject import POLICY
from kwartaal.models.outbox import OutboxMail

FILE_NAME = "bijeenkomst.ics"


@dataclass(frozen=True)
class Appointment:
    """What a mail says of the reader's calendar, and the iCalendar message that does it, if any."""

    said: tuple[str, ...]
    method: Method | None = None
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Letter:
    """What one mail says: sentences, facts as (name, value), one thing to do, an appointment."""

    subject: str
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    action: tuple[str, str] | None = None  # words and address of the one button
    closing: tuple[str, ...] = ()
    appointment: Appointment | None = None


def message_of(letter: Letter, mail: OutboxMail, now: datetime) -> EmailMessage:
    """The message of RFC 5322, with the same Message-ID and boundaries however often it is made.

    The standard library refuses line breaks in headers, so that no name can add one.
    """
    config = current_app.config
    message = EmailMessage(policy=POLICY)
    message["From"] = config["MAIL_FROM"]
    message["Reply-To"] = answers_to(mail)
    message["To"] = _recipient(mail)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.public_id}@{urlsplit(config['BASE_URL']).hostname}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies, please
    context = {"letter": letter, "person": mail.person, "answers_to": answers_to(mail)}
    message.set_content(render_template("mail/letter.txt", **context))
    message.add_alternative(render_template("mail/letter.html", **context), subtype="html")
    if letter.appointment is not None and letter.appointment.method is not None:
        _invite(message, letter.appointment.method, letter.appointment.content)
    _name_boundaries(message, mail)
    return message


def answers_to(mail: OutboxMail) -> str:
    """Who reads an answer: the organiser of the meeting, else the griffie.

    The Reply-To of the mail is the ORGANIZER of the appointment in it (RFC 6047 section 2.3).
    """
    own = mail.meeting.organiser_email if mail.meeting else None
    address: str = own or current_app.config["CONTACT_EMAIL"]
    return address


def method_in(message: EmailMessage) -> str | None:
    """METHOD of the appointment in a message; None without one."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            return str(part.get_param("method"))
    return None


def _recipient(mail: OutboxMail) -> Address:
    address = mail.address or mail.person.mail_address or ""
    return Address(mail.person.full_name, addr_spec=address)


def _invite(message: EmailMessage, method: Method, content: bytes) -> None:
    """As the last alternative (RFC 6047 section 2.4), and the same bytes as a file.

    Mail programs that know no invitations show the file. It has another type, so that no program
    takes it for a second invitation.
    """
    parameters = {"charset": "utf-8", "method": method.value}
    message.add_alternative(content, maintype="text", subtype="calendar", params=parameters)
    message.add_attachment(content, maintype="application", subtype="ics", filename=FILE_NAME)


def _name_boundaries(message: EmailMessage, mail: OutboxMail) -> None:
    """The standard library draws lots for them: a mail that goes twice would be two."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=-{mail.public_id.hex}-{number}")
