"""A row of the file as it was read, and what will happen with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kwartaal.domain.refusals import Refused
from kwartaal.models.person import full_name


@dataclass(frozen=True)
class ImportRow:
    """The cells of one row as values; `mistakes` are those of cells that could not be read.

    `number` counts as a spreadsheet program does. Texts are "" and the others None when empty.
    """

    number: int
    first_name: str = ""
    prefix: str = ""
    last_name: str = ""
    email: str | None = None
    phone: str | None = None
    organisation: str = ""
    office: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    mistakes: tuple[Refused, ...] = ()

    @property
    def full_name(self) -> str:
        return full_name(self.first_name, self.prefix, self.last_name)


class Outcome(StrEnum):
    """What a row comes to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Fact(StrEnum):
    """What can change about a person."""

    FIRST_NAME = "first_name"
    PREFIX = "prefix"
    LAST_NAME = "last_name"
    EMAIL = "email"
    CONTACT_EMAIL = "contact_email"
    PHONE = "phone"
    OFFICE = "office"
    LAST_DAY = "last_day"


@dataclass(frozen=True)
class Change:
    """One thing a row changes. `about` names the office of an OFFICE or a LAST_DAY."""

    fact: Fact
    old: str | date | None
    new: str | date | None
    about: str = ""


@dataclass(frozen=True)
class ForecastRow:
    """A row and what comes of it.

    `contact_only` is None unless somebody else signs in with its address; then it says whether
    the clerk chose to keep the address for contact alone.
    """

    row: ImportRow
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    mistakes: tuple[Refused, ...] = ()
    contact_only: bool | None = None
    has_namesake: bool = False
