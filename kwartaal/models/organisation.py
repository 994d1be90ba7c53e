"""Organisations of the region, and which group an office in one of them belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, String, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, db, enum_type


class OrganisationKind(StrEnum):
    """What an organisation is to the region (docs/mission.md B-1, B-18, KB-2, KB-3)."""

    MUNICIPALITY = "municipality"
    NEIGHBOUR = "neighbour"
    AFFILIATED = "affiliated"
    AUTHORITY = "authority"
    COMPANY = "company"
    KNOWLEDGE = "knowledge"
    SOCIETAL = "societal"


class Audience(StrEnum):
    """The seven groups that meet; the values are the region's own words (KB-2, KB-3)."""

    RAAD = "raad"
    COLLEGE = "college"
    AMBTELIJK = "ambtelijk"
    BEDRIJF = "bedrijf"
    KENNISINSTELLING = "kennisinstelling"
    MAATSCHAPPELIJK = "maatschappelijk"
    BUURGEMEENTE = "buurgemeente"


class Organisation(Model):
    """A municipality, a neighbour, an affiliated party, a company or an institution."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(enum_type(OrganisationKind))
    # Lower-case code of the national register of government organisations, such as gm0505.
    tooi_code: Mapped[str | None] = mapped_column(String(20), unique=True)


class OfficeKind(Model):
    """A kind of office: raadslid, wethouder, medewerker …; data, so that a clerk can add one."""

    __tablename__ = "office_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    audiences: Mapped[list[OfficeAudience]] = relationship(
        back_populates="office_kind", lazy="selectin", cascade="all, delete-orphan"
    )

    def audience_in(self, kind: OrganisationKind) -> Audience | None:
        """The group this office gives in an organisation of that kind; None: does not occur."""
        return next((a.audience for a in self.audiences if a.organisation_kind == kind), None)


class OfficeAudience(Model):
    """The table from office and kind of organisation to group (decision "People")."""

    __tablename__ = "office_audience"

    office_kind_id: Mapped[int] = mapped_column(
        ForeignKey("office_kind.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_kind: Mapped[OrganisationKind] = mapped_column(
        enum_type(OrganisationKind), primary_key=True
    )
    audience: Mapped[Audience] = mapped_column(enum_type(Audience))
    office_kind: Mapped[OfficeKind] = relationship(back_populates="audiences")


def all_organisations(kind: OrganisationKind | None = None) -> list[Organisation]:
    """All of them, or those of one kind, by name."""
    statement = select(Organisation).order_by(func.lower(Organisation.name), Organisation.id)
    if kind is not None:
        statement = statement.where(Organisation.kind == kind)
    return list(db.session.scalars(statement))


def find_organisation(slug: str) -> Organisation | None:
    return db.session.scalars(select(Organisation).where(Organisation.slug == slug)).first()


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """By id; one query."""
    statement = select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(ids)))
    return {key: name for key, name in db.session.execute(statement)}


def organisation_slugs(start: str) -> set[str]:
    """The addresses in use that begin like this."""
    statement = select(Organisation.slug).where(Organisation.slug.startswith(start))
    return set(db.session.scalars(statement))


def has_name(name: str, but: Organisation | None = None) -> bool:
    """Whether another organisation is called so, in capitals or not."""
    statement = select(Organisation.id).where(func.lower(Organisation.name) == name.lower())
    return _other(statement, but)


def has_tooi_code(code: str, but: Organisation | None = None) -> bool:
    """Whether another organisation has the code."""
    return _other(select(Organisation.id).where(Organisation.tooi_code == code), but)


def office_kinds() -> list[OfficeKind]:
    """Every kind of office, by name, with the groups it gives."""
    return list(db.session.scalars(select(OfficeKind).order_by(OfficeKind.name)))


def find_office_kind(code: str) -> OfficeKind | None:
    return db.session.scalars(select(OfficeKind).where(OfficeKind.code == code)).first()


def keep_organisation(organisation: Organisation) -> None:
    """Add an organisation to the transaction."""
    db.session.add(organisation)


def _other(statement: Select[int], but: Organisation | None) -> bool:
    own = but.id if but is not None else 0
    return db.session.scalar(statement.where(Organisation.id != own)) is not None
