"""The recap of a meeting: written, published, taken back. Callers hold the meeting's row."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from kwartaal.domain.afterwards_refusals import RecapChanged, RecapIsPublished
from kwartaal.domain.meeting_reports import check_held
from kwartaal.domain.recap_drafts import RecapText
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.recap import Recap, find_recap, keep_recap


def write(meeting: Meeting, written: RecapText, now: datetime) -> None:
    """Keep the text as a draft. Raises NotHeld or RecapIsPublished."""
    check_held(meeting, now)
    recap = find_recap(meeting.id)
    if recap is None:
        recap = Recap(meeting_id=meeting.id)
        keep_recap(recap)
    if recap.is_published:
        raise RecapIsPublished
    recap.title, recap.lead, recap.text = written


def publish(meeting: Meeting, seen: str, actor: Person, now: datetime) -> None:
    """Show it to everybody who sees the meeting; `seen` is the fingerprint of what was read.

    Publishing it again changes nothing. Raises NotHeld or RecapChanged.
    """
    check_held(meeting, now)
    recap = find_recap(meeting.id)
    if recap is None or fingerprint(recap) != seen:
        raise RecapChanged
    if not recap.is_published:
        recap.published_at, recap.published_by_id = now, actor.id
        record(AuditAction.RECAP_PUBLISHED, now, actor, f"meeting:{meeting.slug}")


def take_back(meeting: Meeting, actor: Person, now: datetime) -> None:
    """Make it a draft again, which nobody outside the desk sees."""
    recap = find_recap(meeting.id)
    if recap is not None and recap.is_published:
        recap.published_at = recap.published_by_id = None
        record(AuditAction.RECAP_TAKEN_BACK, now, actor, f"meeting:{meeting.slug}")


def fingerprint(recap: Recap) -> str:
    """The same for the same words, and for no others."""
    words = json.dumps([recap.title, recap.lead, recap.text])
    return hashlib.sha256(words.encode()).hexdigest()
