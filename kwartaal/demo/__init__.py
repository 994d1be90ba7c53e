"""The demo region: an invented population around the region's real calendar."""

from __future__ import annotations

from sqlalchemy import exists, select

from config import UnsafeSettings
from kwartaal import clock
from kwartaal.db import begin_writing, db
from kwartaal.demo import region
from kwartaal.demo.accounts import PASSWORD, welcome
from kwartaal.file_store import receiving
from kwartaal.models.installation import DEMO_LOADED, InstallationFact, holds_demo
from kwartaal.models.person import Person
from kwartaal.passwords import hashed

__all__ = ["load", "welcome"]


def load() -> None:
    """Fill an empty database with the demo region, all or nothing.

    Loading again changes nothing. Raises UnsafeSettings when real people are in it already.
    """
    password_hash = hashed(PASSWORD)  # one hash for everybody: it is slow on purpose
    begin_writing()
    try:
        if holds_demo():
            return
        _refuse_real_people()
        with receiving() as files:
            region.build(clock.now(), password_hash, files)
            db.session.add(InstallationFact(name=DEMO_LOADED, value=clock.today().isoformat()))
            files.store()
            db.session.commit()
            files.keep()
    finally:
        db.session.rollback()


def _refuse_real_people() -> None:
    """Invented people never mix with others."""
    if db.session.scalar(select(exists(select(Person)))):
        raise UnsafeSettings(
            "DEMO=1 laadt verzonnen gegevens, en in deze database staan al personen. "
            "Gebruik voor de demonstratie een lege database."
        )
