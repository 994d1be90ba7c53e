"""What somebody exported last, to offer it again; one row per person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import JSON, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from kwartaal.db import Model, db, upsert


class ExportChoice(Model):
    """The names of the columns in their order, and whether who withdrew was among the people."""

    __tablename__ = "export_choice"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    columns: Mapped[list[str]] = mapped_column(JSON)
    with_withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())


def remember_choice(person_id: int, names: Sequence[str], with_withdrawn: bool) -> None:
    """Keep this choice in place of the one before."""
    chosen = {"columns": list(names), "with_withdrawn": with_withdrawn}
    statement = upsert(ExportChoice).values(person_id=person_id, **chosen)
    kept = statement.on_conflict_do_update(index_elements=["person_id"], set_=chosen)
    db.session.execute(kept)


def remembered_choice(person_id: int) -> tuple[list[str], bool]:
    """The names of the columns, none when nothing is kept, and whether with who withdrew."""
    kept = db.session.get(ExportChoice, person_id, populate_existing=True)
    return (kept.columns, kept.with_withdrawn) if kept else ([], False)
