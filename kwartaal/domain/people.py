"""Adding and changing people and the offices they hold. Callers commit."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from kwartaal.domain.email_changes import start_email_change
from kwartaal.domain.people_refusals import (
    AddressOfSomebodyElse,
    OfficeDoesNotOccur,
    OfficeEndsTooEarly,
    OfficeOverlaps,
    OfficeWasUsed,
    written,
)
from kwartaal.domain.refusals import AddressChangeNotAllowed
from kwartaal.models import account
from kwartaal.models.account import EmailChange
from kwartaal.models.audit import AuditAction, record, subject_of
from kwartaal.models.body import holds_membership
from kwartaal.models.organisation import OfficeKind, Organisation
from kwartaal.models.person import Office, Person, delete_office
from kwartaal.models.usage import is_office_used


@dataclass(frozen=True)
class PersonDetails:
    """What a clerk fills in; addresses in lower case, the phone number as E.164."""

    first_name: str
    prefix: str
    last_name: str
    email: str | None = None
    contact_email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Tenure:
    """An office in an organisation for a period; both days count, Amsterdam time."""

    organisation: Organisation
    kind: OfficeKind
    starts_on: date
    ends_on: date | None = None


def add(details: PersonDetails, tenure: Tenure | None, key: uuid.UUID) -> Person:
    """A new person, maybe with a first office; `key` is the form's.

    Raises AddressOfSomebodyElse or what add_office raises.
    """
    person = Person(public_id=key)
    _write(person, details)
    account.keep(person)
    if not account.give_address(person, details.email):
        raise AddressOfSomebodyElse
    if tenure is not None:
        add_office(person, tenure, key)
    return person


def change(
    person: Person, details: PersonDetails, by: Person, now: datetime, today: date
) -> EmailChange | None:
    """Change a person; gives the question that was mailed when the sign-in address is to change.

    Another sign-in address counts once the link mailed to it is used (decision "Sign-in"); a
    first one and none count at once. Raises AddressChangeNotAllowed for whoever has a role or a
    membership, whose address only that person or the beheerder changes; AddressOfSomebodyElse.
    """
    person = account.lock_person(person.id)
    asked = None
    if details.email != person.email:
        if not may_change_address(person, today):
            raise AddressChangeNotAllowed
        asked = _change_address(person, details.email, by, now, today)
    _write(person, details)
    return asked


def may_change_address(person: Person, today: date) -> bool:
    """Whether a clerk may set the sign-in address of somebody without asking that person."""
    return not person.roles and not holds_membership(person, today)


def add_office(person: Person, tenure: Tenure, key: uuid.UUID) -> Office:
    """Give a person an office; `key` is the form's.

    Raises OfficeDoesNotOccur, OfficeEndsTooEarly or OfficeOverlaps.
    """
    account.lock_person(person.id)
    check_tenure(tenure, person.offices)
    office = Office(public_id=key)
    _write_office(office, tenure)
    person.offices.append(office)
    return office


def change_office(office: Office, tenure: Tenure) -> None:
    """Change an office. Registrations keep what they say of it, so old lists stay as they were.

    Raises as add_office does.
    """
    account.lock_person(office.person_id)
    check_tenure(tenure, [other for other in office.person.offices if other is not office])
    _write_office(office, tenure)


def remove_office(office: Office) -> None:
    """Take away an office that was never registered with; raises OfficeWasUsed."""
    if is_office_used(office):
        raise OfficeWasUsed
    delete_office(office)


def check_tenure(tenure: Tenure, others: list[Office]) -> None:
    """The office occurs there, ends after it begins, and the person has it once at a time."""
    if tenure.kind.audience_in(tenure.organisation.kind) is None:
        raise OfficeDoesNotOccur(office=tenure.kind.name, organisation=tenure.organisation.name)
    if tenure.ends_on is not None and tenure.ends_on < tenure.starts_on:
        raise OfficeEndsTooEarly(starts_on=written(tenure.starts_on))
    for other in others:
        if _is_same_office(other, tenure) and _overlap(other, tenure):
            raise OfficeOverlaps(starts_on=written(other.starts_on))


def _is_same_office(office: Office, tenure: Tenure) -> bool:
    return (office.organisation_id, office.kind_id) == (tenure.organisation.id, tenure.kind.id)


def _overlap(office: Office, tenure: Tenure) -> bool:
    starts_before = tenure.ends_on is None or office.starts_on <= tenure.ends_on
    ends_after = office.ends_on is None or office.ends_on >= tenure.starts_on
    return starts_before and ends_after


def _write(person: Person, details: PersonDetails) -> None:
    person.first_name = details.first_name
    person.prefix = details.prefix
    person.last_name = details.last_name
    person.contact_email = details.contact_email
    person.phone = details.phone


def _write_office(office: Office, tenure: Tenure) -> None:
    office.organisation = tenure.organisation
    office.kind = tenure.kind
    office.starts_on = tenure.starts_on
    office.ends_on = tenure.ends_on


def _change_address(
    person: Person, email: str | None, by: Person, now: datetime, today: date
) -> EmailChange | None:
    if email is not None and account.find_account(email) is not None:
        raise AddressOfSomebodyElse
    if person.email and email:
        return start_email_change(person, email, by, now, today)
    if not account.give_address(person, email):
        raise AddressOfSomebodyElse
    account.end_sessions(person, now)
    account.void_links(person, now)
    record(AuditAction.EMAIL_CHANGED, now, by, subject_of(person))
    return None
