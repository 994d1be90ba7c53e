"""Who speaks at a meeting: every person once, with all parts and the offices of that day."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Exists, Select, Subquery, and_, exists, or_, select

from kwartaal.db import db
from kwartaal.models.attendance import (
    NOTHING_KNOWN,
    AttendanceMark,
    Presence,
    counts_in_part,
    newest_marks,
)
from kwartaal.models.attendance_search import is_listed
from kwartaal.models.organisation import (
    Audience,
    OfficeAudience,
    OfficeKind,
    Organisation,
    OrganisationKind,
)
from kwartaal.models.person import Office, Person, folded, full_name, list_name
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.registration import Choice, ChoiceState, Registration


class Part(NamedTuple):
    """A part in an item; `round_id` is the round of a workshop."""

    item_id: int
    round_id: int | None
    name: str


class NewestMark(NamedTuple):
    """The mark that counts: its id, key and list, and how the speaker stood after it."""

    id: int
    key: uuid.UUID
    item_id: int | None
    presence: Presence


@dataclass
class Speaking:
    """A speaker with every part, and whether the same person is on the list as registered."""

    person_id: int | None
    name: str
    list_name: str
    sort_key: str
    address: str | None
    phone: str | None
    is_listed: bool
    names: tuple[str, str, str] | None = None  # the three parts; None for who is only a name
    keys: list[uuid.UUID] = field(default_factory=list)
    found_parts: list[Part] = field(default_factory=list)
    offices: dict[int, tuple[str, str, OrganisationKind]] = field(default_factory=dict)
    found_audiences: list[Audience] = field(default_factory=list)
    mark: NewestMark | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(self.found_parts)

    @property
    def audiences(self) -> tuple[Audience, ...]:
        return tuple(audience for audience in Audience if audience in self.found_audiences)

    @property
    def office(self) -> str:
        return ", ".join(dict.fromkeys(office for office, *_ in self.offices.values()))

    @property
    def organisation(self) -> str:
        return ", ".join(dict.fromkeys(name for _, name, _kind in self.offices.values()))

    @property
    def municipality(self) -> str:
        """The same for municipalities alone."""
        towns = (
            name for _, name, kind in self.offices.values() if kind == OrganisationKind.MUNICIPALITY
        )
        return ", ".join(dict.fromkeys(towns))

    @property
    def presence(self) -> Presence:
        return self.mark.presence if self.mark else NOTHING_KNOWN


def speakers_of(
    meeting_id: int,
    day: date,
    organisation_ids: frozenset[int] | None,
    item_id: int | None = None,
) -> list[Speaking]:
    """The speakers of a meeting by last name, or of one item and its list; in one query.

    With `organisation_ids` only those who hold an office there on the day.
    """
    found: dict[object, Speaking] = {}
    rows = _rows(meeting_id, day, organisation_ids, item_id)
    for row in db.session.execute(rows):
        who = row.person_id if row.person_id is not None else folded(row.name)
        _add(found.setdefault(who, _speaking(row)), row)
    return sorted(found.values(), key=lambda one: (one.sort_key, one.name))


# What a row tells: the part, who has it, the newest mark, and an office held on the day.
PART = (
    Speaker.public_id,
    Speaker.person_id,
    Speaker.name,
    Speaker.part,
    Speaker.item_id,
    ProgrammeItem.round_id,
)
WHO = (
    Person.first_name,
    Person.prefix,
    Person.last_name,
    Person.sort_key,
    Person.email,
    Person.contact_email,
    Person.phone,
)
MARK = (
    AttendanceMark.id.label("mark_id"),
    AttendanceMark.key.label("mark_key"),
    AttendanceMark.item_id.label("mark_item_id"),
    AttendanceMark.arrived_at,
    AttendanceMark.is_late,
    AttendanceMark.left_at,
    AttendanceMark.excused_at,
)
OFFICE = (
    Office.id.label("office_id"),
    OfficeKind.name.label("office"),
    Organisation.name.label("organisation"),
    Organisation.kind.label("organisation_kind"),
    OfficeAudience.audience,
)


def _rows(
    meeting_id: int,
    day: date,
    organisation_ids: frozenset[int] | None,
    item_id: int | None,
) -> Select[*tuple[Any, ...]]:
    """One row per part and office."""
    newest, of_meeting = newest_marks(meeting_id, item_id), newest_marks(meeting_id)
    counts = newest.c.id if item_id is None else counts_in_part(newest.c.id, of_meeting.c.id)
    held = and_(Office.person_id == Speaker.person_id, *Office.held_on(day))
    group = and_(
        OfficeAudience.office_kind_id == Office.kind_id,
        OfficeAudience.organisation_kind == Organisation.kind,
    )
    statement: Select[*tuple[Any, ...]] = (
        select(*PART, *WHO, *MARK, *OFFICE, _is_registered(meeting_id, item_id).label("is_listed"))
        .select_from(Speaker)
        .join(ProgrammeItem, ProgrammeItem.id == Speaker.item_id)
        .outerjoin(Person, Person.id == Speaker.person_id)
        .outerjoin(newest, _is_about(newest))
        .outerjoin(of_meeting, _is_about(of_meeting))
        .outerjoin(AttendanceMark, AttendanceMark.id == counts)
        .outerjoin(Office, held)
        .outerjoin(OfficeKind, OfficeKind.id == Office.kind_id)
        .outerjoin(Organisation, Organisation.id == Office.organisation_id)
        .outerjoin(OfficeAudience, group)
        .where(ProgrammeItem.meeting_id == meeting_id)
        .order_by(ProgrammeItem.starts_at, Speaker.id, Office.starts_on, Office.id)
    )
    if item_id is not None:
        statement = statement.where(Speaker.item_id == item_id)
    if organisation_ids is not None:
        statement = statement.where(Office.organisation_id.in_(organisation_ids))
    return statement


def _is_about(newest: Subquery) -> ColumnElement[bool]:
    """Whether one of the `newest_marks` is of a speaker."""
    return or_(newest.c.person_id == Speaker.person_id, newest.c.speaker_id == Speaker.id)


def _is_registered(meeting_id: int, item_id: int | None) -> Exists:
    """Whether the speaker stands on the list as registered, too; for an item, as who chose it."""
    registered = exists().where(
        Registration.meeting_id == meeting_id,
        Registration.person_id == Speaker.person_id,
        is_listed(),
    )
    if item_id is None:
        return registered
    return registered.where(
        Choice.registration_id == Registration.id,
        Choice.item_id == item_id,
        Choice.state != ChoiceState.WITHDRAWN,
    )


def _speaking(row: Any) -> Speaking:
    if row.person_id is None:
        return Speaking(None, row.name, row.name, _sort_key(row.name), None, None, False)
    names = (row.first_name, row.prefix, row.last_name)
    return Speaking(
        person_id=row.person_id,
        name=full_name(*names),
        list_name=list_name(*names),
        sort_key=row.sort_key,
        address=row.email or row.contact_email,
        phone=row.phone,
        is_listed=row.is_listed,
        names=names,
    )


def _add(speaking: Speaking, row: Any) -> None:
    part = Part(row.item_id, row.round_id, row.part)
    if row.public_id not in speaking.keys:
        speaking.keys.append(row.public_id)
        speaking.found_parts.append(part)
    if row.office_id is not None:
        speaking.offices[row.office_id] = (
            row.office,
            row.organisation,
            row.organisation_kind,
        )
    if row.audience is not None:
        speaking.found_audiences.append(row.audience)
    if row.mark_id is not None and (speaking.mark is None or speaking.mark.id < row.mark_id):
        presence = Presence(row.arrived_at, row.is_late, row.left_at, row.excused_at)
        speaking.mark = NewestMark(row.mark_id, row.mark_key, row.mark_item_id, presence)


def _sort_key(name: str) -> str:
    """A name that was only typed sorts on its last word, where the last name mostly is."""
    *before, last = folded(name).split() or [""]
    return " ".join([last, *before])
