"""The council of a municipality: whoever holds an office there that gives the group raad."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import joinedload

from kwartaal.db import db
from kwartaal.models.organisation import Audience, OfficeAudience, Organisation
from kwartaal.models.person import Office, Person


def council_offices(municipality: Organisation, last_day: date) -> list[Office]:
    """The offices that a term ending on that day would end, by name of the holder."""
    statement = (
        select(Office)
        .join(Person, Person.id == Office.person_id)
        .options(joinedload(Office.person), joinedload(Office.kind))
        .where(*_goes_on_after(municipality, last_day))
        .order_by(Person.sort_key, Person.id, Office.id)
    )
    return list(db.session.scalars(statement))


def end_offices(municipality: Organisation, last_day: date) -> int:
    """End them on that day, which still counts; returns how many."""
    statement = update(Office).where(*_goes_on_after(municipality, last_day))
    ended = db.session.scalars(
        statement.values(ends_on=last_day).returning(Office.id),
        execution_options={"synchronize_session": False},
    )
    return len(ended.all())


def _goes_on_after(municipality: Organisation, last_day: date) -> list[ColumnElement[bool]]:
    gives_raad = select(OfficeAudience.office_kind_id).where(
        OfficeAudience.organisation_kind == municipality.kind,
        OfficeAudience.audience == Audience.RAAD,
    )
    return [
        Office.organisation_id == municipality.id,
        Office.kind_id.in_(gives_raad),
        Office.starts_on <= last_day,
        or_(Office.ends_on.is_(None), Office.ends_on > last_day),
    ]
