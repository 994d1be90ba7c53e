"""The appointment in a mail: what the reader has at the meeting, for the calendar (decision 0027).

It is an invitation (REQUEST) that replaces the one before, or takes it back (CANCEL). Who reads
meetings in a feed gets none, except what takes an earlier one back.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr
from typing import TypedDict

from flask import current_app
from flask_babel import gettext as _

from kwartaal.feeds import closed_to, invitation, moved_to_feed
from kwartaal.itip import Message, Method, Party
from kwartaal.mail.letter import Appointment, answers_to
from kwartaal.models.calendar import WithdrawnEvent
from kwartaal.models.outbox import OutboxMail, has_appointment
from kwartaal.models.registration import Registration
from kwartaal.models.standing import Standing


def appointment_of(mail: OutboxMail, standing: Standing) -> Appointment:
    """What the reader has, for a calendar, with a sentence about it."""
    message = _message(mail, standing)
    if not _goes_along(mail, message.method):
        return Appointment(_said_of_feed(message.method))
    return Appointment(_said_of(message.method), message.method, message.write())


def taken_back(mail: OutboxMail, standing: Standing) -> Appointment | None:
    """What a mail brought before, taken out of the calendar: the feed holds it now."""
    if not _goes_along(mail, Method.CANCEL):
        return None
    message = moved_to_feed(_message(mail, standing))
    return Appointment(_said_of(message.method), message.method, message.write())


def closed_appointment(
    mail: OutboxMail, gone: WithdrawnEvent, registration: Registration
) -> Appointment:
    """The same for who may not see the meeting any more: it says nothing of it."""
    message = closed_to(gone, registration, **_parties(mail))
    if not _goes_along(mail, message.method):
        return Appointment(_said_of_feed(message.method))
    return Appointment(_said_of(message.method), message.method, message.write())


def _message(mail: OutboxMail, standing: Standing) -> Message:
    return invitation(standing, current_app.config["BASE_URL"], **_parties(mail))


class Parties(TypedDict):
    """Between whom a message goes, and when it was made."""

    organiser: Party
    attendee: Party
    made_at: datetime


def _parties(mail: OutboxMail) -> Parties:
    """DTSTAMP is the moment of the row, so that a mail that goes twice is one message (RFC 5545
    section 3.8.7.2).
    """
    sender = parseaddr(current_app.config["MAIL_FROM"])[0]
    address = mail.address or mail.person.mail_address or ""
    return Parties(
        organiser=Party(answers_to(mail), sender),
        attendee=Party(address, mail.person.full_name),
        made_at=mail.created_at,
    )


def _goes_along(mail: OutboxMail, method: Method) -> bool:
    if mail.person.calendar_by_mail or mail.meeting_id is None:
        return True
    takes_back = method is Method.CANCEL
    return takes_back and has_appointment(mail.person_id, mail.meeting_id, Method.REQUEST)


def _said_of(method: Method) -> tuple[str, ...]:
    if method is Method.CANCEL:
        return (_("Uw agenda haalt de afspraak weg, of zet erbij dat die vervalt."),)
    return (
        _("De afspraak voor uw agenda zit bij deze mail. Stond die er al in? Dan verandert die."),
        _("U hoeft de uitnodiging niet te beantwoorden. Wijzigen en afmelden doet u in Kwartaal."),
    )


def _said_of_feed(method: Method) -> tuple[str, ...]:
    if method is Method.CANCEL:
        return (_("Ook in uw agenda-abonnement staat dat de afspraak vervalt."),)
    return (
        _("De afspraak staat in uw agenda-abonnement. Uw agenda haalt wijzigingen zelf op."),
        _("Dat kan een dag duren."),
    )
