"""The text of every mail, made from what is true at the moment of sending."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage

from kwartaal.mail import (
    accounts,
    calendar_choice,
    meetings,
    moves_and_cancellations,
    openness,
    plans,
    restorations,
    speakers,
    version_changes,
)
from kwartaal.mail.digests import Composed, compose_digest
from kwartaal.mail.letter import Letter, message_of
from kwartaal.models.outbox import MailKind, OutboxMail

LETTERS: dict[MailKind, Callable[[OutboxMail, datetime], Letter | None]] = {
    MailKind.SIGN_IN: accounts.signing_in,
    MailKind.EMAIL_CHANGE_CONFIRM: accounts.confirming_address,
    MailKind.EMAIL_CHANGE_NOTICE: accounts.changing_address,
    MailKind.REGISTERED: meetings.registered,
    MailKind.PLACE_GIVEN: meetings.place_given,
    MailKind.MEETING_PLACE_GIVEN: meetings.meeting_place_given,
    MailKind.WITHDRAWN: meetings.withdrawn,
    MailKind.CANCELLED: meetings.cancelled,
    MailKind.MOVED: moves_and_cancellations.moved,
    MailKind.WORKSHOP_CANCELLED: moves_and_cancellations.workshop_cancelled,
    MailKind.REGISTRATION_OPEN: meetings.registration_open,
    MailKind.CHANGED: version_changes.changed,
    MailKind.CHANGE_RETRACTED: version_changes.change_retracted,
    MailKind.RESTORED: restorations.restored,
    MailKind.WORKSHOP_RESTORED: restorations.workshop_restored,
    MailKind.CLOSED: openness.closed,
    MailKind.OPENED: openness.opened,
    MailKind.PLAN_REFUSED: plans.plan_refused,
    MailKind.CALENDAR_BY_MAIL: calendar_choice.by_mail,
    MailKind.CALENDAR_BY_FEED: calendar_choice.by_feed,
}

# To who speaks at the meeting, instead of those above.
LETTERS_TO_SPEAKERS: dict[MailKind, Callable[[OutboxMail, datetime], Letter | None]] = {
    MailKind.CANCELLED: speakers.cancelled,
    MailKind.MOVED: speakers.moved,
    MailKind.WORKSHOP_CANCELLED: speakers.workshop_cancelled,
    MailKind.RESTORED: speakers.restored,
    MailKind.WORKSHOP_RESTORED: speakers.workshop_restored,
}


def compose(mail: OutboxMail, now: datetime) -> EmailMessage | None:
    """The message, or None when there is nothing true to tell any more; now is aware UTC."""
    if not (mail.address or mail.person.mail_address):
        return None
    letter = letter_for(mail, now)
    return message_of(letter, mail, now) if letter is not None else None


def letter_for(mail: OutboxMail, now: datetime) -> Letter | None:
    """What one row says, as to who is registered.

    Else, and to who left meanwhile, as to who speaks there.
    """
    to_speaker = LETTERS_TO_SPEAKERS.get(mail.kind)
    if to_speaker is None:
        return LETTERS[mail.kind](mail, now)
    letter = None if mail.is_to_speaker else LETTERS[mail.kind](mail, now)
    return letter or to_speaker(mail, now)


def compose_all(mails: Sequence[OutboxMail], now: datetime) -> Composed:
    """The one message that these rows of one person are: a mail of its own, or several as one."""
    if len(mails) > 1 and mails[0].person.mail_address:
        return compose_digest(mails, now, letter_for)
    message = compose(mails[0], now)
    return Composed(message, frozenset({mails[0].id} if message is not None else ()))
