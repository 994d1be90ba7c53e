"""Which columns somebody exported last, to offer them again; one row per person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from kwartaal.db import Model, db, upsert


class ExportChoice(Model):
    """The names of the columns in their order."""

    __tablename__ = "export_choice"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    columns: Mapped[list[str]] = mapped_column(JSON)


def remember_columns(person_id: int, names: Sequence[str]) -> None:
    """Keep this choice in place of the one before."""
    statement = upsert(ExportChoice).values(person_id=person_id, columns=list(names))
    kept = statement.on_conflict_do_update(
        index_elements=["person_id"], set_={"columns": statement.excluded.columns}
    )
    db.session.execute(kept)


def remembered_columns(person_id: int) -> list[str]:
    """The choice of somebody; empty when there is none."""
    statement = select(ExportChoice.columns).where(ExportChoice.person_id == person_id)
    return db.session.scalar(statement) or []
