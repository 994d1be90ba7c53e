"""Bodies (gremia) and who is a member of one in which period."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, db, enum_type
from kwartaal.models.person import Person


class MembershipKind(StrEnum):
    """What a member is in the body."""

    MEMBER = "member"
    CHAIR = "chair"
    SECRETARY = "secretary"
    DEPUTY = "deputy"


class Body(Model):
    """A group that meets in private: spiegelgroep, portfolio holders, ONS-D (B-9 to B-15)."""

    __tablename__ = "body"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    aliases: Mapped[list[BodyAlias]] = relationship(cascade="all, delete-orphan")
    memberships: Mapped[list[Membership]] = relationship(back_populates="body")


class BodyAlias(Model):
    """Another name the region's letters use for the same body (checklist section 11.1)."""

    __tablename__ = "body_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)


class Membership(Model):
    """A person in a body for a period; both days count, Amsterdam time."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        Index("ix_membership_person_id_body_id", "person_id", "body_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"), index=True)
    kind: Mapped[MembershipKind] = mapped_column(
        enum_type(MembershipKind), default=MembershipKind.MEMBER
    )
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    body: Mapped[Body] = relationship(back_populates="memberships")


def holds_membership(person: Person, today: date) -> bool:
    """Whether somebody is a member of any body, today or from a later day."""
    statement = select(Membership.id).where(
        Membership.person_id == person.id,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    return db.session.scalar(statement.limit(1)) is not None
