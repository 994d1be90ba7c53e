"""Whether a part of the day lies inside its meeting or its round."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Period(Protocol):
    """Something that begins and ends."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def sticks_out(part: Period, whole: Period) -> str | None:
    """Which of the two moments of the part lies outside the whole; None when it is all inside."""
    if part.starts_at < whole.starts_at:
        return "starts_at"
    return "ends_at" if part.ends_at > whole.ends_at else None


def lies_inside(part: Period, whole: Period) -> bool:
    """Whether the part begins and ends inside the whole."""
    return sticks_out(part, whole) is None
