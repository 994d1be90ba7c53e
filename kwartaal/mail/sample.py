"""Mails as people will get them, and whom none can reach: to show before an act that sends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

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
    yield from first_to_speaker(by_person.values())


def first_to_speaker(mails: Iterable[OutboxMail]) -> Iterator[OutboxMail]:
    """The mail of the first who only speaks, if anybody does."""
    yield from islice((mail for mail in mails if mail.is_to_speaker), 1)


def count_to_speakers(mails: Iterable[OutboxMail]) -> int:
    """How many go to who only speaks."""
    return sum(mail.is_to_speaker for mail in mails)


def first_of_each(mails: Sequence[OutboxMail]) -> Iterator[OutboxMail]:
    """Where everybody who is registered gets the same text, and every speaker."""
    yield from islice((mail for mail in mails if not mail.is_to_speaker), 1)
    yield from first_to_speaker(mails)


def to_call(
    people: Iterable[Person], speakers: Iterable[tuple[str, str | None]] = ()
) -> list[tuple[str, str | None]]:
    """Name and telephone number of those whom no mail can reach, by name."""
    silent = [(one.list_name, one.phone) for one in people if not one.mail_address]
    return sorted([*silent, *speakers], key=lambda one: one[0])


def samples_of(mails: Iterable[OutboxMail], now: datetime) -> tuple[SampleMail, ...]:
    """The text of each as it would go now; one that would be dropped is left out."""
    composed = ((mail, compose(mail, now)) for mail in mails)
    return tuple(
        SampleMail(mail.person.full_name, message["Subject"], body.get_content())
        for mail, message in composed
        if message is not None and (body := message.get_body(("plain",))) is not None
    )
