"""What an attendance list is narrowed to, and what that asks of a registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, exists, false, func, or_

from kwartaal.models.attendance import AttendanceMark
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Person, folded, words_of
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState

LISTED = (RegistrationState.PLACED, RegistrationState.WAITING, RegistrationState.WALK_IN)
Condition: TypeAlias = ColumnElement[bool]
Standing: TypeAlias = ColumnElement[RegistrationState]


class Stand(StrEnum):
    """How somebody stands in a list. EXPECTED is also who stayed away, once the meeting is over."""

    EXPECTED = "expected"
    PRESENT = "present"
    LATE = "late"
    LEFT = "left"
    EXCUSED = "excused"
    WAITING = "waiting"
    WALK_IN = "walk_in"


@dataclass(frozen=True)
class AttendanceSearch:
    """What a list is narrowed to: words of a name or organisation, whom they come for, a stand.

    `organisation` is its name as it was when people registered. PRESENT is who is inside; LATE is
    who came late, and may have left; WAITING is for anything.
    """

    words: str = ""
    organisation: str | None = None
    audience: Audience | None = None
    stand: Stand | None = None


EVERYTHING = AttendanceSearch()


def conditions_of(search: AttendanceSearch, stands: Mapping[Stand, Condition]) -> list[Condition]:
    """What a registration fits, beside its person and newest mark."""
    conditions = [_word(word) for word in words_of(search.words)]
    if search.organisation is not None:
        conditions.append(Registration.organisation_name == search.organisation)
    if search.audience is not None:
        conditions.append(Registration.audience == search.audience)
    if search.stand is not None:
        conditions.append(stands[search.stand])
    return conditions


def stands_of(standing: Standing, waits: Condition) -> dict[Stand, Condition]:
    """Each stand as a condition on a registration and the mark that counts, if there is one.

    `standing` is the state of the registration, or of its choice in the list of an item.
    """
    left = AttendanceMark.left_at.is_not(None)
    excused = AttendanceMark.excused_at.is_not(None)
    unseen = and_(~AttendanceMark.present, ~excused)
    return {
        Stand.EXPECTED: and_(standing == RegistrationState.PLACED, unseen),
        Stand.PRESENT: and_(AttendanceMark.present, ~left),
        Stand.LATE: func.coalesce(AttendanceMark.is_late, false()),
        Stand.LEFT: left,
        Stand.EXCUSED: or_(excused, standing == RegistrationState.WITHDRAWN),
        Stand.WAITING: waits,
        Stand.WALK_IN: and_(standing == RegistrationState.WALK_IN, AttendanceMark.present),
    }


def is_listed() -> Condition:
    """Whether a registration is on the attendance list, by the mark that counts.

    Not who withdrew, and no walk-in of whom it was taken back that they came.
    """
    came = or_(Registration.state != RegistrationState.WALK_IN, AttendanceMark.present)
    return and_(Registration.state.in_(LISTED), came)


def _word(word: str) -> Condition:
    """The word stands somewhere in the name or the organisation, with or without accents."""
    plain = folded(word)
    organisation = func.lower(Registration.organisation_name)
    return or_(
        Person.sort_key.contains(plain, autoescape=True),
        func.lower(Person.prefix).contains(plain, autoescape=True),
        organisation.contains(plain, autoescape=True),
        organisation.contains(word.lower(), autoescape=True),
    )


def waits_for_something() -> Condition:
    """Whether a registration waits, for the meeting or for something in it."""
    waits = exists().where(
        Choice.registration_id == Registration.id, Choice.state == ChoiceState.WAITING
    )
    return or_(Registration.state == RegistrationState.WAITING, waits)
