"""How many are registered, came and wait: counted by the database, per group and so on.

Speakers are not in the figures per group: they hold no place and come as no group.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, false, func

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark
from kwartaal.models.attendance_list import LISTED, Attendance
from kwartaal.models.organisation import Audience
from kwartaal.models.registration import Choice, ChoiceState, Registration


class Figures(NamedTuple):
    """Of some people: with a place, waiting for one, walked in, and seen."""

    registered: int = 0
    waiting: int = 0
    walk_ins: int = 0
    present: int = 0


def per_audience(attendance: Attendance) -> dict[Audience | None, Figures]:
    """By group, in the order of the seven, None for none of them; one query."""
    found = _grouped(attendance, Registration.audience)
    groups: tuple[Audience | None, ...] = (*Audience, None)
    return {group: found[group] for group in groups if group in found}


def per_organisation(attendance: Attendance) -> dict[str, Figures]:
    """By name of the organisation as it was, alphabetically, "" for none; one query."""
    found = _grouped(attendance, Registration.organisation_name)
    return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold())))


def per_item(attendance: Attendance) -> dict[int, Figures]:
    """By id of the items that people chose; one query. A walk-in chose nothing."""
    placed = Choice.state == ChoiceState.PLACED
    statement = (
        attendance.rows()
        .join(Choice, Choice.registration_id == Registration.id)
        .with_only_columns(
            Choice.item_id,
            _number(placed),
            _number(Choice.state == ChoiceState.WAITING),
            _number(and_(placed, _present())),
        )
        .where(Registration.state.in_(LISTED))
        .group_by(Choice.item_id)
    )
    return {
        item_id: Figures(registered, waiting, 0, present)
        for item_id, registered, waiting, present in db.session.execute(statement)
    }


def _grouped(attendance: Attendance, group: Any) -> dict[Any, Figures]:
    statement = (
        attendance.rows()
        .with_only_columns(
            group,
            *(_number(Registration.state == state) for state in LISTED),
            _number(_present()),
        )
        .where(Registration.state.in_(LISTED))
        .group_by(group)
    )
    return {key: Figures(*numbers) for key, *numbers in db.session.execute(statement)}


def _present() -> ColumnElement[bool]:
    return func.coalesce(AttendanceMark.present, false())


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group fit."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
