"""What differs between the documents of two versions: each entry by its `public_id`.

A better file is another `version` of the same entry (decision 0018). What else a form says about a
document, such as its kenmerk, is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kwartaal.domain.change_kinds import Change, ChangeKind, Subject
from kwartaal.models.published_documents import documents_in

Content = dict[str, Any]


@dataclass(frozen=True)
class _Shelved:
    """A document with the point under which it stands; None with the meeting as a whole."""

    content: Content
    point: Content | None

    @property
    def points(self) -> frozenset[int]:
        """The ids of that point, and of the one above it."""
        if self.point is None:
            return frozenset()
        return frozenset({self.point["id"], self.point.get("parent", self.point["id"])})


def document_changes(before: Content, after: Content) -> Iterator[Change]:
    """Every change of a document, in the order of the newest version; what went comes last.

    One that came or went while withdrawn was never there to be read, and is not told; nor is one
    that went with its point.
    """
    points = {point["id"] for point in after["agenda"]}
    old, new = _shelved(before), _shelved(after)
    for key, one in new.items():
        if key in old:
            yield from _changed(old[key], one)
        elif not one.content["withdrawn"]:
            yield _about(one)
    for key, one in old.items():
        went_along = one.point is not None and one.point["id"] not in points
        if key not in new and not one.content["withdrawn"] and not went_along:
            yield replace(_about(one), kind=ChangeKind.REMOVED)


def _shelved(content: Content) -> dict[str, _Shelved]:
    points = {point["id"]: point for point in content["agenda"]}
    return {
        frozen["public_id"]: _Shelved(dict(frozen), points[item] if item is not None else None)
        for frozen, item in documents_in(content)
    }


def _changed(old: _Shelved, new: _Shelved) -> Iterator[Change]:
    about, was, now = _about(new), old.content, new.content
    if was["withdrawn"] != now["withdrawn"]:
        kind = ChangeKind.WITHDRAWN if now["withdrawn"] else ChangeKind.PUT_BACK
        yield replace(about, kind=kind)
    if was["title"] != now["title"]:
        yield replace(
            about,
            kind=ChangeKind.RETITLED,
            before=was["title"],
            after=now["title"],
            parents=old.points | new.points,
        )
    if was["version"] != now["version"]:
        yield replace(about, kind=ChangeKind.REPLACED, before=was["version"], after=now["version"])
    if (old.point and old.point["id"]) != (new.point and new.point["id"]):
        yield replace(about, kind=ChangeKind.SHELVED)


def _about(one: _Shelved) -> Change:
    return Change(
        kind=ChangeKind.ADDED,
        subject=Subject.DOCUMENT,
        id=one.content["id"],
        title=one.content["title"],
        number=one.point["number"] if one.point else None,
        parents=one.points,
    )
