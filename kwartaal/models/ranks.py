"""Who stands where in a waiting list, of a meeting and of a programme item."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, func, select

from kwartaal.db import db
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState


def meeting_ranks(meeting_ids: Iterable[int]) -> dict[int, int]:
    """The number in line of everybody who waits for one of these meetings, by registration."""
    ranked = ranked_registrations(Registration.meeting_id.in_(list(meeting_ids)))
    return {registration_id: number for registration_id, number in db.session.execute(ranked)}


def item_ranks(item_ids: Iterable[int]) -> dict[int, int]:
    """The number in line of everybody who waits for one of these items, by choice."""
    ranked = ranked_choices(Choice.item_id.in_(list(item_ids)))
    return {choice_id: number for choice_id, number in db.session.execute(ranked)}


def ranked_registrations(of: ColumnElement[bool]) -> Select[int, int]:
    """(id, rank) of the registrations that wait for a meeting."""
    rank = func.row_number().over(
        partition_by=Registration.meeting_id, order_by=(Registration.seq, Registration.id)
    )
    return select(Registration.id, rank.label("rank")).where(
        of, Registration.state == RegistrationState.WAITING
    )


def ranked_choices(of: ColumnElement[bool]) -> Select[int, int]:
    """(id, rank) of the choices that wait for an item."""
    rank = func.row_number().over(partition_by=Choice.item_id, order_by=(Choice.seq, Choice.id))
    return select(Choice.id, rank.label("rank")).where(of, Choice.state == ChoiceState.WAITING)
