"""Mails as people will get them, and whom none can reach: to show before an act that sends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kwartaal.mail import compose
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.registration import Choice, Registration


@dataclass(frozen=True)
class SampleMail:
    """Plain words: nothing in it is read from the database any more."""

    name: str
    subject: str
    text: str


def one_of_each(
    concerned: Iterable[Registration | Choice], mails: Iterable[OutboxMail]
) -> Iterator[OutboxMail]:
    """The mail of the first who has a place, of the first who waits, of the first who wishes."""
    by_person, shown = {mail.person_id: mail for mail in mails}, set()
    for one in concerned:
        registration = one.registration if isinstance(one, Choice) else one
        mail = by_person.get(registration.person_id)
        if mail is not None and one.state.value not in shown:
            shown.add(one.state.value)
            yield mail


def to_call(people: Iterable[Person]) -> list[tuple[str, str | None]]:
    """Name and telephone number of those whom no mail can reach, by name."""
    silent = [(one.list_name, one.phone) for one in people if not one.mail_address]
    return sorted(silent, key=lambda one: one[0])


def samples_of(mails: Iterable[OutboxMail], now: datetime) -> tuple[SampleMail, ...]:
    """The text of each as it would go now; one that would be dropped is left out."""
    composed = ((mail, compose(mail, now)) for mail in mails)
    return tuple(
        SampleMail(mail.person.full_name, message["Subject"], body.get_content())
        for mail, message in composed
        if message is not None and (body := message.get_body(("plain",))) is not None
    )
