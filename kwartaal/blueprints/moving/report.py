"""What a move does, in plain values: to show beforehand, and to know whether it is still so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from kwartaal.domain.moving import Moved
from kwartaal.domain.speaking import speakers_to_call
from kwartaal.mail.sample import SampleMail, count_to_speakers, one_of_each, samples_of, to_call
from kwartaal.models.meeting import Meeting
from kwartaal.models.moving import (
    Clash,
    ClashLine,
    MeetingMove,
    clashes_of,
    line_of,
    people_to_call,
)
from kwartaal.models.outbox import MailKind, mails_made
from kwartaal.models.published import PublishedMeeting, read_stored
from kwartaal.models.registration import RegistrationState
from kwartaal.models.visibility import Viewer
from kwartaal.models.year_list import others_that_day


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
    to_speakers: int  # of these mails
    closed_at: datetime | None  # when registering closes now
    closes_at: datetime | None
    lost: list[tuple[str, str]]
    same_day: list[str]  # what else the series has on that day, as far as the visitor prepares it
    samples: tuple[SampleMail, ...]
    fingerprint: str


def followed(move: MeetingMove, viewer: Viewer, today: date, now: datetime) -> Followed:
    """How it stands now; ten queries."""
    clashes = clashes_of(move.meeting, viewer, today)
    return Followed(move.published_before, [*map(line_of, clashes)], silent_at(move.meeting, now))


def silent_at(meeting: Meeting, now: datetime) -> list[tuple[str, str | None]]:
    """Whom no mail reaches: registered without an address, or a speaker."""
    registered = people_to_call(meeting.id)
    listed = [person.id for person in registered]
    return to_call(registered, speakers_to_call(meeting, now, listed))


def report_of(done: Moved, viewer: Viewer, today: date, now: datetime) -> Report:
    """Of a move that was done and may be taken back; the samples are the mails it sends."""
    meeting = done.move.meeting
    clashes, silent = clashes_of(meeting, viewer, today), silent_at(meeting, now)
    mails = mails_made(meeting.id, now, MailKind.MOVED)
    states = [one.state for one in done.concerned]
    return Report(
        was=done.move.published_before,
        becomes=read_stored(done.version),
        clashes=[*map(line_of, clashes)],
        to_call=silent,
        placed=states.count(RegistrationState.PLACED),
        waiting=states.count(RegistrationState.WAITING),
        mailed=len(mails),
        to_speakers=count_to_speakers(mails),
        closed_at=done.closed_at,
        closes_at=meeting.registration_closes_at,
        lost=done.lost,
        same_day=[one.title for one in others_that_day(meeting, viewer, today)],
        samples=samples_of(one_of_each(done.concerned, mails), now),
        fingerprint=_fingerprint(done, meeting, clashes, silent),
    )


def _fingerprint(
    done: Moved,
    meeting: Meeting,
    clashes: list[Clash],
    silent: list[tuple[str, str | None]],
) -> str:
    said = (
        done.version.number,
        done.version.content_hash,
        [(one.id, one.state.value) for one in done.concerned],
        [(one.person.id, one.other.id, one.waits) for one in clashes],
        silent,
        done.lost,
        meeting.registration_closes_at and meeting.registration_closes_at.timestamp(),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()
