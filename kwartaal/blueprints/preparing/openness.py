"""What closing or opening a meeting does to who is registered, in plain values, to show beforehand.

As with moving a meeting, looking beforehand does everything and takes it back (decision 0017).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import request

from kwartaal.blueprints.preparing.forms import StoredMeetingForm
from kwartaal.domain.openness import without_sight
from kwartaal.forms import looked_page
from kwartaal.mail.sample import SampleMail, samples_of, to_call
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind, OutboxMail, mails_made
from kwartaal.models.registration import RegistrationState
from kwartaal.navigation import meeting_frame


@dataclass(frozen=True)
class Report:
    """Whom it concerns; `fingerprint` is another one when any of it is otherwise.

    `placed` and `waiting` count who sees the meeting only while it is open, `others` those whose
    appointment alone reads otherwise.
    """

    closes: bool
    placed: int
    waiting: int
    others: int
    mailed: int
    to_call: list[tuple[str, str | None]]
    samples: tuple[SampleMail, ...]
    fingerprint: str

    @property
    def concerned(self) -> int:
        return self.placed + self.waiting


def report_of(meeting: Meeting, was_public: bool, now: datetime) -> Report | None:
    """Of a change that was made and may be taken back; None when it concerns nobody."""
    known = meeting.state != MeetingState.CONCEPT and meeting.ends_at > now
    if meeting.is_public == was_public or not known:
        return None
    concerned = without_sight(meeting, now)
    mails = mails_made(meeting.id, now, MailKind.OPENED if meeting.is_public else MailKind.CLOSED)
    if not concerned and not mails:
        return None
    ids = {one.person_id for one in concerned}
    states = [one.state for one in concerned]
    said = (meeting.id, meeting.openness.value, [(one.id, one.state.value) for one in concerned])
    return Report(
        closes=was_public,
        placed=states.count(RegistrationState.PLACED),
        waiting=states.count(RegistrationState.WAITING),
        others=sum(mail.person_id not in ids for mail in mails),
        mailed=len(mails),
        to_call=to_call(one.person for one in concerned),
        samples=samples_of(_one_of_each(mails, ids), now),
        fingerprint=hashlib.sha256(repr((said, len(mails))).encode()).hexdigest(),
    )


def look(meeting: Meeting, form: StoredMeetingForm, report: Report) -> tuple[str, int]:
    """The page that shows it; its button sends the same form again."""
    changed = bool(form.looked_at.data)
    form.looked_at.data = report.fingerprint
    # What two clerks typed is told apart by what the first page showed, not by this one.
    form.seen.data = request.form.get("seen", "")
    hidden = ("csrf_token", "seen", "looked_at")
    sent = [pair for pair in request.form.items(multi=True) if pair[0] not in hidden]
    return looked_page(
        "preparing/openness_preview.html",
        changed,
        form=form,
        report=report,
        sent=sent,
        frame=meeting_frame(meeting),
    )


def _one_of_each(mails: list[OutboxMail], ids: set[int]) -> Iterator[OutboxMail]:
    """The mail of the first of those, and of the first who sees the meeting all the time."""
    yield from [mail for mail in mails if mail.person_id in ids][:1]
    yield from [mail for mail in mails if mail.person_id not in ids][:1]
