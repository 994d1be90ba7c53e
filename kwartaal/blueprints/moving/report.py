"""What a move does, in plain values: to show beforehand, and to know whether it is still so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kwartaal.domain.moving import Moved
from kwartaal.mail.sample import SampleMail, samples_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.moving import (
    Clash,
    ClashLine,
    MeetingMove,
    clashes_of,
    line_of,
    people_to_call,
)
from kwartaal.models.outbox import MailKind, OutboxMail, mails_made
from kwartaal.models.person import Person
from kwartaal.models.published import PublishedMeeting, read_stored
from kwartaal.models.registration import Registration, RegistrationState
from kwartaal.models.visibility import Viewer


@dataclass(frozen=True)
class Followed:
    """What is left to do once a meeting has moved: who cannot be there, and who got no mail."""

    was: PublishedMeeting
    clashes: list[ClashLine]
    to_call: list[tuple[str, str | None]]


@dataclass(frozen=True)
class Report(Followed):
    """What a move would do; `fingerprint` is another one when any of it is otherwise."""

    becomes: PublishedMeeting
    placed: int
    waiting: int
    mailed: int
    closes_at: datetime | None
    lost: list[tuple[str, str]]
    samples: tuple[SampleMail, ...]
    fingerprint: str


def followed(move: MeetingMove, viewer: Viewer, today: date) -> Followed:
    """How it stands now; five queries."""
    clashes, to_call = clashes_of(move.meeting, viewer, today), people_to_call(move.meeting_id)
    return Followed(
        move.published_before, [*map(line_of, clashes)], [(p.list_name, p.phone) for p in to_call]
    )


def report_of(done: Moved, viewer: Viewer, today: date, now: datetime) -> Report:
    """Of a move that was done and may be taken back; the samples are the mails it sends."""
    meeting = done.move.meeting
    clashes, to_call = clashes_of(meeting, viewer, today), people_to_call(meeting.id)
    mails = mails_made(MailKind.MOVED, meeting.id, now)
    states = [one.state for one in done.concerned]
    return Report(
        was=done.move.published_before,
        becomes=read_stored(done.version),
        clashes=[*map(line_of, clashes)],
        to_call=[(person.list_name, person.phone) for person in to_call],
        placed=states.count(RegistrationState.PLACED),
        waiting=states.count(RegistrationState.WAITING),
        mailed=len(mails),
        closes_at=meeting.registration_closes_at,
        lost=done.lost,
        samples=samples_of(_one_of_each(done.concerned, mails), now),
        fingerprint=_fingerprint(done, meeting, clashes, to_call),
    )


def _one_of_each(
    concerned: Iterable[Registration], mails: Iterable[OutboxMail]
) -> Iterator[OutboxMail]:
    """The mail of the first who has a place, and of the first who waits."""
    by_person, shown = {mail.person_id: mail for mail in mails}, set()
    for registration in concerned:
        mail = by_person.get(registration.person_id)
        if mail is not None and registration.state not in shown:
            shown.add(registration.state)
            yield mail


def _fingerprint(done: Moved, meeting: Meeting, clashes: list[Clash], to_call: list[Person]) -> str:
    said = (
        done.version.number,
        done.version.content_hash,
        [(one.id, one.state.value) for one in done.concerned],
        [(one.person.id, one.other.id, one.waits) for one in clashes],
        [person.id for person in to_call],
        done.lost,
        meeting.registration_closes_at and meeting.registration_closes_at.timestamp(),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()
