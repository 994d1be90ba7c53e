"""What still points at something, and so forbids taking it away."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import lazyload

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.attendance import AttendanceMark
from kwartaal.models.locks import lock_items
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Office, Person
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.registration import LIVE, Choice, ChoiceState, Registration


@dataclass(frozen=True)
class ItemUse:
    """What people did with a programme item: choices ever made, those that count now, marks."""

    choices: int = 0
    live_choices: int = 0
    marks: int = 0


def use_of_item(item_id: int) -> ItemUse:
    """What holds until the transaction ends: the item is locked, so nobody joins or leaves it.

    Marks of the item's speakers count as well.
    """
    lock_items([item_id])
    of_item = Choice.item_id == item_id
    speakers = select(Speaker.id).where(Speaker.item_id == item_id)
    marked = (AttendanceMark.item_id == item_id) | AttendanceMark.speaker_id.in_(speakers)
    statement = select(
        select(func.count()).select_from(Choice).where(of_item).scalar_subquery(),
        select(func.count()).select_from(Choice).where(of_item, db.text(LIVE)).scalar_subquery(),
        select(func.count()).select_from(AttendanceMark).where(marked).scalar_subquery(),
    )
    return ItemUse(*db.session.execute(statement).one())


def people_placed(item_id: int) -> list[Person]:
    """Who have a place in an item, by surname; one query."""
    statement = (
        select(Person)
        .join(Registration, Registration.person_id == Person.id)
        .join(Choice, Choice.registration_id == Registration.id)
        .options(lazyload(Person.roles))
        .where(Choice.item_id == item_id, Choice.state == ChoiceState.PLACED)
        .order_by(Person.last_name, Person.first_name, Person.id)
    )
    return list(db.session.scalars(statement))


def is_marked(speaker_id: int) -> bool:
    """Whether the presence of a speaker was written down."""
    return _any(AttendanceMark.speaker_id == speaker_id)


def is_in_programme(room_id: int) -> bool:
    """Whether a room stands in a programme."""
    return _any(ProgrammeItem.room_id == room_id)


def is_visited(venue_id: int) -> bool:
    """Whether a meeting is or was held at a venue."""
    return _any(Meeting.venue_id == venue_id)


def is_asked_for(purpose_id: int) -> bool:
    """Whether an agenda item has the purpose; one taken out of the draft counts as well."""
    return _any(AgendaItem.purpose_id == purpose_id)


def is_office_used(office: Office) -> bool:
    """Whether somebody registered with an office; registrations hold a copy of its names."""
    return _any(
        and_(
            Registration.person_id == office.person_id,
            Registration.organisation_id == office.organisation_id,
            Registration.office_name == office.kind.name,
        )
    )


def _any(condition: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(exists().where(condition))))
