"""People, the offices they hold in a period, and the roles they have in Kwartaal."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Uuid,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from kwartaal.db import Model, db, enum_type
from kwartaal.models.organisation import Audience, OfficeKind, Organisation


class Role(StrEnum):
    """What somebody may do in Kwartaal; docs/glossary.md explains the Dutch words."""

    BEHEERDER = "beheerder"
    GRIFFIE = "griffie"
    ORGANISATOR = "organisator"
    GRIFFIER = "griffier"
    ASSISTENT = "assistent"


class Person(Model):
    """Somebody who signs in, registers, speaks or walks in; only a name is always known."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    first_name: Mapped[str] = mapped_column(String(60))
    prefix: Mapped[str] = mapped_column(String(20), default="")
    last_name: Mapped[str] = mapped_column(String(80))
    # Lists sort on the last name without prefix ("van der Maas" under M); written by _sort.
    sort_key: Mapped[str] = mapped_column(String(160), index=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # the sign-in address
    contact_email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))  # E.164
    password_hash: Mapped[str | None] = mapped_column(String(200))
    wants_announcements: Mapped[bool] = mapped_column(default=True)
    # Mails about changes once a day, instead of one for each version.
    wants_digest: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Appointments come with the mails; otherwise the personal feed holds them, so never both.
    calendar_by_mail: Mapped[bool] = mapped_column(default=True, server_default=true())

    offices: Mapped[list[Office]] = relationship(
        back_populates="person",
        order_by="Office.starts_on",
        cascade="all, delete-orphan",
        foreign_keys="Office.person_id",
    )
    roles: Mapped[list[RoleGrant]] = relationship(
        back_populates="person",
        foreign_keys="RoleGrant.person_id",
        lazy="selectin",
        cascade="all, delete-orphan",
    )

    @validates("first_name", "last_name")
    def _sort(self, attribute: str, value: str) -> str:
        names = {"first_name": self.first_name, "last_name": self.last_name, attribute: value}
        self.sort_key = sort_key(names["last_name"] or "", names["first_name"] or "")
        return value

    @property
    def full_name(self) -> str:
        """Voornaam, tussenvoegsel and achternaam as one reads them."""
        return full_name(self.first_name, self.prefix, self.last_name)

    @property
    def list_name(self) -> str:
        """The name as a list sorts it: "Maas, Anna van der"."""
        return list_name(self.first_name, self.prefix, self.last_name)

    @property
    def mail_address(self) -> str | None:
        """Where mails go, and what lists show: the sign-in address, else the contact address."""
        return self.email or self.contact_email

    def offices_on(self, day: date) -> list[Office]:
        """The offices held on a day in Amsterdam; "until" is inclusive."""
        return [office for office in self.offices if office.is_held_on(day)]

    def has_role(self, role: Role) -> bool:
        return any(grant.role == role for grant in self.roles)


def full_name(first_name: str, prefix: str, last_name: str) -> str:
    """Voornaam, tussenvoegsel and achternaam as one reads them; any may be ""."""
    return " ".join(filter(None, (first_name, prefix, last_name)))


def list_name(first_name: str, prefix: str, last_name: str) -> str:
    """The name as a list sorts it: "Maas, Anna van der", or "Maas" for who has no other."""
    before = full_name(first_name, prefix, "")
    return f"{last_name}, {before}" if before else last_name


def sort_key(last_name: str, first_name: str) -> str:
    """A key that sorts alike on every database: no accents, no capitals, last name first."""
    return folded(f"{last_name} {first_name}")[:160]


# Letters that are no other letter with an accent to Unicode, as a Dutch keyboard types them.
# Whoever adds one writes a migration for the sort keys that are stored.
LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ə": "e"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)


def folded(text: str) -> str:
    """The text without accents and capitals, as names are compared and searched."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.casefold().translate(LETTERS)


def words_of(text: str) -> list[str]:
    """The words somebody looks for; a name may be typed as lists print it: "Maas, Anna van der"."""
    return text.replace(",", " ").split()


class Office(Model):
    """An office of a person in an organisation for a period (docs/mission.md P-2, P-7)."""

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        Index("ix_office_organisation_id_ends_on", "organisation_id", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("office_kind.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # inclusive, Amsterdam time

    person: Mapped[Person] = relationship(back_populates="offices", foreign_keys=[person_id])
    organisation: Mapped[Organisation] = relationship()
    kind: Mapped[OfficeKind] = relationship()

    @property
    def audience(self) -> Audience | None:
        """The group the holder comes as."""
        return self.kind.audience_in(self.organisation.kind)

    @property
    def label(self) -> str:
        """How a list or a choice names it: "raadslid, Papendrecht"."""
        return f"{self.kind.name}, {self.organisation.name}"

    def is_held_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @classmethod
    def held_on(cls, day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """The same for a query: the first and the last day both count."""
        return cls.starts_on <= day, or_(cls.ends_on.is_(None), cls.ends_on >= day)


class RoleGrant(Model):
    """A role given to a person; a griffier's is for one organisation, an assistant's for one."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("(role = 'griffier') = (organisation_id IS NOT NULL)", name="griffier"),
        CheckConstraint("(role = 'assistent') = (acts_for_id IS NOT NULL)", name="assistent"),
        Index(
            "uq_role_grant_person_id_role",
            "person_id",
            "role",
            unique=True,
            sqlite_where=db.text("organisation_id IS NULL AND acts_for_id IS NULL"),
            postgresql_where=db.text("organisation_id IS NULL AND acts_for_id IS NULL"),
        ),
        Index(
            "uq_role_grant_person_id_organisation_id", "person_id", "organisation_id", unique=True
        ),
        Index("uq_role_grant_person_id_acts_for_id", "person_id", "acts_for_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(enum_type(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    acts_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))

    person: Mapped[Person] = relationship(back_populates="roles", foreign_keys=[person_id])
    organisation: Mapped[Organisation | None] = relationship()
    acts_for: Mapped[Person | None] = relationship(foreign_keys=[acts_for_id])


def has_namesake(first_name: str, prefix: str, last_name: str) -> bool:
    """Whether somebody has this name already, but for capitals and accents."""
    same = select(Person.prefix).where(Person.sort_key == sort_key(last_name, first_name))
    return any(folded(known) == folded(prefix) for known in db.session.scalars(same))


def delete_office(office: Office) -> None:
    """Take an office out of the database."""
    db.session.delete(office)


def kinds_held_in(organisation: Organisation) -> list[OfficeKind]:
    """The kinds of office that somebody holds, held or will hold in an organisation."""
    held = select(Office.kind_id).where(Office.organisation_id == organisation.id)
    return list(db.session.scalars(select(OfficeKind).where(OfficeKind.id.in_(held))))
