"""All rows gathered for one person, meeting and moment, as one message.

That is the daily mail, or the mail about a version with what waited for it (decision 0035).

One meeting each: a mail carries one appointment, which replaces the one before (RFC 6047).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from kwartaal.mail.cancelled_parts import find_cancelled
from kwartaal.mail.letter import Letter, message_of
from kwartaal.mail.version_changes import Told, find_told, letter_about
from kwartaal.models.outbox import MailKind, OutboxMail

WriteAlone = Callable[[OutboxMail, datetime], Letter | None]


@dataclass(frozen=True)
class Composed:
    """A message and the ids of the rows it tells; rows that are no longer true are not among them.

    Without anything true to tell there is no message.
    """

    message: EmailMessage | None
    told: frozenset[int]


def compose_digest(mails: Sequence[OutboxMail], now: datetime, alone: WriteAlone) -> Composed:
    """One message for all these rows, oldest first; its Message-ID is that of the first row.

    Changes that cancel each other out over the versions are told by saying nothing. `alone` writes
    the letter of one row.
    """
    told = [one for mail in mails if (one := _find(mail, now)) is not None]
    letter = letter_telling(told, now, alone)
    if letter is None:
        return Composed(None, frozenset())
    return Composed(message_of(letter, mails[0], now), frozenset(one.mail.id for one in told))


def letter_telling(told: Sequence[Told], now: datetime, alone: WriteAlone) -> Letter | None:
    """What is still true: of one row the letter of its own, several as one; None without any."""
    if len(told) == 1:
        return alone(told[0].mail, now)
    return letter_about(told) if told else None


def _find(mail: OutboxMail, now: datetime) -> Told | None:
    is_cancellation = mail.kind == MailKind.WORKSHOP_CANCELLED
    return find_cancelled(mail, now) if is_cancellation else find_told(mail, now)
