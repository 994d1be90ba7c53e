"""The attendance list as exports read it: the same people in the same order, row by row.

A list of twenty thousand takes no more memory than one of twenty: one statement is read piece by
piece, and nothing of a row is kept. Speakers are few, and are read beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from heapq import merge
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    null,
    select,
)
from sqlalchemy.orm import aliased

from kwartaal.db import bytewise, db
from kwartaal.models.attendance import AttendanceMark
from kwartaal.models.attendance_list import LISTED, Attendance, Pick
from kwartaal.models.organisation import Audience, Organisation, OrganisationKind
from kwartaal.models.person import Person
from kwartaal.models.registration import (
    Choice,
    ChoiceState,
    Registration,
    RegistrationState,
    meeting_ranks,
    ranked_choices,
)
from kwartaal.models.speakers_list import Part, Speaking

ROWS_AT_ONCE = 500


class ExportedPerson(NamedTuple):
    """Somebody on the list; fields are those of `Attendee`, and say None for the same reasons.

    `chosen` holds the live choices as text; `picks` reads it.
    """

    person_id: int | None
    first_name: str
    prefix: str
    last_name: str
    sort_key: str
    address: str | None
    phone: str | None
    office: str
    organisation: str
    municipality: str
    audience: Audience | None
    state: RegistrationState | None
    rank: int | None
    registered_at: datetime | None
    seen_at: datetime | None
    chosen: str | None
    audiences: tuple[Audience, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """As one reads it: Anna van der Maas."""
        if self.prefix:
            return f"{self.first_name} {self.prefix} {self.last_name}"
        return f"{self.first_name} {self.last_name}" if self.first_name else self.last_name

    @property
    def is_present(self) -> bool:
        return self.seen_at is not None

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The live choices in order of the items."""
        return _picks(self.chosen) if self.chosen else ()


def count_exported(attendance: Attendance) -> int:
    """How many people `exported_people` gives; two queries."""
    registered = select(func.count()).where(*_listed(attendance))
    return (db.session.scalar(registered) or 0) + len(attendance.only_speaking())


def exported_people(attendance: Attendance) -> Iterator[ExportedPerson]:
    """Everybody on the list, by last name; three queries, the last read while it is used."""
    speakers = attendance.speakers()
    alone = [_speaker(one) for one in speakers if not one.is_listed]
    also = {one.person_id: one for one in speakers if one.is_listed}
    return merge(_registered(attendance, also), alone, key=attrgetter("sort_key"))


def _registered(
    attendance: Attendance, speaking: Mapping[int | None, Speaking]
) -> Iterator[ExportedPerson]:
    """Those who are registered; what is marked of somebody who speaks as well is known already."""
    ranks = meeting_ranks([attendance.meeting.id])
    statement = _statement(attendance).execution_options(yield_per=ROWS_AT_ONCE)
    for registration_id, *known in db.session.execute(statement):
        one = ExportedPerson(*known)
        if one.state == RegistrationState.WAITING:
            one = one._replace(rank=ranks.get(registration_id))
        if speaks := speaking.get(one.person_id):
            one = one._replace(parts=speaks.parts, seen_at=speaks.seen_at)
        yield one


def _statement(attendance: Attendance) -> Select[*tuple[Any, ...]]:
    """One row per registration: its id, then the columns in the order of `ExportedPerson`."""
    chosen = _chosen(attendance.meeting.id)
    town = and_(
        Organisation.id == Registration.organisation_id,
        Organisation.kind == OrganisationKind.MUNICIPALITY,
    )
    statement: Select[*tuple[Any, ...]] = (
        select(
            Registration.id,
            Registration.person_id,
            Person.first_name,
            Person.prefix,
            Person.last_name,
            Person.sort_key,
            func.coalesce(Person.email, Person.contact_email),
            Person.phone,
            Registration.office_name,
            Registration.organisation_name,
            case((Organisation.id.is_not(None), Registration.organisation_name), else_=""),
            Registration.audience,
            Registration.state,
            null(),  # the rank, which few have
            Registration.created_at,
            case((AttendanceMark.present, AttendanceMark.at), else_=null()),
            chosen.c.chosen,
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, town)
        .outerjoin(AttendanceMark, AttendanceMark.id == _newest_mark())
        .outerjoin(chosen, chosen.c.registration_id == Registration.id)
        .where(*_listed(attendance))
        .order_by(bytewise(Person.sort_key), Person.id)
    )
    return statement


def _listed(attendance: Attendance) -> tuple[Any, ...]:
    return (
        Registration.meeting_id == attendance.meeting.id,
        Registration.state.in_(LISTED),
        *attendance.in_scope(),
    )


def _newest_mark() -> ScalarSelect[int]:
    """The mark that counts of a registration, found by index: `newest_marks` would be searched
    through once per person on SQLite, which has no index on what it computes.
    """
    mark = aliased(AttendanceMark)
    newest = select(func.max(mark.id)).where(
        mark.registration_id == Registration.id, mark.item_id.is_(None)
    )
    return newest.correlate(Registration).scalar_subquery()


def _chosen(meeting_id: int) -> Subquery:
    """The live choices of each registration in one text: "12//placed/ 14/9/waiting/3"."""
    ranked = ranked_choices(Choice.meeting_id == meeting_id).subquery()
    values = (Choice.item_id, Choice.round_id, Choice.state, ranked.c.rank)
    item, *rest = (func.coalesce(cast(value, String), "") for value in values)
    text: ColumnElement[str] = item
    for value in rest:
        text = text + "/" + value
    return (
        select(Choice.registration_id, func.aggregate_strings(text, " ").label("chosen"))
        .join(Registration, Registration.id == Choice.registration_id)
        .outerjoin(ranked, ranked.c.id == Choice.id)
        .where(Registration.meeting_id == meeting_id, Choice.state != ChoiceState.WITHDRAWN)
        .group_by(Choice.registration_id)
        .subquery()
    )


@lru_cache(maxsize=4096)
def _picks(chosen: str) -> tuple[Pick, ...]:
    """Most people chose what others chose, too."""
    found = (one.split("/") for one in chosen.split(" "))
    picks = (
        Pick(int(item), int(round_) if round_ else None, ChoiceState(state), int(rank or 0) or None)
        for item, round_, state, rank in found
    )
    return tuple(sorted(picks, key=attrgetter("item_id")))


def _speaker(one: Speaking) -> ExportedPerson:
    """Who only speaks; a name that was only typed is a last name."""
    first_name, prefix, last_name = one.names or ("", "", one.name)
    return ExportedPerson(
        person_id=one.person_id,
        first_name=first_name,
        prefix=prefix,
        last_name=last_name,
        sort_key=one.sort_key,
        address=one.address,
        phone=one.phone,
        office=one.office,
        organisation=one.organisation,
        municipality=one.municipality,
        audience=None,
        state=None,
        rank=None,
        registered_at=None,
        seen_at=one.seen_at,
        chosen=None,
        audiences=one.audiences,
        parts=one.parts,
    )
