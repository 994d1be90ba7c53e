"""What differs between two versions of a meeting: each change once, in the order of the day.

Pure comparison of two contents as kwartaal.domain.snapshots makes them. Parts are recognised by
their id, keys that are not named here are ignored, and what follows from another change is not
told again: points that got another number because one was added, workshops that shift along with
their round, sub-points and documents that went with their point.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.domain.change_kinds import Change, ChangeKind, Subject, cancellation
from kwartaal.domain.document_changes import document_changes
from kwartaal.domain.ordering import moved_among
from kwartaal.domain.snapshots import Content
from kwartaal.models.programme import ItemKind, SignUp

__all__ = ["Change", "ChangeKind", "Subject", "cancellation", "compare", "compare_programmes"]

Aspect = tuple[ChangeKind, Callable[[Content], Any]]


def compare(before: Content, after: Content) -> tuple[Change, ...]:
    """Every change from one content to the other; () when readers see the same."""
    return (
        *_meeting_changes(before, after),
        *compare_programmes(before, after),
        *_point_changes(before["agenda"], after["agenda"]),
        *document_changes(before, after),
    )


def compare_programmes(before: Content, after: Content) -> tuple[Change, ...]:
    """Those of `compare` that are about the parts of the day."""
    return tuple(_item_changes(_flat(before), _flat(after)))


@dataclass(frozen=True)
class _Part:
    """An item with the round it stands in and the day of the meeting in Amsterdam."""

    content: Content
    round: Content | None
    day: date

    @property
    def period(self) -> tuple[str, str]:
        return _time(self.content)

    @property
    def fills_round(self) -> bool:
        return self.round is not None and self.period == _time(self.round)

    @property
    def on_the_day(self) -> list[tuple[timedelta, time]]:
        """When it begins and ends by the clock, counted from the day of the meeting."""
        walls = [datetime.fromisoformat(moment).astimezone(AMSTERDAM) for moment in self.period]
        return [(wall.date() - self.day, wall.time()) for wall in walls]

    def shifts_along(self, other: _Part) -> bool:
        """Whether its other time follows from that of its round, or from the day of the meeting."""
        with_round = self.fills_round and other.fills_round and _round_id(self) == _round_id(other)
        return with_round or (self.day != other.day and self.on_the_day == other.on_the_day)


def _flat(content: Content) -> dict[int, _Part]:
    """Every item by id, workshops behind their round."""
    day = datetime.fromisoformat(content["starts_at"]).astimezone(AMSTERDAM).date()
    parts: dict[int, _Part] = {}
    for item in content["items"]:
        parts[item["id"]] = _Part(item, None, day)
        parts |= {one["id"]: _Part(one, item, day) for one in item["workshops"]}
    return parts


def _meeting_changes(before: Content, after: Content) -> list[Change]:
    about = Change(ChangeKind.ADDED, Subject.MEETING, None, None)
    changes = _changed(MEETING_ASPECTS, before, after, about)
    same_building = _venue_id(before) == _venue_id(after)
    return [one for one in changes if same_building or one.kind != ChangeKind.DIRECTIONS]


def _item_changes(before: dict[int, _Part], after: dict[int, _Part]) -> Iterator[Change]:
    moved = _moved_items(before, after)
    for key, item in after.items():
        about = _about_item(before.get(key), item)
        if key not in before:
            yield about
            continue
        if key in moved:
            old, new = moved[key]
            yield replace(about, kind=ChangeKind.MOVED, before=old, after=new)
        yield from _changed_item(before[key], item, about)
    for key, item in before.items():
        if key not in after:
            yield replace(_about_item(item, item), kind=ChangeKind.REMOVED)


def _changed_item(old: _Part, new: _Part, about: Change) -> Iterator[Change]:
    if _round_id(old) != _round_id(new):
        titles = [one.round["title"] if one.round else None for one in (old, new)]
        yield replace(about, kind=ChangeKind.ROUND, before=titles[0], after=titles[1])
    for change in _changed(ITEM_ASPECTS, old.content, new.content, about):
        if change.kind != ChangeKind.TIME or not old.shifts_along(new):
            yield change


def _about_item(old: _Part | None, new: _Part) -> Change:
    both = [one for one in (old, new) if one is not None]
    return Change(
        kind=ChangeKind.ADDED,
        subject=Subject.ITEM,
        id=new.content["id"],
        title=new.content["title"],
        for_all=any(_is_for_all(one.content) for one in both),
        repeats=new.content.get("repeats"),
    )


def _is_for_all(item: Content) -> bool:
    """Whether everybody who comes is in it: a plenary part, or one that nobody signs up for."""
    if item["kind"] in (ItemKind.ROUND, ItemKind.WORKSHOP):
        return False
    return item["kind"] == ItemKind.PLENARY or item["sign_up"] == SignUp.NONE


def _round_id(item: _Part) -> int | None:
    return item.round["id"] if item.round else None


def _moved_items(before: dict[int, _Part], after: dict[int, _Part]) -> dict[int, tuple[int, int]]:
    """Items with another position among those that begin together, by id.

    Items stand in order of time, so an order that follows from their times is no news.
    """
    groups: dict[Hashable, list[int]] = {}
    for key, item in after.items():
        if key in before and _round_id(before[key]) == _round_id(item):
            together = (_round_id(item), before[key].period[0], item.period[0])
            groups.setdefault(together, []).append(key)
    order = {key: position for position, key in enumerate(before)}
    numbers = _numbers(before), _numbers(after)
    return {
        key: (numbers[0][key], numbers[1][key])
        for keys in groups.values()
        for key in moved_among(keys, order)
    }


def _numbers(items: dict[int, _Part]) -> dict[int, int]:
    """The number of each item in its round or in the day, from 1."""
    counts: dict[int | None, int] = {}
    numbers = {}
    for key, item in items.items():
        counts[_round_id(item)] = numbers[key] = counts.get(_round_id(item), 0) + 1
    return numbers


def _point_changes(before: list[Content], after: list[Content]) -> Iterator[Change]:
    old, new = ({point["id"]: point for point in agenda} for agenda in (before, after))
    moved = _moved_points(old, new)
    for key, point in new.items():
        about = _about_point(old.get(key), point)
        if key not in old:
            yield about
            continue
        if key in moved:
            numbers = {"before": old[key]["number"], "after": point["number"]}
            yield replace(about, kind=ChangeKind.MOVED, **numbers)
        yield from _changed(POINT_ASPECTS, old[key], point, about)
    gone = old.keys() - new.keys()
    for key, point in old.items():
        if key in gone and point.get("parent") not in gone:
            yield replace(_about_point(point, point), kind=ChangeKind.REMOVED)


def _about_point(old: Content | None, new: Content) -> Change:
    above = {point.get("parent") for point in (old, new) if point is not None}
    return Change(
        kind=ChangeKind.ADDED,
        subject=Subject.POINT,
        id=new["id"],
        title=new["title"],
        number=new["number"],
        parents=frozenset(one for one in above if one is not None),
    )


def _moved_points(old: dict[int, Content], new: dict[int, Content]) -> set[int]:
    """Points with another position, or under another; sub-points go along with theirs."""
    order = {key: position for position, key in enumerate(old)}
    stayed: dict[int | None, list[int]] = {}
    moved = set()
    for key, point in new.items():
        if key in old and old[key].get("parent") == point.get("parent"):
            stayed.setdefault(point.get("parent"), []).append(key)
        elif key in old:
            moved.add(key)
    return moved.union(*(moved_among(keys, order) for keys in stayed.values()))


def _changed(
    aspects: Iterable[Aspect], before: Content, after: Content, about: Change
) -> Iterator[Change]:
    for kind, value in aspects:
        old, new = value(before), value(after)
        if old != new:
            yield replace(about, kind=kind, before=old, after=new)


def _field(name: str) -> Callable[[Content], Any]:
    return lambda content: content.get(name)


def _time(content: Content) -> tuple[str, str]:
    return content["starts_at"], content["ends_at"]


def _place(content: Content) -> tuple[Any, ...]:
    venue = content["venue"] or {}
    return content["is_digital"], *(venue.get(part) for part in ("name", "town", "address"))


def _venue_id(content: Content) -> int | None:
    return content["venue"] and content["venue"]["id"]


def _directions(content: Content) -> str:
    return (content["venue"] or {}).get("directions", "")


def _speaker(point: Content) -> tuple[tuple[str, str], ...]:
    name = point.get("speaker")
    return ((name, ""),) if name else ()


def _speakers(content: Content) -> tuple[tuple[str, str], ...]:
    return tuple((speaker["name"], speaker["part"]) for speaker in content["speakers"])


# What is compared of each, in the order in which it is told. A new key of the content is one line.
MEETING_ASPECTS: tuple[Aspect, ...] = (
    (ChangeKind.RETITLED, _field("title")),
    (ChangeKind.TIME, _time),
    (ChangeKind.PLACE, _place),
    (ChangeKind.ONLINE, _field("online_address")),
    (ChangeKind.DIRECTIONS, _directions),
    (ChangeKind.NOTE, _field("note")),
    (ChangeKind.TEXT, _field("introduction")),
)
ITEM_ASPECTS: tuple[Aspect, ...] = (
    (ChangeKind.CANCELLED, _field("cancelled")),
    (ChangeKind.RETITLED, _field("title")),
    (ChangeKind.TIME, _time),
    (ChangeKind.KIND, _field("kind")),
    (ChangeKind.ROOM, _field("room")),
    (ChangeKind.SPEAKERS, _speakers),
    (ChangeKind.THEME, _field("theme")),
    (ChangeKind.SIGN_UP, _field("sign_up")),
    (ChangeKind.TEXT, _field("description")),
)
POINT_ASPECTS: tuple[Aspect, ...] = (
    (ChangeKind.RETITLED, _field("title")),
    (ChangeKind.PURPOSE, _field("purpose")),
    (ChangeKind.MINUTES, _field("minutes")),
    (ChangeKind.SPEAKERS, _speaker),
    (ChangeKind.TEXT, _field("text")),
    (ChangeKind.LINKS, _field("links")),
)
