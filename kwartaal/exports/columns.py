"""What an attendance list can hold: the one list of its columns (decision 0029).

A new column is a line in `columns_of`. Its name is the word that stands above it in a file and
in `?kolommen=`; the Dutch words are part of what scripts rely on, so they are not translated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from flask_babel import gettext as _

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.models.attendance_export import ExportedPerson, picks_of
from kwartaal.models.attendance_list import Pick
from kwartaal.models.organisation import Audience
from kwartaal.models.programme import ItemKind
from kwartaal.models.published import PublishedItem, PublishedMeeting
from kwartaal.models.registration import ChoiceState, RegistrationState
from kwartaal.models.speakers_list import Part
from kwartaal.permissions import Permission
from kwartaal.spreadsheets import Cell, Phone


@dataclass(frozen=True)
class Sheet:
    """A meeting whose list is written. `published` is None while readers see nothing of it."""

    published: PublishedMeeting | None
    is_held: bool

    @property
    def rounds(self) -> tuple[PublishedItem, ...]:
        """The rounds that readers see, in order of the day."""
        return self.published.rounds if self.published else ()

    @property
    def parts(self) -> tuple[PublishedItem, ...]:
        """What is not in a round: lunch, drinks, and what else one can sign up for."""
        return self.published.items if self.published else ()


class Kind(StrEnum):
    """What a value is; each kind has one way to be written."""

    TEXT = "text"
    PHONE = "phone"  # E.164
    MOMENT = "moment"  # aware
    YES_NO = "yes_no"  # None is not known
    NUMBER = "number"


Value = Callable[[ExportedPerson], Any]
# Most people chose what others chose, too: what stands in their cells is worked out once.
KEPT = 4096


@dataclass(frozen=True)
class Column:
    """A column: its name in files, what the page calls it, and what of a person stands in it."""

    name: str
    label: str
    kind: Kind
    value: Value
    by_default: bool = False
    """Whether it stands in the list at the plain address (contract.md)."""
    permission: Permission = Permission.SEE_ATTENDANCE
    """Whoever may not see it has no such column."""

    @property
    def write(self) -> Callable[[ExportedPerson], Cell]:
        """What stands in the cell of somebody."""
        as_cell, value = AS_CELL[self.kind], self.value
        return value if as_cell is None else lambda one: as_cell(value(one))


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """Every column there is for a meeting: first those of the plain address, in their order."""
    text, number, moment = Kind.TEXT, Kind.NUMBER, Kind.MOMENT
    marks = Permission.MARK_ATTENDANCE
    return (
        Column("naam", _("Naam"), text, attrgetter("name"), True),
        Column("email", _("E-mailadres"), text, attrgetter("address"), True),
        Column("telefoon", _("Telefoon"), Kind.PHONE, attrgetter("phone"), True),
        Column("organisatie", _("Organisatie"), text, attrgetter("organisation"), True),
        Column("doelgroep", _("Groep"), text, _groups, True),
        *_rounds(sheet.rounds),
        Column("aanwezig", _("Aanwezig"), Kind.YES_NO, _came(sheet.is_held), True),
        Column("voornaam", _("Voornaam"), text, attrgetter("first_name")),
        Column("tussenvoegsel", _("Tussenvoegsel"), text, attrgetter("prefix")),
        Column("achternaam", _("Achternaam"), text, attrgetter("last_name")),
        Column("ambt", _("Ambt"), text, attrgetter("office")),
        Column("gemeente", _("Gemeente"), text, attrgetter("municipality")),
        Column("status", _("Status"), text, lambda one: STATES[one.state]),
        Column("wachtlijst", _("Nummer op de wachtlijst"), number, attrgetter("rank")),
        # When somebody registered stands on the page of the waiting list, for who may see that.
        Column(
            "aangemeld op", _("Aangemeld op"), moment, attrgetter("registered_at"), False, marks
        ),
        *_meals(sheet.parts),
        Column("gezien om", _("Binnen om"), moment, attrgetter("arrived_at")),
        Column("te laat", _("Te laat"), Kind.YES_NO, lambda one: one.is_late or None),
        Column("weg om", _("Weg om"), moment, attrgetter("left_at")),
        Column("afgemeld om", _("Afgemeld om"), moment, attrgetter("excused_at")),
    )


def _rounds(rounds: Iterable[PublishedItem]) -> list[Column]:
    return [
        Column(f"ronde {n}", _("Ronde %(number)s", number=n), Kind.TEXT, _in_round(round_), True)
        for n, round_ in enumerate(rounds, 1)
    ]


def _in_round(round_: PublishedItem) -> Value:
    titles = {workshop.id: workshop.title for workshop in round_.workshops}

    @lru_cache(maxsize=KEPT)
    def written(chosen: str | None, rank: int | None, parts: tuple[Part, ...]) -> str:
        words = [
            _place(pick, rank) + titles[pick.item_id]
            for pick in picks_of(chosen)
            if pick.item_id in titles
        ]
        if not words:
            words = [titles[part.item_id] for part in parts if part.item_id in titles]
        return ", ".join(dict.fromkeys(words))

    return lambda one: written(one.chosen, one.rank, one.parts)


def _place(pick: Pick, meeting_rank: int | None) -> str:
    """Nothing for a place; else the number in line, for a wish that of the meeting itself."""
    if pick.state == ChoiceState.PLACED:
        return ""
    return f"wachtlijst {meeting_rank if pick.state == ChoiceState.WISH else pick.rank}: "


def _meals(items: Iterable[PublishedItem]) -> list[Column]:
    """lunch, borrel: what people sign up for beside workshops; a second one is lunch 2."""
    found: list[Column] = []
    for item in items:
        if item.kind not in MEALS:
            continue
        word = MEALS[item.kind]
        number = sum(word in column.name for column in found) + 1
        name = word if number == 1 else f"{word} {number}"
        found.append(Column(name, item.title, Kind.TEXT, _signed_up(item.id)))
    return found


def _signed_up(item_id: int) -> Value:
    @lru_cache(maxsize=KEPT)
    def written(chosen: str | None, rank: int | None) -> str:
        for pick in picks_of(chosen):
            if pick.item_id == item_id:
                return _place(pick, rank).rstrip(": ") or "ja"
        return ""

    return lambda one: written(one.chosen, one.rank)


def _groups(one: ExportedPerson) -> str:
    """Several separated by a comma alone, so that each part is exactly one of the seven."""
    if one.audience is not None:
        return one.audience
    return ",".join(audience for audience in Audience if audience in one.audiences)


def _came(is_held: bool) -> Value:
    """Only after the meeting is it certain that somebody did not come."""
    absent = False if is_held else None
    return lambda one: one.is_present or absent


def _as_moment(value: datetime | None) -> str | None:
    """2027-03-23 13:05, on an Amsterdam clock: sorts as text, and programs know it as a date."""
    return f"{value.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" if value else None


AS_CELL: dict[Kind, Callable[[Any], Cell] | None] = {
    Kind.TEXT: None,  # text is its own cell
    Kind.PHONE: lambda value: Phone(value) if value else None,
    Kind.MOMENT: _as_moment,
    Kind.YES_NO: {True: "ja", False: "nee", None: ""}.get,
    Kind.NUMBER: None,
}
STATES = {
    RegistrationState.PLACED: "plek",
    RegistrationState.WAITING: "wachtlijst",
    RegistrationState.WALK_IN: "inloop",
    RegistrationState.WITHDRAWN: "afgemeld",
    None: "spreker",
}
MEALS = {ItemKind.LUNCH: "lunch", ItemKind.DRINKS: "borrel"}
