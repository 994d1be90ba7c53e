"""Roles: who gets one, and that there is always somebody who can give them (decision 0007)."""

from __future__ import annotations

from datetime import datetime

from kwartaal.domain import refusals
from kwartaal.models import account
from kwartaal.models.audit import AuditAction, record, subject_of
from kwartaal.models.organisation import Organisation, OrganisationKind
from kwartaal.models.person import Person, Role, RoleGrant


def grant_role(
    person: Person,
    role: Role,
    by: Person | None,
    now: datetime,
    organisation: Organisation | None = None,
    acts_for: Person | None = None,
) -> RoleGrant:
    """Give a role; a griffier's is for a municipality, an assistant's for one other person.

    Raises MunicipalityMissing, PrincipalMissing or RoleHeldAlready. `by` is None for the command.
    """
    person = account.lock_person(person.id)
    grant = RoleGrant(role=role)
    if role == Role.GRIFFIER:
        grant.organisation = _municipality(organisation)
    if role == Role.ASSISTENT:
        grant.acts_for = _principal(person, acts_for)
    if any(_is_same(grant, held) for held in person.roles):
        raise refusals.RoleHeldAlready
    person.roles.append(grant)
    record(AuditAction.ROLE_GRANTED, now, by, subject_of(person), **_told(grant))
    return grant


def revoke_role(grant: RoleGrant, by: Person, now: datetime) -> None:
    """Take a role away. Raises OwnBeheerderRole or LastBeheerder."""
    person = grant.person
    if grant.role == Role.BEHEERDER:
        if person.id == by.id:
            raise refusals.OwnBeheerderRole
        if all(held.person_id == person.id for held in account.lock_grants(Role.BEHEERDER)):
            raise refusals.LastBeheerder
    record(AuditAction.ROLE_REVOKED, now, by, subject_of(person), **_told(grant))
    person.roles.remove(grant)


def _municipality(organisation: Organisation | None) -> Organisation:
    if organisation is None or organisation.kind != OrganisationKind.MUNICIPALITY:
        raise refusals.MunicipalityMissing
    return organisation


def _principal(person: Person, acts_for: Person | None) -> Person:
    if acts_for is None or acts_for.id == person.id:
        raise refusals.PrincipalMissing
    return acts_for


def _is_same(new: RoleGrant, held: RoleGrant) -> bool:
    return (new.role, new.organisation, new.acts_for) == (
        held.role,
        held.organisation,
        held.acts_for,
    )


def _told(grant: RoleGrant) -> dict[str, str]:
    """What the log says of a role."""
    told = {"role": grant.role.value}
    if grant.organisation is not None:
        told["organisation"] = grant.organisation.name
    if grant.acts_for is not None:
        told["acts_for"] = str(grant.acts_for.public_id)
    return told
