"""How open a meeting, an agenda item or a document is."""

from __future__ import annotations

from enum import StrEnum


class Openness(StrEnum):
    """The three levels (decision "Openness"); besloten is not a legal secret."""

    OPENBAAR = "openbaar"
    DATUM = "datum"  # outsiders see the body's name and the date, nothing else
    BESLOTEN = "besloten"  # members only


_STRICTNESS = (Openness.OPENBAAR, Openness.DATUM, Openness.BESLOTEN)


def strictest(*levels: Openness) -> Openness:
    """Of several levels the one that shows outsiders least."""
    return max(levels, key=_STRICTNESS.index)
