"""Changing the address somebody signs in with (decision 0007). Callers commit."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from kwartaal.domain import refusals
from kwartaal.models import account
from kwartaal.models.account import EmailChange
from kwartaal.models.audit import AuditAction, record, subject_of
from kwartaal.models.body import holds_membership
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person, Role

CONFIRM_LIFE = timedelta(days=1)
UNDO_LIFE = timedelta(days=1)  # from the moment the new address took effect
MOST_CHANGES, CHANGES_WITHIN = 3, timedelta(minutes=15)


def start_email_change(
    person: Person, new_email: str, by: Person, now: datetime, today: date
) -> EmailChange:
    """Ask the new address to confirm, and tell the old one; nothing changes yet.

    Whoever has a role or a membership starts it in person, or the beheerder does. Somebody who
    asks it for themselves is not told that an address is taken: it only never gets the mail.
    Raises SameAddress, AddressTaken, AddressChangeNotAllowed or TooManyAddressChanges.
    """
    person = account.lock_person(person.id)
    if new_email == person.email:
        raise refusals.SameAddress
    if not _may_start(person, by, today):
        raise refusals.AddressChangeNotAllowed
    earlier = account.changes_since(person, now - CONFIRM_LIFE)
    if sum(change.created_at > now - CHANGES_WITHIN for change in earlier) >= MOST_CHANGES:
        raise refusals.TooManyAddressChanges
    is_taken = account.find_account(new_email) is not None
    if is_taken and by.id != person.id:
        raise refusals.AddressTaken
    _stop_open(earlier, now)
    return _asked(person, new_email, by, now, confirmable=not is_taken)


def confirm_email_change(change: EmailChange, now: datetime) -> Person:
    """The new address signs in from now on; everything signed in ends.

    Raises LinkDead (used, stopped, too late) or AddressTaken.
    """
    person, change = _locked(change)
    if not change.is_open(now) or person.email != change.old_email:
        raise refusals.LinkDead
    if not account.give_address(person, change.new_email):
        raise refusals.AddressTaken
    change.confirmed_at = now
    _sign_out_everywhere(person, now)
    record(AuditAction.EMAIL_CHANGED, now, person, subject_of(person))
    return person


def stop_email_change(change: EmailChange, now: datetime) -> Person:
    """The old address says no: the change is off, or undone within a day.

    Undoing also takes back later changes and removes the password, for whoever made the change
    may have set it. Raises LinkDead or AddressTaken.
    """
    person, change = _locked(change)
    if not can_be_stopped(change, now):
        raise refusals.LinkDead
    if change.confirmed_at is not None:
        if not account.give_address(person, change.old_email):
            raise refusals.AddressTaken
        person.password_hash = None
        _sign_out_everywhere(person, now)
    for later in account.changes_since(person, change.created_at):
        later.stopped_at = later.stopped_at or now
    what = "undone" if change.confirmed_at else "stopped"
    record(AuditAction.EMAIL_CHANGE_STOPPED, now, person, subject_of(person), what=what)
    return person


def can_be_stopped(change: EmailChange, now: datetime) -> bool:
    """While it waits for the new address, and for a day after that confirmed it."""
    if change.stopped_at is not None:
        return False
    if change.confirmed_at is None:
        return now < change.expires_at
    return now < change.confirmed_at + UNDO_LIFE


def _may_start(person: Person, by: Person, today: date) -> bool:
    if by.id == person.id or by.has_role(Role.BEHEERDER):
        return True
    return not person.roles and not holds_membership(person, today)


def _asked(
    person: Person, new_email: str, by: Person, now: datetime, confirmable: bool
) -> EmailChange:
    change = EmailChange(
        public_id=uuid.uuid4(),
        person=person,
        requested_by=by,
        old_email=person.email,
        new_email=new_email,
        created_at=now,
        expires_at=now + CONFIRM_LIFE,
    )
    account.keep(change)
    key = str(change.public_id)
    if confirmable:
        kind = MailKind.EMAIL_CHANGE_CONFIRM
        enqueue(kind, person, key, now, address=new_email, email_change=change)
    if person.email:
        kind = MailKind.EMAIL_CHANGE_NOTICE
        enqueue(kind, person, key, now, address=person.email, email_change=change)
    record(AuditAction.EMAIL_CHANGE_REQUESTED, now, by, subject_of(person))
    return change


def _stop_open(changes: list[EmailChange], now: datetime) -> None:
    """One change at a time: asking again takes the earlier question back."""
    for change in changes:
        if change.is_open(now):
            change.stopped_at = now


def _locked(change: EmailChange) -> tuple[Person, EmailChange]:
    """Person first: every change of one person waits for the same row."""
    person = account.lock_person(change.person_id)
    return person, account.fresh_change(change)


def _sign_out_everywhere(person: Person, now: datetime) -> None:
    account.end_sessions(person, now)
    account.void_links(person, now)
