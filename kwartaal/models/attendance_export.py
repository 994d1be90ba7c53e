"""The attendance list as exports read it: the same people in the same order, row by row.

A list of twenty thousand takes no more memory than one of twenty: one statement is read piece by
piece, and nothing of a row is kept. Speakers are few, and are read beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from heapq import merge
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
    case,
    cast,
    false,
    func,
    not_,
    null,
    or_,
    select,
    type_coerce,
)

from kwartaal.db import bytewise, db
from kwartaal.models.attendance import (
    AttendanceMark,
    newest_of_registration,
    newest_of_speakers,
)
from kwartaal.models.attendance_list import Attendance, Pick
from kwartaal.models.attendance_search import is_listed
from kwartaal.models.organisation import Audience, Organisation, OrganisationKind
from kwartaal.models.person import Person, full_name, list_name
from kwartaal.models.ranks import meeting_ranks, ranked_choices
from kwartaal.models.registration import (
    Choice,
    ChoiceState,
    Registration,
    RegistrationState,
)
from kwartaal.models.speakers_list import Part, Speaking

V = TypeVar("V")
WAITING_CHOICE = re.compile(r"#(\d+)")
ROWS_AT_ONCE = 2_000


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
    arrived_at: datetime | None
    is_late: bool
    left_at: datetime | None
    excused_at: datetime | None
    chosen: str | None
    audiences: tuple[Audience, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """As one reads it: Anna van der Maas."""
        return full_name(self.first_name, self.prefix, self.last_name)

    @property
    def list_name(self) -> str:
        """As a list sorts it: "Maas, Anna van der"."""
        return list_name(self.first_name, self.prefix, self.last_name)

    @property
    def is_present(self) -> bool:
        return self.arrived_at is not None

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The live choices in order of the items."""
        return picks_of(self.chosen)


def count_exported(attendance: Attendance, with_withdrawn: bool = False) -> int:
    """How many people `exported_people` gives; two queries."""
    alone = attendance.only_speaking()
    whom = _listed(attendance, with_withdrawn, (one.person_id for one in alone))
    counted = attendance.rows(func.count()).where(*whom)
    return (db.session.scalar(counted) or 0) + len(alone)


def exported_people(
    attendance: Attendance, with_withdrawn: bool = False
) -> Iterator[ExportedPerson]:
    """Everybody on the list, by last name; four queries, the last read while it is used.

    Who withdrew stands in it only when asked for; who speaks all the same is there as a speaker.
    """
    speakers = attendance.speakers()
    alone = [_speaker(one) for one in speakers if not one.is_listed]
    also = {one.person_id: one for one in speakers if one.is_listed}
    whom = _listed(attendance, with_withdrawn, (one.person_id for one in alone))
    return merge(_registered(attendance, whom, also), alone, key=attrgetter("sort_key"))


def _registered(
    attendance: Attendance,
    whom: tuple[ColumnElement[bool], ...],
    speaking: Mapping[int | None, Speaking],
) -> Iterator[ExportedPerson]:
    """Those who are registered.

    Numbers in line are read beforehand. What is left finds everything of a person by index: a join
    with what is computed for all would be as slow as the square of the list on a bad plan.
    """
    ranks = meeting_ranks([attendance.meeting.id])
    ranked = ranked_choices(Choice.meeting_id == attendance.meeting.id)
    item_ranks = {choice_id: rank for choice_id, rank in db.session.execute(ranked)}
    statement = _statement(attendance).where(*whom).execution_options(yield_per=ROWS_AT_ONCE)
    for registration_id, *known in db.session.execute(statement):
        one = ExportedPerson(*known)
        if one.state == RegistrationState.WAITING:
            one = one._replace(rank=ranks.get(registration_id))
        if one.chosen and "#" in one.chosen:
            one = one._replace(chosen=_with_ranks(one.chosen, item_ranks))
        if speaks := speaking.get(one.person_id):
            one = one._replace(parts=speaks.parts)
        yield one


def _statement(attendance: Attendance) -> Select[*tuple[Any, ...]]:
    """One row per registration: its id, then the columns in the order of `ExportedPerson`."""
    town = and_(
        Organisation.id == Registration.organisation_id,
        Organisation.kind == OrganisationKind.MUNICIPALITY,
    )
    spoken = newest_of_speakers([attendance.meeting.id])
    withdrew = Registration.state == RegistrationState.WITHDRAWN
    mark = AttendanceMark.id == newest_of_registration(None, spoken)
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
            type_coerce(Registration.audience, String),  # a StrEnum is its text: none is made of it
            type_coerce(Registration.state, String),
            null(),  # the rank, which few have
            Registration.created_at,
            AttendanceMark.arrived_at,
            func.coalesce(AttendanceMark.is_late, false()),
            AttendanceMark.left_at,
            case((withdrew, Registration.changed_at), else_=AttendanceMark.excused_at),
            _chosen(),
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(spoken, spoken.c.person_id == Registration.person_id)
        .outerjoin(AttendanceMark, and_(mark, not_(withdrew)))
        .outerjoin(Organisation, town)
        .order_by(bytewise(Person.sort_key), Person.id)
    )
    return statement


def _listed(
    attendance: Attendance, with_withdrawn: bool, only_speaking: Iterable[int | None]
) -> tuple[ColumnElement[bool], ...]:
    """Whose registrations are exported: each stands in a list once, so not of who only speaks.

    Needs the mark that counts beside it.
    """
    here = (Registration.meeting_id == attendance.meeting.id, *attendance.in_scope())
    if not with_withdrawn:
        return (*here, is_listed())
    withdrew = Registration.state == RegistrationState.WITHDRAWN
    speaks = Registration.person_id.in_([one for one in only_speaking if one])
    return (*here, or_(is_listed(), and_(withdrew, not_(speaks))))


def _with_ranks(chosen: str, ranks: Mapping[int, int]) -> str:
    return WAITING_CHOICE.sub(lambda found: str(ranks.get(int(found[1]), "")), chosen)


def _chosen() -> ScalarSelect[str]:
    """The live choices of a registration in one text: "12//placed/ 14/9/waiting/#731".

    Who waits has the id of the choice, and gets a number in line instead of it later.
    """
    waits = case((Choice.state == ChoiceState.WAITING, "#" + cast(Choice.id, String)), else_="")
    item, *rest = (cast(value, String) for value in (Choice.item_id, Choice.round_id, Choice.state))
    text: ColumnElement[str] = item
    for value in (*rest, waits):
        text = text + "/" + func.coalesce(value, "")
    chosen = select(func.aggregate_strings(text, " ")).where(
        Choice.registration_id == Registration.id, Choice.state != ChoiceState.WITHDRAWN
    )
    return chosen.correlate(Registration).scalar_subquery()


@lru_cache(maxsize=4096)
def picks_of(chosen: str | None) -> tuple[Pick, ...]:
    """What `chosen` of an `ExportedPerson` says; most people chose what others chose, too."""
    if not chosen:
        return ()
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
        chosen=None,
        audiences=one.audiences,
        parts=one.parts,
        **one.presence._asdict(),
    )
