"""What an attendance list is narrowed to, and what that asks of a registration."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, func, or_

from kwartaal.models.attendance import AttendanceMark
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Person, folded
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState


@dataclass(frozen=True)
class AttendanceSearch:
    """What the list is narrowed to: words of a name or organisation, an item, a group, a state.

    States are "expected", "present", "waiting" (for anything) and "walk_in".
    """

    words: str = ""
    item_id: int | None = None
    audience: Audience | None = None
    state: str | None = None


EVERYTHING = AttendanceSearch()


def conditions_of(search: AttendanceSearch) -> list[ColumnElement[bool]]:
    """What a registration fits, beside its person and newest mark."""
    conditions = [_word(word) for word in search.words.split()]
    if search.item_id is not None:
        live = and_(Choice.item_id == search.item_id, Choice.state != ChoiceState.WITHDRAWN)
        conditions.append(_has_choice(live))
    if search.audience is not None:
        conditions.append(Registration.audience == search.audience)
    if search.state is not None:
        conditions.append(_state(search.state))
    return conditions


def _word(word: str) -> ColumnElement[bool]:
    """The word stands somewhere in the name or the organisation, with or without accents."""
    plain = folded(word)
    organisation = func.lower(Registration.organisation_name)
    return or_(
        Person.sort_key.contains(plain, autoescape=True),
        func.lower(Person.prefix).contains(plain, autoescape=True),
        organisation.contains(plain, autoescape=True),
        organisation.contains(word.lower(), autoescape=True),
    )


def _state(state: str) -> ColumnElement[bool]:
    present = func.coalesce(AttendanceMark.present, false())
    states: dict[str, ColumnElement[bool]] = {
        "expected": and_(Registration.state == RegistrationState.PLACED, ~present),
        "present": present,
        "waiting": waits_for_something(),
        "walk_in": Registration.state == RegistrationState.WALK_IN,
    }
    return states.get(state, false())


def waits_for_something() -> ColumnElement[bool]:
    """Whether a registration waits, for the meeting or for something in it."""
    waiting = Registration.state == RegistrationState.WAITING
    return or_(waiting, _has_choice(Choice.state == ChoiceState.WAITING))


def _has_choice(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Choice.registration_id == Registration.id, condition)
