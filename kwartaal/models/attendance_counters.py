"""The numbers above an attendance list, and how many per municipality and per group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, select

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.attendance_search import Stand
from kwartaal.models.attendee import Attendee
from kwartaal.models.organisation import Audience
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.registration import Choice, ChoiceState, Registration

MEALS = (ItemKind.LUNCH, ItemKind.DRINKS)


class Totals(NamedTuple):
    """Of some people: to come, seen, of those late and gone again; and who excused themselves.

    Who withdrew counts among the excused.
    """

    expected: int = 0
    present: int = 0
    late: int = 0
    left: int = 0
    excused: int = 0
    waiting: int = 0
    walk_ins: int = 0

    @property
    def inside(self) -> int:
        return self.present - self.left

    @property
    def total(self) -> int:
        """Who is there, or was, and who is still to come."""
        return self.present + self.expected


@dataclass(frozen=True)
class Counters:
    """The numbers above the list. `meals` holds only what people sign up for."""

    everybody: Totals
    speakers: int
    meals: dict[ItemKind, int] = field(default_factory=dict)


def count(attendance: Attendance, only_speaking: Sequence[Attendee]) -> Counters:
    """The counters of a list, speakers among them; two queries, one for that of a part."""
    [row] = db.session.execute(_counted(attendance))
    registered = Totals(*row)
    return Counters(
        everybody=Totals(*map(sum, zip(registered, _of_speakers(only_speaking), strict=True))),
        speakers=len(only_speaking),
        meals=_meals(attendance) if attendance.item_id is None else {},
    )


def per_audience(attendance: Attendance) -> dict[Audience | None, Totals]:
    """By group, in the order of the seven, None for none of them; one query. Without speakers."""
    found = _per(attendance, Registration.audience)
    groups: tuple[Audience | None, ...] = (*Audience, None)
    return {group: found[group] for group in groups if group in found}


def per_organisation(attendance: Attendance) -> dict[str, Totals]:
    """By name of the organisation as it was, alphabetically, "" for none; one query."""
    found = _per(attendance, Registration.organisation_name)
    return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold())))


def _per(attendance: Attendance, group: Any) -> dict[Any, Totals]:
    statement = _counted(attendance, group).group_by(group)
    rows = db.session.execute(statement)
    # Who was let in by mistake is in none of the numbers.
    return {key: Totals(*numbers) for key, *numbers in rows if any(numbers)}


def _counted(attendance: Attendance, *columns: Any) -> Any:
    stands = attendance.stands
    numbers = (
        stands[Stand.EXPECTED],
        AttendanceMark.present,
        *(stands[one] for one in (Stand.LATE, Stand.LEFT, Stand.EXCUSED)),
        *(stands[one] for one in (Stand.WAITING, Stand.WALK_IN)),
    )
    return attendance.rows(*columns, *map(number_of, numbers))


def _of_speakers(speakers: Sequence[Attendee]) -> Totals:
    return Totals(
        expected=sum(one.stands[Stand.EXPECTED] for one in speakers),
        present=sum(one.is_present for one in speakers),
        late=sum(one.is_late for one in speakers),
        left=sum(one.left_at is not None for one in speakers),
        excused=sum(one.is_excused for one in speakers),
    )


def _meals(attendance: Attendance) -> dict[ItemKind, int]:
    """Places taken in lunch and drinks; what nobody can sign up for is not in it."""
    has_place = and_(
        Choice.item_id == ProgrammeItem.id,
        Choice.state == ChoiceState.PLACED,
        Choice.registration_id.in_(
            select(Registration.id).where(
                Registration.meeting_id == attendance.meeting.id, *attendance.in_scope()
            )
        ),
    )
    statement = (
        select(ProgrammeItem.kind, func.count(Choice.id))
        .outerjoin(Choice, has_place)
        .where(
            ProgrammeItem.meeting_id == attendance.meeting.id,
            ProgrammeItem.kind.in_(MEALS),
            ProgrammeItem.sign_up != SignUp.NONE,
        )
        .group_by(ProgrammeItem.kind)
    )
    return {kind: number for kind, number in db.session.execute(statement)}


def number_of(condition: SQLColumnExpression[bool]) -> ColumnElement[int]:
    """How many rows of a group fit."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
