"""Doing what the forecast says, in a few statements."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kwartaal.domain.people_import.forecast import Forecast
from kwartaal.domain.people_import.rows import Outcome
from kwartaal.domain.people_import.subjects import Held, Subject
from kwartaal.domain.people_refusals import ImportHasMistakes, ImportHasNothingNew
from kwartaal.models import people_known as store
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.person import Person, sort_key


def carry_out(forecast: Forecast, by: Person, now: datetime) -> None:
    """Store everything the forecast adds and changes, or nothing.

    The forecast must be made in the same transaction. Raises ImportHasMistakes or
    ImportHasNothingNew.
    """
    counts = forecast.counts
    if counts[Outcome.REFUSED]:
        raise ImportHasMistakes
    if not forecast.can_be_carried_out:
        raise ImportHasNothingNew
    touched = [subject for subject in forecast.subjects if subject.row is not None]
    _store_people(touched)
    _store_offices(touched)
    numbers = {outcome.value: counts[outcome] for outcome in Outcome if outcome != Outcome.REFUSED}
    record(AuditAction.IMPORTED, now, by, "people", **numbers)


def _store_people(touched: list[Subject]) -> None:
    new = [subject for subject in touched if subject.id is None]
    changed = [subject for subject in touched if subject.id is not None and subject.is_changed]
    store.update_people([{"id": subject.id, **_values(subject)} for subject in changed])
    ids = store.insert_people([_values(subject) for subject in new])
    for subject, person_id in zip(new, ids, strict=True):
        subject.id = person_id


def _store_offices(touched: list[Subject]) -> None:
    """Those that a row of the file set."""
    held = [(subject, office) for subject in touched for office in subject.offices if office.row]
    store.insert_offices(
        [
            {"person_id": subject.id, **_office_values(office)}
            for subject, office in held
            if office.id is None
        ]
    )
    store.update_offices(
        [{"id": office.id, "ends_on": office.ends_on} for _, office in held if office.id]
    )


def _values(subject: Subject) -> dict[str, Any]:
    return {
        "first_name": subject.first_name,
        "prefix": subject.prefix,
        "last_name": subject.last_name,
        "sort_key": sort_key(subject.last_name, subject.first_name),
        "email": subject.email,
        "contact_email": subject.contact_email,
        "phone": subject.phone,
    }


def _office_values(office: Held) -> dict[str, Any]:
    return {
        "organisation_id": office.organisation_id,
        "kind_id": office.kind_id,
        "starts_on": office.starts_on,
        "ends_on": office.ends_on,
    }
