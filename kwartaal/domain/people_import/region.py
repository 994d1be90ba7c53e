"""What is known before the import: the region's people, offices, organisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kwartaal.domain.people_import.subjects import Held, Subject
from kwartaal.models import people_known as store
from kwartaal.models.organisation import OfficeKind, Organisation, all_organisations, office_kinds


@dataclass(frozen=True)
class Region:
    """Everything an import compares with, on one day in Amsterdam."""

    subjects: Sequence[Subject]
    organisations: Sequence[Organisation]
    kinds: Sequence[OfficeKind]
    today: date

    @classmethod
    def as_stored(cls, today: date) -> Region:
        """Read it, in as many queries for a small region as for a large one."""
        duties = store.people_with_duties(today)
        subjects = {
            person.id: Subject(
                person.first_name,
                person.prefix,
                person.last_name,
                person.email,
                person.contact_email,
                person.phone,
                id=person.id,
                has_duties=person.id in duties,
            )
            for person in store.known_people()
        }
        for office in store.known_offices():
            held = Held(office.organisation_id, office.kind_id, office.starts_on, office.ends_on)
            held.id = office.id
            subjects[office.person_id].offices.append(held)
        return cls(list(subjects.values()), all_organisations(), office_kinds(), today)
