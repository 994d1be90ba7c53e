"""What cancelling a part of the day does, in plain values: to show beforehand, and to compare."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain.item_cancelling import Ended
from kwartaal.domain.speaking import speakers_to_call
from kwartaal.mail.sample import SampleMail, count_to_speakers, first_of_each, samples_of, to_call
from kwartaal.models.outbox import MailKind, mails_made
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import ChoiceState


@dataclass(frozen=True)
class Concerned:
    """How many people have a place in it, wait for one, or wish for one."""

    placed: int
    waiting: int
    wishing: int

    @property
    def total(self) -> int:
        return self.placed + self.waiting + self.wishing


@dataclass(frozen=True)
class Report:
    """What it would do; `fingerprint` is another one when any of it is otherwise."""

    concerned: Concerned
    mailed: int
    to_speakers: int  # of these mails
    waits_until: datetime | None  # for a version to go with; None: they go at once
    to_call: list[tuple[str, str | None]]
    samples: tuple[SampleMail, ...]
    fingerprint: str


def concerned(states: Iterable[ChoiceState]) -> Concerned:
    """Counted from the live choices."""
    known = list(states)
    return Concerned(
        known.count(ChoiceState.PLACED),
        known.count(ChoiceState.WAITING),
        known.count(ChoiceState.WISH),
    )


def report_of(item: ProgrammeItem, ended: list[Ended], now: datetime) -> Report:
    """Of a cancellation that was done and may be taken back; the samples are its mails."""
    mails = mails_made(item.meeting_id, now, MailKind.WORKSHOP_CANCELLED)
    people = [one.choice.registration.person for one in ended]
    speakers = speakers_to_call(item.meeting, now, [person.id for person in people], item)
    waits_until = next((mail.digest_at for mail in mails), None)
    return Report(
        concerned=concerned(one.was for one in ended),
        mailed=len(mails),
        waits_until=waits_until,
        to_speakers=count_to_speakers(mails),
        to_call=to_call(people, speakers),
        samples=samples_of(first_of_each(mails), now),
        fingerprint=_fingerprint(item, ended, (len(mails), speakers, waits_until)),
    )


def _fingerprint(item: ProgrammeItem, ended: list[Ended], also: object) -> str:
    choices = [(one.choice.id, one.was.value) for one in ended]
    said = (item.id, item.cancel_reason, choices, also)
    return hashlib.sha256(repr(said).encode()).hexdigest()
