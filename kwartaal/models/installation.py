"""What this installation knows about itself."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from kwartaal.db import Model, db

DEMO_LOADED = "demo_loaded"


class InstallationFact(Model):
    """A fact that outlives restarts, such as that the demo region was loaded here."""

    __tablename__ = "installation_fact"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


def holds_demo() -> bool:
    """Whether invented people live in this database."""
    return db.session.get(InstallationFact, DEMO_LOADED) is not None
