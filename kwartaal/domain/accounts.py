"""Accounts: passwords, sessions, and the first one (decision 0007). Callers commit."""

from __future__ import annotations

from datetime import datetime

from kwartaal.domain import roles, sign_in
from kwartaal.models import account
from kwartaal.models.account import SignInLink, UserSession
from kwartaal.models.audit import AuditAction, record, subject_of
from kwartaal.models.person import Person, Role


def set_password(person: Person, new_hash: str | None, here: UserSession, now: datetime) -> None:
    """Set or change the password, or remove it (None); sessions elsewhere end."""
    person.password_hash = new_hash
    account.end_sessions(person, now, but=here)
    what = "set" if new_hash else "removed"
    record(AuditAction.PASSWORD_CHANGED, now, person, subject_of(person), what=what)


def end_session(session: UserSession, by: Person, now: datetime) -> None:
    """Sign somebody out in one browser."""
    session.ended_at = now
    record(AuditAction.SESSION_ENDED, now, by, subject_of(session.person), what="one")


def end_sessions(person: Person, by: Person, now: datetime, but: UserSession | None = None) -> None:
    """Sign somebody out everywhere, if wanted but here."""
    account.end_sessions(person, now, but=but)
    what = "others" if but else "all"
    record(AuditAction.SESSION_ENDED, now, by, subject_of(person), what=what)


def create_clerk(email: str, first_name: str, last_name: str, now: datetime) -> SignInLink:
    """The first account of an installation, or roles for an existing one, with a link to sign in.

    Gives the roles beheerder and griffie (contract.md, Commands).
    """
    person = account.lock_account(email)
    if person is None:
        person = Person(first_name=first_name, last_name=last_name, email=email)
        account.keep(person)
        account.settle()
    for role in (Role.BEHEERDER, Role.GRIFFIE):
        if not person.has_role(role):
            roles.grant_role(person, role, None, now)
    return sign_in.new_link(person, now)
