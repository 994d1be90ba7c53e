"""Who was seen at a meeting, and letting in who did not register. Callers commit.

Marks are only ever appended, so two people at two doors never lose one of each other's; the
newest counts. A walk-in is on the list and takes no place (decision "People").
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain import people
from kwartaal.domain.people import PersonDetails
from kwartaal.domain.refusals import CancelledIsFixed, NoAttendanceYet, NotOnTheList, SameNameExists
from kwartaal.models import locks
from kwartaal.models.attendance import append_mark
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Audience, Organisation, OrganisationKind
from kwartaal.models.person import Office, Person, has_namesake
from kwartaal.models.programme import Speaker
from kwartaal.models.registration import Registration, RegistrationState


@dataclass(frozen=True)
class Mark:
    """What somebody at the door says, with the key of the button that was pressed."""

    key: uuid.UUID
    by: Person
    present: bool = True


@dataclass(frozen=True)
class ComingAs:
    """As whom a walk-in comes, as far as that is known."""

    office_name: str = ""
    organisation: Organisation | None = None
    audience: Audience | None = None

    @classmethod
    def holder_of(cls, office: Office) -> ComingAs:
        return cls(office.kind.name, office.organisation, office.audience)

    @classmethod
    def guest_of(cls, organisation: Organisation | None, audience: Audience | None) -> ComingAs:
        """Whoever comes for a neighbour's organisation is always in that group."""
        if organisation is not None and organisation.kind == OrganisationKind.NEIGHBOUR:
            audience = Audience.BUURGEMEENTE
        return cls("", organisation, audience)


def mark(whom: Registration | Speaker, said: Mark, now: datetime) -> None:
    """Write down that somebody on the list is there, or not; the same key twice is one mark.

    Raises NoAttendanceYet, CancelledIsFixed, or NotOnTheList for who withdrew.
    """
    meeting = whom.item.meeting if isinstance(whom, Speaker) else whom.meeting
    check_takes_marks(meeting)
    if isinstance(whom, Registration) and whom.state == RegistrationState.WITHDRAWN:
        raise NotOnTheList(name=whom.person.full_name)
    append_mark(whom, meeting.id, said.present, said.key, said.by.id, now)


def let_in(
    meeting: Meeting, person: Person, coming_as: ComingAs | None, said: Mark, now: datetime
) -> Registration:
    """Put somebody who is not registered on the list, and mark them present.

    Whoever has a place, or waits, keeps what they have; who withdrew before keeps as whom they
    would come when nothing else is known. Raises NoAttendanceYet or CancelledIsFixed.
    """
    check_takes_marks(meeting)
    registration = locks.lock_own_registration(meeting.id, person.id, now)
    if registration.state == RegistrationState.WITHDRAWN:
        registration.state = RegistrationState.WALK_IN
        registration.revision += 1
        registration.changed_at = now
        if coming_as is not None:
            _come_as(registration, coming_as)
    append_mark(registration, meeting.id, True, said.key, said.by.id, now)
    return registration


@dataclass(frozen=True)
class Visitor:
    """Somebody nobody knew; `is_another` when the clerk saw who has the same name already."""

    details: PersonDetails
    coming_as: ComingAs
    is_another: bool = False


def let_in_new(meeting: Meeting, visitor: Visitor, said: Mark, now: datetime) -> Person:
    """Add a person nobody knew and let them in; the key of the mark is also the person's.

    Raises SameNameExists, or what let_in and people.add raise.
    """
    check_takes_marks(meeting)
    details = visitor.details
    if not visitor.is_another and has_namesake(
        details.first_name, details.prefix, details.last_name
    ):
        raise SameNameExists
    person = people.add(details, None, said.key)
    locks.settle()
    let_in(meeting, person, visitor.coming_as, said, now)
    return person


def check_takes_marks(meeting: Meeting) -> None:
    """Raises NoAttendanceYet for a concept, CancelledIsFixed for what does not go on."""
    if meeting.state == MeetingState.CONCEPT:
        raise NoAttendanceYet
    if meeting.is_cancelled:
        raise CancelledIsFixed


def _come_as(registration: Registration, coming_as: ComingAs) -> None:
    """Kept as it is now, so that old lists never change."""
    organisation = coming_as.organisation
    registration.office_name = coming_as.office_name
    registration.organisation_id = organisation.id if organisation else None
    registration.organisation_name = organisation.name if organisation else ""
    registration.audience = coming_as.audience
