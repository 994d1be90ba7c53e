"""A meeting with very many people: rows written at once, as if everybody had registered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, MarkKind
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Person, sort_key
from kwartaal.models.registration import Registration, RegistrationState

TOWNS = ("Alblasserdam", "Dordrecht", "Papendrecht", "Sliedrecht", "Zwijndrecht")
GROUPS = tuple(Audience)


def fill_meeting(meeting_id: int, first: int, last: int, marker_id: int, now: datetime) -> None:
    """Register people `first` up to `last`; every other one is inside. The caller commits."""
    numbers = range(first, last)
    people = db.session.scalars(insert(Person).returning(Person.id), [*map(_person, numbers)])
    registrations = db.session.execute(
        insert(Registration).returning(Registration.id),
        [
            _registration(meeting_id, person_id, number, now)
            for number, person_id in zip(numbers, people.all(), strict=True)
        ],
    )
    came = [registration_id for (registration_id,) in registrations][::2]
    mark = {"said": MarkKind.ARRIVED, "at": now, "arrived_at": now, "marked_by_id": marker_id}
    db.session.execute(
        insert(AttendanceMark),
        [{"registration_id": one, "meeting_id": meeting_id, **mark} for one in came],
    )


def _person(number: int) -> dict[str, object]:
    last_name = f"Jansen{number:05}"
    return {"first_name": "Anna", "last_name": last_name, "sort_key": sort_key(last_name, "Anna")}


def _registration(meeting_id: int, person_id: int, number: int, now: datetime) -> dict[str, object]:
    return {
        "meeting_id": meeting_id,
        "person_id": person_id,
        "state": RegistrationState.PLACED,
        "changed_at": now,
        "created_at": now,
        "office_name": "raadslid",
        "organisation_name": TOWNS[number % len(TOWNS)],
        "audience": GROUPS[number % len(GROUPS)],
    }
