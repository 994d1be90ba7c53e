"""A mail as somebody will get it, to show before an act that sends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kwartaal.mail import compose
from kwartaal.models.outbox import OutboxMail


@dataclass(frozen=True)
class SampleMail:
    """Plain words: nothing in it is read from the database any more."""

    name: str
    subject: str
    text: str


def samples_of(mails: Iterable[OutboxMail], now: datetime) -> tuple[SampleMail, ...]:
    """The text of each as it would go now; one that would be dropped is left out."""
    composed = ((mail, compose(mail, now)) for mail in mails)
    return tuple(
        SampleMail(mail.person.full_name, message["Subject"], body.get_content())
        for mail, message in composed
        if message is not None and (body := message.get_body(("plain",))) is not None
    )
