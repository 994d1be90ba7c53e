"""Signing in: sessions, mailed links, and the change of a sign-in address."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import ColumnElement, ForeignKey, Select, String, Uuid, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, lazyload, mapped_column, relationship, selectinload

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.people_list import EVERYBODY, PeopleSearch, people_found
from kwartaal.models.person import Person, Role, RoleGrant

FRESH = {"populate_existing": True}
WITH_ROLES = (
    selectinload(Person.roles).joinedload(RoleGrant.organisation),
    selectinload(Person.roles).joinedload(RoleGrant.acts_for).lazyload(Person.roles),
)


class UserSession(UserMixin, Model):
    """One signed-in browser; a row, so that it can be listed and ended.

    The browser's cookie holds the token, the row only its hash.
    """

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    device: Mapped[str] = mapped_column(String(60), default="")  # such as "Firefox, Windows"
    # What its user calls it, such as "Tablet ingang".
    device_name: Mapped[str] = mapped_column(String(40), default="", server_default="")

    person: Mapped[Person] = relationship()

    token = ""  # known only in the request that made or presented it

    @property
    def known_as(self) -> str:
        """What marks made on it say they were made on."""
        return self.device_name or self.device

    def get_id(self) -> str:
        """What Flask-Login keeps in the signed cookie."""
        return self.token


class SignInLink(Model):
    """One request for a sign-in mail; link and code are derived from it when the mail is made.

    Nothing secret is stored: the link is a signature over public_id, the code a keyed hash. A row
    without a person was asked for an unknown address: it makes both cases the same work, counts
    wrong codes alike, and is never mailed.
    """

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    leads_to: Mapped[str] = mapped_column(String(500), default="")  # own path to show afterwards

    person: Mapped[Person | None] = relationship()

    def is_usable(self, now: datetime) -> bool:
        """Not used and not expired; says nothing about wrong codes."""
        return self.used_at is None and now < self.expires_at


class EmailChange(Model):
    """A new sign-in address on its way: confirmed by the new one, stoppable by the old one."""

    __tablename__ = "email_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    old_email: Mapped[str | None] = mapped_column(String(254))
    new_email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_id])

    def is_open(self, now: datetime) -> bool:
        """Still waiting for the new address to confirm it."""
        return self.confirmed_at is None and self.stopped_at is None and now < self.expires_at


def find_account(email: str) -> Person | None:
    """Who signs in with an address, given as it is kept (lower case)."""
    return db.session.scalars(select(Person).where(Person.email == email)).first()


def find_owner(public_id: uuid.UUID) -> Person | None:
    """The person of an account, by the key in its address."""
    statement = select(Person).options(*WITH_ROLES).where(Person.public_id == public_id)
    return db.session.scalars(statement).first()


def accounts_found(words: str, today: date) -> Select[Person]:
    """Who can sign in and whose name or address holds these words, by last name, with roles."""
    found = people_found(EVERYBODY, PeopleSearch(words=words), today)
    return found.options(*WITH_ROLES).where(Person.email.is_not(None))


def lock_account(email: str) -> Person | None:
    """The same, with the row held: what is counted per account is counted one by one."""
    return _locked_person(Person.email == email)


def lock_person(person_id: int) -> Person:
    """A person's row, read afresh and held until the end of the transaction."""
    person = _locked_person(Person.id == person_id)
    if person is None:
        raise LookupError(f"person {person_id} is gone")
    return person


def keep(row: UserSession | SignInLink | EmailChange | RoleGrant | Person) -> None:
    """Add a row to the transaction."""
    db.session.add(row)


def settle() -> None:
    """Write what was added, so that it can be locked."""
    db.session.flush()


