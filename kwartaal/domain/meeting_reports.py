"""The report of a meeting: written as a draft, made final once, corrected by a next version.

Callers hold the meeting's row and commit.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from kwartaal.domain.afterwards_refusals import NotHeld, OtherVersion, ReportChanged
from kwartaal.models import meeting_report
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.meeting import Meeting
from kwartaal.models.meeting_report import MeetingReport, Recording, draft_in, reports_of
from kwartaal.models.person import Person


def next_number(reports: list[MeetingReport]) -> int:
    """Which version a form writes: the draft, or else the one after the newest."""
    draft = draft_in(reports)
    if draft is not None:
        return draft.number
    return reports[0].number + 1 if reports else 1


def write(meeting: Meeting, number: int, text: str, correction: str, now: datetime) -> None:
    """Keep the text of a draft; `correction` says what is different from the version before.

    Raises NotHeld, or OtherVersion when the version that the page was about is final now.
    """
    check_held(meeting, now)
    reports = reports_of(meeting.id)
    if number != next_number(reports):
        raise OtherVersion
    draft = draft_in(reports)
    if draft is None:
        draft = MeetingReport(meeting_id=meeting.id, number=number)
        meeting_report.keep_report(draft)
    draft.text, draft.correction = text, correction


def make_final(meeting: Meeting, seen: str, actor: Person, now: datetime) -> MeetingReport:
    """Fix the draft with the hash of its text, for everybody to read.

    `seen` is the hash of the text that was on the page: nobody makes final what they did not read.
    The same act again gives the same version. Raises NotHeld or ReportChanged.
    """
    check_held(meeting, now)
    reports = reports_of(meeting.id)
    draft = draft_in(reports)
    if draft is None and reports and reports[0].content_hash == seen:
        return reports[0]
    if draft is None or content_hash(draft.text) != seen:
        raise ReportChanged
    if not meeting_report.finish(draft, seen, actor, now):
        raise ReportChanged
    about = f"meeting:{meeting.slug}"
    record(AuditAction.REPORT_MADE_FINAL, now, actor, about, version=draft.number)
    return draft


def content_hash(text: str) -> str:
    """SHA-256 of the text as UTF-8, hexadecimal: whoever has the text can compute it too."""
    return hashlib.sha256(text.encode()).hexdigest()


def link_recording(meeting: Meeting, address: str, actor: Person, now: datetime) -> None:
    """Show where the recording is, at once; without an address it is shown no longer."""
    check_held(meeting, now)
    recording, about = meeting_report.find_recording(meeting.id), f"meeting:{meeting.slug}"
    if address == (recording.address if recording else ""):
        return
    if not address:
        meeting_report.forget_recording(meeting.id)
        record(AuditAction.RECORDING_REMOVED, now, actor, about)
        return
    meeting_report.keep_recording(
        Recording(meeting_id=meeting.id, address=address, added_at=now, added_by_id=actor.id)
    )
    record(AuditAction.RECORDING_LINKED, now, actor, about)


def check_held(meeting: Meeting, now: datetime) -> None:
    """Raises NotHeld."""
    if not meeting.is_held(now):
        raise NotHeld
