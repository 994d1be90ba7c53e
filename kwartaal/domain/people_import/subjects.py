"""People as an import knows them: those stored, and those that earlier rows of the file add."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kwartaal.models.person import folded


@dataclass
class Held:
    """An office of a subject. `id` is None for a new one; `row` is the row that set it."""

    organisation_id: int
    kind_id: int
    starts_on: date
    ends_on: date | None
    id: int | None = None
    row: int | None = None

    def overlaps(self, starts_on: date, ends_on: date | None) -> bool:
        """Whether the periods have a day in common."""
        starts_before = ends_on is None or self.starts_on <= ends_on
        return starts_before and (self.ends_on is None or self.ends_on >= starts_on)


@dataclass(eq=False)
class Subject:
    """A person. `id` is None for a new one; `row` is the first row that is about this person."""

    first_name: str
    prefix: str
    last_name: str
    email: str | None = None
    contact_email: str | None = None
    phone: str | None = None
    id: int | None = None
    has_duties: bool = False
    offices: list[Held] = field(default_factory=list)
    row: int | None = None
    is_changed: bool = False
    said: dict[str, str] = field(default_factory=dict)
    """What rows of this file said, by name of the attribute."""

    @property
    def has_address(self) -> bool:
        return bool(self.email or self.contact_email)

    def serves(self, organisation_id: int) -> bool:
        """Whether there is an office in the organisation, now or at another time."""
        return any(held.organisation_id == organisation_id for held in self.offices)


def letters(text: str) -> str:
    """A name without accents, capitals, spaces and signs."""
    return "".join(c for c in folded(text) if c.isalnum())


def is_initials(first_name: str) -> bool:
    """J., J.P. or J, which say less than a name."""
    return len(letters(first_name)) == 1 or first_name.strip().endswith(".")


def same_first_name(one: str, other: str) -> bool:
    """The same name, or the initials of it."""
    if letters(one) == letters(other):
        return True
    return (is_initials(one) or is_initials(other)) and letters(one)[:1] == letters(other)[:1]
