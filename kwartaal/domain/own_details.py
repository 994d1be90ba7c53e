"""What people change about themselves; name and offices are the griffie's. Callers commit."""

from __future__ import annotations

from datetime import datetime

from kwartaal.models.outbox import OutboxMail, go_at_once
from kwartaal.models.person import Person


def change_contact(person: Person, phone: str | None, contact_email: str | None) -> None:
    """Set one's own phone number (E.164) and contact address (lower case); None when left empty."""
    person.phone = phone
    person.contact_email = contact_email


def want_announcements(person: Person, wanted: bool) -> None:
    """Whether "aanmelden is open" mails are wanted; mails about one's own places always go."""
    person.wants_announcements = wanted


def want_digest(person: Person, wanted: bool, now: datetime) -> None:
    """Whether changes come once a day; without it what was gathered so far goes at once."""
    person.wants_digest = wanted
    if not wanted:
        go_at_once(OutboxMail.person_id == person.id, now)
