"""From the words in a row to an office in an organisation, and giving somebody that office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Generic, TypeVar

from kwartaal.domain.people_import.region import Region
from kwartaal.domain.people_import.rows import Change, Fact, ImportRow
from kwartaal.domain.people_import.subjects import Held, Subject
from kwartaal.domain.people_refusals import (
    OfficeDoesNotOccur,
    OfficeEndsTooEarly,
    OfficeIncomplete,
    OfficeOverlaps,
    PeriodWithoutOffice,
    RowsDisagree,
    UnknownOfficeKind,
    UnknownOfficeKindNear,
    UnknownOrganisation,
    UnknownOrganisationNear,
    written,
)
from kwartaal.domain.refusals import Refused
from kwartaal.models.organisation import OfficeKind, Organisation
from kwartaal.models.person import folded

T = TypeVar("T", Organisation, OfficeKind)
SHOWN_NEAR = 3
NEAR_ENOUGH = 0.6
MOST_LOOKED_FOR = 100


@dataclass(frozen=True)
class Wanted:
    """The office a row gives; without a first day it is the one of now, or begins today."""

    organisation: Organisation
    kind: OfficeKind
    starts_on: date | None
    ends_on: date | None
    today: date

    @property
    def label(self) -> str:
        return f"{self.kind.name}, {self.organisation.name}"

    def is_about(self, held: Held) -> bool:
        return (held.organisation_id, held.kind_id) == (self.organisation.id, self.kind.id)

    def is_the_one(self, held: Held) -> bool:
        """Whether somebody has this very office already."""
        if self.starts_on is not None:
            return held.starts_on == self.starts_on
        return held.ends_on is None or held.ends_on >= self.today


class Names(Generic[T]):
    """Things by the name people write, in capitals or not, with or without accents."""

    def __init__(self, things: Iterable[T]) -> None:
        self._by_name: dict[str, T] = {_plain(thing.name): thing for thing in things}
        self._near: dict[str, str] = {}

    def find(self, name: str) -> T | None:
        """By name; a municipality may have "gemeente" before it."""
        plain = _plain(name)
        return self._by_name.get(plain) or self._by_name.get(plain.removeprefix("gemeente "))

    def near(self, name: str) -> str:
        """Names that look like it, such as "Papendrecht, Sliedrecht"; "" when none does.

        A list in which nearly every name is unknown is the wrong list: then it is not looked for.
        """
        if name not in self._near:
            if len(self._near) == MOST_LOOKED_FOR:
                return ""
            close = get_close_matches(_plain(name), self._by_name, SHOWN_NEAR, NEAR_ENOUGH)
            self._near[name] = ", ".join(self._by_name[plain].name for plain in close)
        return self._near[name]


class Tenures:
    """Reads offices from rows."""

    def __init__(self, region: Region) -> None:
        self._organisations: Names[Organisation] = Names(region.organisations)
        self._kinds: Names[OfficeKind] = Names(region.kinds)
        self._today = region.today

    def wanted(self, row: ImportRow) -> Wanted | None:
        """The office a row gives, None when it gives none.

        Raises PeriodWithoutOffice, OfficeIncomplete, an unknown name with those near it,
        OfficeDoesNotOccur or OfficeEndsTooEarly.
        """
        if not row.organisation and not row.office:
            if row.starts_on or row.ends_on:
                raise PeriodWithoutOffice
            return None
        if not row.organisation or not row.office:
            raise OfficeIncomplete
        organisation = self._organisations.find(row.organisation)
        if organisation is None:
            raise self._unknown_organisation(row.organisation)
        kind = self._kinds.find(row.office)
        if kind is None:
            raise self._unknown_kind(row.office)
        if kind.audience_in(organisation.kind) is None:
            raise OfficeDoesNotOccur(office=kind.name, organisation=organisation.name)
        _check_order(row.starts_on, row.ends_on)
        return Wanted(organisation, kind, row.starts_on, row.ends_on, self._today)

    def _unknown_organisation(self, name: str) -> Refused:
        near = self._organisations.near(name)
        if near:
            return UnknownOrganisationNear(name=name, near=near)
        return UnknownOrganisation(name=name)

    def _unknown_kind(self, name: str) -> Refused:
        near = self._kinds.near(name)
        return UnknownOfficeKindNear(name=name, near=near) if near else UnknownOfficeKind(name=name)


@dataclass
class TakeOffice:
    """Giving a subject the wanted office: looked at first, done afterwards."""

    subject: Subject
    wanted: Wanted
    row: int

    def check(self) -> list[Change]:
        """What it would change; raises OfficeOverlaps, OfficeEndsTooEarly or RowsDisagree."""
        held = self._held
        if held is None:
            self._check_overlap(self._starts_on, self.wanted.ends_on, but=None)
            return [Change(Fact.OFFICE, None, self._starts_on, self.wanted.label)]
        new = self.wanted.ends_on
        if new is None or new == held.ends_on:
            return []
        if held.row is not None and held.ends_on is not None:
            raise RowsDisagree(row=held.row)
        self._check_overlap(held.starts_on, new, but=held)
        return [Change(Fact.LAST_DAY, held.ends_on, new, self.wanted.label)]

    def do(self) -> None:
        """Change the subject; check() said nothing against it."""
        held = self._held
        if held is None:
            wanted = self.wanted
            held = Held(wanted.organisation.id, wanted.kind.id, self._starts_on, wanted.ends_on)
            self.subject.offices.append(held)
            held.row = self.row
        elif self.wanted.ends_on is not None:
            held.ends_on = self.wanted.ends_on
            held.row = self.row

    @property
    def _same(self) -> list[Held]:
        return [held for held in self.subject.offices if self.wanted.is_about(held)]

    @property
    def _held(self) -> Held | None:
        return next((held for held in self._same if self.wanted.is_the_one(held)), None)

    @property
    def _starts_on(self) -> date:
        return self.wanted.starts_on or self.wanted.today

    def _check_overlap(self, starts_on: date, ends_on: date | None, but: Held | None) -> None:
        _check_order(starts_on, ends_on)
        for held in self._same:
            if held is not but and held.overlaps(starts_on, ends_on):
                raise OfficeOverlaps(starts_on=written(held.starts_on))


def _check_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise OfficeEndsTooEarly(starts_on=written(starts_on))


def _plain(name: str) -> str:
    return " ".join(folded(name).split())
