"""What restoring does, in plain values: to show beforehand, and to know whether it is still so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from kwartaal.domain.restoring import ITEM_MAILS, Back
from kwartaal.domain.speaking import speakers_to_call
from kwartaal.mail.sample import SampleMail, count_to_speakers, one_of_each, samples_of, to_call
from kwartaal.models.meeting import Meeting
from kwartaal.models.moving import ClashLine, clashes_of, line_of
from kwartaal.models.outbox import MailKind, OutboxMail, mails_made
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import Choice, Registration
from kwartaal.models.visibility import Viewer


@dataclass(frozen=True)
class Report:
    """Whom it concerns and what they get; `fingerprint` is another one when any of it changed.

    `untold` is how many get no mail because they never heard that it was off. `elsewhere` are the
    names of who chose something else in the round meanwhile.
    """

    placed: int
    waiting: int
    wishing: int
    mailed: int
    to_speakers: int  # of these mails
    elsewhere: list[str]
    clashes: list[ClashLine]
    to_call: list[tuple[str, str | None]]
    samples: tuple[SampleMail, ...]
    fingerprint: str
    untold: int = 0


def meeting_report(
    meeting: Meeting, concerned: list[Registration], viewer: Viewer, today: date, now: datetime
) -> Report:
    """Of a meeting that was restored, which may be taken back; five queries and the samples."""
    mails = mails_made(meeting.id, now, MailKind.RESTORED)
    clashes = clashes_of(meeting, viewer, today)
    said = [(one.person.id, one.other.id, one.waits) for one in clashes]
    speakers = speakers_to_call(meeting, now, [one.person_id for one in concerned])
    lines = [*map(line_of, clashes)]
    return _report(concerned, mails, now, lines, [], speakers, (meeting.id, said))


def workshop_report(item: ProgrammeItem, back: Back, now: datetime) -> Report:
    """The same of a workshop."""
    mails = mails_made(item.meeting_id, now, *ITEM_MAILS)
    elsewhere = sorted(one.person.list_name for one in back.elsewhere)
    said = [one.id for one in back.elsewhere]
    listed = [one.registration.person_id for one in back.choices]
    speakers = speakers_to_call(item.meeting, now, listed, item)
    report = _report(back.choices, mails, now, [], elsewhere, speakers, (item.id, said))
    return replace(report, untold=len(back.untold))


def _report(
    concerned: list[Registration] | list[Choice],
    mails: list[OutboxMail],
    now: datetime,
    clashes: list[ClashLine],
    elsewhere: list[str],
    speakers: list[tuple[str, str | None]],
    said: tuple[object, ...],
) -> Report:
    states = [one.state.value for one in concerned]
    ids = [(one.id, one.state.value) for one in concerned]
    return Report(
        placed=states.count("placed"),
        waiting=states.count("waiting"),
        wishing=states.count("wish"),
        mailed=len(mails),
        to_speakers=count_to_speakers(mails),
        elsewhere=elsewhere,
        clashes=clashes,
        to_call=to_call(map(_person, concerned), speakers),
        samples=samples_of(one_of_each(concerned, mails), now),
        fingerprint=hashlib.sha256(repr((said, ids, len(mails), speakers)).encode()).hexdigest(),
    )


def _person(one: Registration | Choice) -> Person:
    return one.registration.person if isinstance(one, Choice) else one.person
