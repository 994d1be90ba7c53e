"""When each point of an agenda begins, and how long it takes.

Points are those of a publication's content, in reading order: `minutes` are a point's own, and
`parent` is the id of the point that a sub-point belongs to. One rule: a point takes its own minutes
and then those of its sub-points; own minutes that were left out count as none when it has any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from kwartaal.models.programme import ItemKind

Points = Sequence[Mapping[str, Any]]


class Part(Protocol):
    """A part of the day, published or in the draft."""

    @property
    def kind(self) -> ItemKind: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def agenda_times(
    agenda: Points, items: Sequence[Part], starts_at: datetime
) -> list[datetime | None]:
    """When each point begins, running through the plenary parts of the day.

    After a point without minutes nobody can say, so the rest has no time. Without plenary parts
    the agenda begins with the meeting.
    """
    return list(_agenda_times(agenda, items, starts_at))


def first_without_minutes(agenda: Points) -> int | None:
    """Where in the agenda the clock stops: the index of the first point that needs minutes."""
    minutes = _own_minutes(agenda)
    return minutes.index(None) if None in minutes else None


def durations(agenda: Points) -> list[int | None]:
    """The minutes each point takes, sub-points included; None where one of them has none."""
    found: list[int | None] = _own_minutes(agenda)
    indexes = {point.get("id"): index for index, point in enumerate(agenda)}
    for point, minutes in zip(agenda, list(found), strict=True):
        if point.get("parent") is not None:
            above = indexes[point["parent"]]
            found[above] = _sum(found[above], minutes)
    return found


def _agenda_times(
    agenda: Points, items: Sequence[Part], starts_at: datetime
) -> Iterator[datetime | None]:
    parts = [item for item in items if item.kind == ItemKind.PLENARY]
    now: datetime | None = parts[0].starts_at if parts else starts_at
    for minutes in _own_minutes(agenda):
        while len(parts) > 1 and now is not None and now >= parts[0].ends_at:
            parts.pop(0)
            now = max(now, parts[0].starts_at)
        yield now
        now = None if now is None or minutes is None else now + timedelta(minutes=minutes)


def _own_minutes(agenda: Points) -> list[int | None]:
    parents = {point.get("parent") for point in agenda} - {None}
    return [
        0 if point["minutes"] is None and point.get("id") in parents else point["minutes"]
        for point in agenda
    ]


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
