"""Events beside the meetings: what moved away, and when registering opens and closes."""

from __future__ import annotations

import uuid
from datetime import timedelta

from kwartaal.dutch import in_dutch
from kwartaal.feeds.events import meeting_page
from kwartaal.feeds.texts import paragraphs
from kwartaal.ical import ELSEWHERE_PREFIX, Event, Status, Transparency, withdrawn
from kwartaal.models.hosting import Hosting
from kwartaal.models.meeting import Meeting
from kwartaal.models.public_deadlines import DeadlineKind, PublicDeadline

DEADLINE_LENGTH = timedelta(minutes=30)
DEADLINES = {
    DeadlineKind.OPENS: in_dutch("Aanmelden opent"),
    DeadlineKind.CLOSES: in_dutch("Aanmelden sluit"),
}
UNTIL_THEN = in_dutch("Tot dan kunt u zich aanmelden of uw keuze wijzigen.")
ELSEWHERE = in_dutch(
    "Deze bijeenkomst is niet meer in deze gemeente. Waar en wanneer ze nu is, staat op de site."
)


def elsewhere_event(row: Hosting, base_url: str) -> Event:
    """A meeting in the feed of the municipality it moved away from: gone from there, not off.

    It keeps the time it had there (RFC 5545 section 3.8.1.11); loads its meeting.
    """
    gone = Event(
        uid=str(row.meeting.uid),
        summary=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        revised_at=row.left_at or row.meeting.created_at,
        created_at=row.meeting.created_at,
        sequence=row.sequence or 0,
        status=Status.CANCELLED,
        description=paragraphs(ELSEWHERE, f"{base_url}/bijeenkomsten/"),
        cancelled_prefix=ELSEWHERE_PREFIX,
    )
    return gone if row.title else withdrawn(gone)


def deadline_uid(meeting: Meeting, kind: DeadlineKind = DeadlineKind.CLOSES) -> str:
    """Always the same for a meeting, whatever becomes of it (RFC 7986 section 5.3)."""
    return str(uuid.uuid5(meeting.uid, kind))


def deadline_event(row: PublicDeadline, base_url: str) -> Event:
    """The first half hour in which one can register, or the last; it takes up nobody's time.

    The same in every feed; loads its meeting.
    """
    opens = row.kind == DeadlineKind.OPENS
    page = meeting_page(row.meeting, base_url)
    event = Event(
        uid=deadline_uid(row.meeting, row.kind),
        summary=f"{DEADLINES[row.kind]}: {row.title}",
        starts_at=row.moment if opens else row.moment - DEADLINE_LENGTH,
        ends_at=row.moment + DEADLINE_LENGTH if opens else row.moment,
        revised_at=row.revised_at,
        created_at=row.created_at,
        sequence=row.sequence,
        status=Status.CANCELLED if row.is_off else Status.CONFIRMED,
        description=paragraphs("" if opens else UNTIL_THEN, page),
        url=page,
        transp=Transparency.TRANSPARENT,
        related_to=str(row.meeting.uid),
    )
    return event if row.title else withdrawn(event)
