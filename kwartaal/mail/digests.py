"""The daily mail: all rows gathered for one person, meeting and moment, as one message.

One meeting each: a mail carries one appointment, which replaces the one before (RFC 6047).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from kwartaal.mail.letter import message_of
from kwartaal.mail.version_changes import find_told, letter_about
from kwartaal.models.outbox import OutboxMail


@dataclass(frozen=True)
class Composed:
    """A message and the ids of the rows it tells; rows that are no longer true are not among them.

    Without anything true to tell there is no message.
    """

    message: EmailMessage | None
    told: frozenset[int]


def compose_digest(mails: Sequence[OutboxMail], now: datetime) -> Composed:
    """One message for all these rows, oldest first; its Message-ID is that of the first row.

    Changes that cancel each other out over the versions are told by saying nothing.
    """
    told = [one for mail in mails if (one := find_told(mail, now)) is not None]
    letter = letter_about(told) if told else None
    if letter is None:
        return Composed(None, frozenset())
    return Composed(message_of(letter, mails[0], now), frozenset(one.mail.id for one in told))
