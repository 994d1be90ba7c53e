"""A list of people somebody is about to import: kept here between the steps, and not for long."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Uuid, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.person import Person

KEPT_FOR = timedelta(hours=2)


class PeopleImport(Model):
    """An uploaded table with the choices made about it. Only its owner can get at it.

    It holds personal data that is not wanted yet, so it goes as soon as it is imported, stopped,
    replaced by another upload or two hours old.
    """

    __tablename__ = "people_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    filename: Mapped[str] = mapped_column(String(200))
    packed_table: Mapped[bytes] = mapped_column(LargeBinary)
    # Field of a person → number of the column, and the rows read so; None until it is chosen.
    columns: Mapped[dict[str, int] | None] = mapped_column(JSON)
    packed_rows: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Rows whose address is only for contact, since somebody else signs in with it.
    contact_only: Mapped[list[int]] = mapped_column(JSON, default=list)


def keep_import(owner: Person, filename: str, packed_table: bytes, now: datetime) -> PeopleImport:
    """Store an upload in place of earlier ones of the same owner; expired ones go as well."""
    old = or_(PeopleImport.owner_id == owner.id, PeopleImport.expires_at <= now)
    db.session.execute(delete(PeopleImport).where(old))
    row = PeopleImport(
        owner_id=owner.id,
        expires_at=now + KEPT_FOR,
        filename=filename[:200],
        packed_table=packed_table,
        contact_only=[],
    )
    db.session.add(row)
    db.session.flush()
    return row


def find_import(public_id: uuid.UUID, owner: Person, now: datetime) -> PeopleImport | None:
    """An upload of the owner that is not expired."""
    statement = select(PeopleImport).where(*_is_own(public_id, owner, now))
    return db.session.scalars(statement).first()


def take_import(public_id: uuid.UUID, owner: Person, now: datetime) -> bool:
    """Remove an upload, so that it is used once; False when it is gone already."""
    statement = delete(PeopleImport).where(*_is_own(public_id, owner, now))
    taken = db.session.scalars(statement.returning(PeopleImport.id))
    return taken.first() is not None


def forget_expired_imports(now: datetime) -> int:
    """Remove what was kept too long; returns how many."""
    statement = delete(PeopleImport).where(PeopleImport.expires_at <= now)
    return len(db.session.scalars(statement.returning(PeopleImport.id)).all())


def _is_own(public_id: uuid.UUID, owner: Person, now: datetime) -> tuple[Any, ...]:
    return (
        PeopleImport.public_id == public_id,
        PeopleImport.owner_id == owner.id,
        PeopleImport.expires_at > now,
    )
