"""When registering closes, as an event of its own."""

from __future__ import annotations

import uuid
from datetime import timedelta

from kwartaal.feeds.events import meeting_page
from kwartaal.feeds.texts import paragraphs
from kwartaal.ical import Event, Transparency
from kwartaal.models.deadlines import Deadline
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import PublishedMeeting

LENGTH = timedelta(minutes=30)
CLOSES = "Aanmelden sluit"
UNTIL_THEN = "Tot dan kunt u zich aanmelden of uw keuze wijzigen."


def deadline_uid(meeting: Meeting) -> str:
    """Always the same for a meeting, whatever becomes of it (RFC 7986 section 5.3)."""
    return str(uuid.uuid5(meeting.uid, "registration-closes"))


def deadline_event(deadline: Deadline, published: PublishedMeeting, base_url: str) -> Event:
    """The last half hour before registering closes; it takes up nobody's time.

    It reads the same for who registered and who did not yet, and goes once it is over. The closing
    moment counts without a version, so SEQUENCE counts its changes beside the meeting's own.
    """
    meeting, page = deadline.meeting, meeting_page(deadline.meeting, base_url)
    revised = filter(None, (meeting.calendar_revised_at, meeting.terms_revised_at))
    return Event(
        uid=deadline_uid(meeting),
        summary=f"{CLOSES}: {published.title}",
        starts_at=deadline.closes_at - LENGTH,
        ends_at=deadline.closes_at,
        revised_at=max(revised, default=meeting.created_at),
        created_at=meeting.created_at,
        sequence=meeting.calendar_revision + meeting.terms_revision,
        description=paragraphs(UNTIL_THEN, page),
        url=page,
        transp=Transparency.TRANSPARENT,
    )
