"""The end of a council's term: the offices of one council end on one day. Callers commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kwartaal.domain.people_refusals import CouncilChanged, CouncilIsEmpty, NotAMunicipality
from kwartaal.models import council
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.organisation import Organisation, OrganisationKind
from kwartaal.models.person import Person


@dataclass(frozen=True)
class CouncilTerm:
    """The council of a municipality and the last day its members hold their office."""

    municipality: Organisation
    last_day: date


def end_term(term: CouncilTerm, expected: int, by: Person, now: datetime) -> int:
    """End every office of the council that is held on the last day and goes on after it.

    That day still counts; what begins later or ended before stays. `expected` is how many the
    clerk saw. Raises NotAMunicipality, CouncilIsEmpty or CouncilChanged; returns how many ended.
    """
    if term.municipality.kind != OrganisationKind.MUNICIPALITY:
        raise NotAMunicipality
    ended = council.end_offices(term.municipality, term.last_day)
    if ended != expected:
        raise CouncilChanged
    if not ended:
        raise CouncilIsEmpty
    subject = f"organisation:{term.municipality.slug}"
    record(
        AuditAction.COUNCIL_TERM_ENDED,
        now,
        by,
        subject,
        last_day=term.last_day.isoformat(),
        offices=ended,
    )
    return ended
