"""What people change about themselves; name and offices are the griffie's. Callers commit."""

from __future__ import annotations

from kwartaal.models.person import Person


def change_contact(person: Person, phone: str | None, contact_email: str | None) -> None:
    """Set one's own phone number (E.164) and contact address (lower case); None when left empty."""
    person.phone = phone
    person.contact_email = contact_email


def want_announcements(person: Person, wanted: bool) -> None:
    """Whether "aanmelden is open" mails are wanted; mails about one's own places always go."""
    person.wants_announcements = wanted
