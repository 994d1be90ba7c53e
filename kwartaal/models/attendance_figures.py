"""How many are registered, came and wait: counted by the database, per group and so on.

Speakers are not in the figures per group: they hold no place and come as no group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, literal, or_

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, items_marked
from kwartaal.models.attendance_counters import number_of
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.attendance_search import LISTED, is_listed
from kwartaal.models.organisation import Audience
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState


class Figures(NamedTuple):
    """Of some people: with a place, waiting for one, walked in, and seen.

    Of those with a place: never seen, and of whom it was said that they would not come.
    """

    registered: int = 0
    waiting: int = 0
    walk_ins: int = 0
    present: int = 0
    absent: int = 0
    excused: int = 0

    @property
    def turnout(self) -> int | None:
        """Of who had a place, how many in a hundred came; None when nobody had one."""
        came = self.registered - self.absent - self.excused
        return round(100 * came / self.registered) if self.registered else None


def per_audience(attendance: Attendance) -> dict[Audience | None, Figures]:
    """By group, in the order of the seven, None for none of them; one query."""
    found = _grouped(attendance, Registration.audience)
    groups: tuple[Audience | None, ...] = (*Audience, None)
    return {group: found[group] for group in groups if group in found}


def per_municipality(attendance: Attendance, municipalities: Iterable[int]) -> dict[int, Figures]:
    """By id, also of those for which nobody came; one query."""
    found = _grouped(attendance, Registration.organisation_id)
    return {key: found.get(key, Figures()) for key in municipalities}


def per_other_organisation(
    attendance: Attendance, municipalities: Iterable[int]
) -> dict[str, Figures]:
    """By name of the organisation as it was, alphabetically, "" for none; one query.

    Without those who came for one of the municipalities.
    """
    elsewhere = or_(
        Registration.organisation_id.is_(None),
        Registration.organisation_id.not_in(list(municipalities)),
    )
    found = _grouped(attendance, Registration.organisation_name, elsewhere)
    return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold())))


class ItemFigures(NamedTuple):
    """Of a part of the programme; `has_own_list` when who came was counted in its own list."""

    numbers: Figures = Figures()
    has_own_list: bool = False


def together(figures: Iterable[Figures]) -> Figures:
    """The sum of what does not overlap."""
    return Figures(*map(sum, zip(*figures, strict=True)))


def per_item(attendance: Attendance) -> dict[int, ItemFigures]:
    """By id of the items that people chose; two queries and one for each list kept of an item.

    Who came is who was seen in the item's own list; without one, who was seen at the meeting.
    """
    found = {key: ItemFigures(numbers) for key, numbers in _by_choice(attendance).items()}
    for item_id in items_marked(attendance.meeting.id):
        said, *numbers = _in_own_list(replace(attendance, item_id=item_id))
        if said:  # not all taken back
            there = found.get(item_id, ItemFigures()).numbers
            counted = there._replace(**dict(zip(IN_OWN_LIST, numbers, strict=True)))
            found[item_id] = ItemFigures(counted, has_own_list=True)
    return found


IN_OWN_LIST = ("present", "absent", "excused")


def _in_own_list(attendance: Attendance) -> tuple[int, ...]:
    """Of how many something counts that was said there, and how many were seen there.

    Of those with a place how many were not, and how many were excused, there or from the meeting.
    """
    here = AttendanceMark.item_id == attendance.item_id
    says = or_(AttendanceMark.present, AttendanceMark.excused_at.is_not(None))
    statement = (
        attendance.rows()
        .with_only_columns(
            number_of(and_(here, says)),
            number_of(AttendanceMark.present),
            *_who_did_not_come(attendance.standing == RegistrationState.PLACED),
        )
        .where(is_listed())
    )
    return tuple(db.session.execute(statement).one())


def _by_choice(attendance: Attendance) -> dict[int, Figures]:
    """With who was seen at the meeting. A walk-in chose nothing."""
    placed = Choice.state == ChoiceState.PLACED
    statement = (
        attendance.rows()
        .join(Choice, Choice.registration_id == Registration.id)
        .with_only_columns(
            Choice.item_id,
            number_of(placed),
            number_of(Choice.state == ChoiceState.WAITING),
            literal(0),
            number_of(and_(placed, AttendanceMark.present)),
            *_who_did_not_come(placed),
        )
        .where(is_listed())
        .group_by(Choice.item_id)
    )
    return {key: Figures(*numbers) for key, *numbers in db.session.execute(statement)}


def numbers_of_figures() -> tuple[ColumnElement[int], ...]:
    """The columns of Figures, in its order, over registrations with the mark that counts."""
    placed = Registration.state == RegistrationState.PLACED
    return (
        *(number_of(Registration.state == state) for state in LISTED),
        number_of(AttendanceMark.present),
        *_who_did_not_come(placed),
    )


def _grouped(attendance: Attendance, group: Any, *of: ColumnElement[bool]) -> dict[Any, Figures]:
    statement = (
        attendance.rows()
        .with_only_columns(group, *numbers_of_figures())
        .where(is_listed(), *of)
        .group_by(group)
    )
    return {key: Figures(*numbers) for key, *numbers in db.session.execute(statement)}


def _who_did_not_come(placed: ColumnElement[bool]) -> tuple[ColumnElement[int], ...]:
    """Of those with a place, how many were never seen, and how many were excused."""
    excused = AttendanceMark.excused_at.is_not(None)
    return (
        number_of(and_(placed, ~AttendanceMark.present, ~excused)),
        number_of(and_(placed, excused)),
    )
