"""The daily mail: all rows that were gathered for one person and one moment, as one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from kwartaal.mail.letter import attach, message_of
from kwartaal.mail.meetings import appointment_of
from kwartaal.mail.version_changes import OneMeeting, Told, daily, find_told
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
    meetings = [one for one in _by_meeting(told) if one.changes]
    if not meetings:
        return Composed(None, frozenset())
    letter = daily(meetings)
    message = message_of(letter, mails[0], now)
    if letter.appointment is None:
        for meeting in meetings:
            attach(message, appointment_of(meeting.about))
    return Composed(message, frozenset(key for meeting in meetings for key in meeting.mail_ids))


def _by_meeting(told: Sequence[Told]) -> list[OneMeeting]:
    """What there is to tell, the next meeting first."""
    groups: dict[int, list[Told]] = {}
    for one in told:
        groups.setdefault(one.about.meeting.id, []).append(one)
    meetings = [OneMeeting.of(group) for group in groups.values()]
    return sorted(meetings, key=lambda one: one.about.published.starts_at)
