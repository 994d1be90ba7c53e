""" "Plaats volgt": a meeting announced before anybody knows where it will be (decision 0019).

What readers know of the place is in the latest version, not in the draft: until a version names
one, the clerk may fill it in and correct it.
"""

from __future__ import annotations

from typing import Any

from kwartaal.domain.snapshots import Content, date_and_place
from kwartaal.models.publication import Publication


def place_follows(latest: Publication | None) -> bool:
    """Whether readers know when, and not yet where."""
    return latest is not None and _is_open(latest.content)


def is_moved(before: Content, now: Content) -> bool:
    """Whether date, time or a place that was known differs; filling in a place moves nothing."""
    was, is_ = date_and_place(before), date_and_place(now)
    names = ("starts_at", "ends_at") if _is_open(before) else tuple(was)
    return any(was[name] != is_[name] for name in names)


def _is_open(content: dict[str, Any]) -> bool:
    return content["venue"] is None and not content["is_digital"]
