"""Registrations as rows, for tests that need people and not the operation."""

from __future__ import annotations

from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.registration import Registration, RegistrationState
from tests.conftest import NOON


def a_registration(
    meeting: Meeting, person: Person, state: RegistrationState = RegistrationState.PLACED
) -> Registration:
    """Of two that are stored; the counters of the meeting are left alone."""
    return Registration(
        meeting_id=meeting.id,
        person_id=person.id,
        state=state,
        changed_at=NOON,
        created_at=NOON,
    )