def end_sessions(person: Person, now: datetime, but: UserSession | None = None) -> None:
    """End all sessions of somebody, if wanted but this one."""
    statement = (
        update(UserSession)
        .where(UserSession.person_id == person.id, UserSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    db.session.execute(statement.where(UserSession.id != (but.id if but else 0)))


def find_link(public_id: uuid.UUID) -> SignInLink | None:
    return db.session.scalars(select(SignInLink).where(SignInLink.public_id == public_id)).first()


def lock_links(public_ids: Iterable[uuid.UUID]) -> list[SignInLink]:
    """Those that exist, read afresh and held, in one order so that nobody waits in a circle."""
    found = (_locked_link(public_id) for public_id in sorted(set(public_ids)))
    return [link for link in found if link is not None]


def count_links(person: Person | None, since: datetime) -> int:
    """How many sign-in mails were asked for somebody since a moment."""
    statement = select(func.count(SignInLink.id)).where(
        SignInLink.person_id == (person.id if person else 0), SignInLink.created_at > since
    )
    return db.session.scalar(statement) or 0


def forget_links_of_nobody(before: datetime) -> None:
    """Requests for unknown addresses serve nothing once they are expired."""
    statement = delete(SignInLink).where(
        SignInLink.person_id.is_(None), SignInLink.expires_at < before
    )
    db.session.execute(statement)


def void_links(person: Person, now: datetime) -> None:
    """Mails already on their way no longer sign anybody in."""
    statement = (
        update(SignInLink)
        .where(SignInLink.person_id == person.id, SignInLink.used_at.is_(None))
        .values(used_at=now)
    )
    db.session.execute(statement)


def give_address(person: Person, email: str | None) -> bool:
    """Let somebody sign in with an address; False when it is another person's by now."""
    try:
        with db.session.begin_nested():
            person.email = email
    except IntegrityError:
        return False
    return True


def find_change(public_id: uuid.UUID) -> EmailChange | None:
    statement = select(EmailChange).where(EmailChange.public_id == public_id)
    return db.session.scalars(statement).first()


def find_open_change(person: Person, now: datetime) -> EmailChange | None:
    """The new address that still has to confirm, if somebody asked for one."""
    statement = select(EmailChange).where(
        EmailChange.person_id == person.id, EmailChange.expires_at > now
    )
    open_ones = [change for change in db.session.scalars(statement) if change.is_open(now)]
    return open_ones[-1] if open_ones else None


def fresh_change(change: EmailChange) -> EmailChange:
    """A change read again, under the lock of its person."""
    return db.session.get_one(EmailChange, change.id, populate_existing=True)


def changes_since(person: Person, since: datetime) -> list[EmailChange]:
    """Changes of somebody's address asked for since a moment, read afresh, oldest first."""
    statement = (
        select(EmailChange)
        .where(EmailChange.person_id == person.id, EmailChange.created_at >= since)
        .order_by(EmailChange.id)
    )
    return list(db.session.scalars(statement, execution_options=FRESH))


def lock_grants(role: Role) -> list[RoleGrant]:
    """Everybody's grants of a role, held: nobody takes the last one away at the same moment."""
    statement = (
        update(RoleGrant)
        .where(RoleGrant.role == role)
        .values(role=RoleGrant.role)
        .returning(RoleGrant)
    )
    return list(db.session.scalars(statement, execution_options=FRESH))


def _locked_person(condition: ColumnElement[bool]) -> Person | None:
    # Not the address or another key: that would also hold up rows that refer to the person.
    statement = (
        update(Person)
        .where(condition)
        .values(wants_announcements=Person.wants_announcements)
        .returning(Person)
        .options(lazyload(Person.roles))  # read when asked for: a known address costs no more
    )
    return db.session.scalars(statement, execution_options=FRESH).first()


def _locked_link(public_id: uuid.UUID) -> SignInLink | None:
    statement = (
        update(SignInLink)
        .where(SignInLink.public_id == public_id)
        .values(wrong_codes=SignInLink.wrong_codes)
        .returning(SignInLink)
    )
    return db.session.scalars(statement, execution_options=FRESH).first()
