"""Series of meetings and what their agenda items can be for. Callers commit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain.preparation_refusals import (
    DecisionsBelongToBodies,
    OnlyBodiesClose,
    PurposeInUse,
)
from kwartaal.domain.refusals import NameTaken
from kwartaal.domain.slugs import free_slug, slug_from
from kwartaal.models.body import Body
from kwartaal.models.calendar import series_renamed
from kwartaal.models.openness import Openness
from kwartaal.models.series import Purpose, Series

# What items of a kwartaalbijeenkomst are for: it takes no decisions (KB-8).
USUAL_PURPOSES = ("informeren", "beeldvorming", "meningsvorming", "ophalen")
DECIDING = ("beslui", "besliss", "vaststel", "stemmen", "stemming")  # as a word begins


@dataclass(frozen=True)
class About:
    """What a form says about a series; purposes are names in order, each once."""

    name: str
    description: str
    openness: Openness
    purposes: Sequence[str]


def add(about: About, body: Body | None, others: Collection[Series]) -> Series:
    """A new series, for good with or without a body, at an address that stays.

    Raises NameTaken, OnlyBodiesClose or DecisionsBelongToBodies.
    """
    wanted = slug_from(about.name, "reeks")
    series = Series(slug=free_slug(wanted, {other.slug for other in others}), body=body)
    _write(series, about, others, lambda purpose: False)
    return series


def change(
    series: Series,
    about: About,
    others: Collection[Series],
    in_use: Callable[[Purpose], bool],
    now: datetime,
) -> None:
    """Change a series; `in_use` says whether an agenda item has a purpose.

    Its name stands in calendars and counts at once. Raises NameTaken, OnlyBodiesClose,
    DecisionsBelongToBodies or PurposeInUse.
    """
    is_renamed = series.name != about.name
    _write(series, about, others, in_use)
    if is_renamed:
        series_renamed(series, now)


def _write(
    series: Series, about: About, others: Collection[Series], in_use: Callable[[Purpose], bool]
) -> None:
    names = {other.name.casefold() for other in others if other is not series}
    if about.name.casefold() in names:
        raise NameTaken
    if about.openness != Openness.OPENBAAR and series.body is None:
        raise OnlyBodiesClose
    _check_purposes(series, about.purposes)
    _use_purposes(series, about.purposes, in_use)
    series.name = about.name
    series.description = about.description
    series.openness = about.openness


def _check_purposes(series: Series, names: Sequence[str]) -> None:
    for name in names:
        if series.body is None and any(w.startswith(DECIDING) for w in name.casefold().split()):
            raise DecisionsBelongToBodies(name=name)


def _use_purposes(series: Series, names: Sequence[str], in_use: Callable[[Purpose], bool]) -> None:
    """Purposes are recognised by name: one that is kept keeps its agenda items."""
    known = {purpose.name.casefold(): purpose for purpose in series.purposes}
    kept = {name.casefold() for name in names}
    for folded, purpose in known.items():
        if folded not in kept and in_use(purpose):
            raise PurposeInUse(name=purpose.name)
    series.purposes = [
        _at(known.get(name.casefold()) or Purpose(), name, position)
        for position, name in enumerate(names, 1)
    ]


def _at(purpose: Purpose, name: str, position: int) -> Purpose:
    purpose.name, purpose.position = name, position
    return purpose
