"""The attendance list as a file: first its rows, then a format (contract.md, Addresses).

The columns stand in one place, COLUMNS and `_rounds`; every format writes the same cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kwartaal.models.attendance_list import Attendee, Pick
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience
from kwartaal.models.published import PublishedItem, PublishedMeeting
from kwartaal.models.registration import ChoiceState
from kwartaal.spreadsheets import Cell, Phone, write_csv, write_xlsx


@dataclass(frozen=True)
class Sheet:
    """A meeting whose list is written. `published` is None while readers see nothing of it."""

    meeting: Meeting
    published: PublishedMeeting | None
    now: datetime

    @property
    def rounds(self) -> tuple[PublishedItem, ...]:
        """The rounds that readers see, in order of the day."""
        return self.published.rounds if self.published else ()


Writer = Callable[[Attendee, Sheet], Cell]


def attendance_columns(sheet: Sheet) -> tuple[str, ...]:
    """naam, email, telefoon, organisatie, doelgroep, ronde 1, ronde 2 …, aanwezig."""
    return tuple(_writers(sheet))


def attendance_rows(people: Iterable[Attendee], sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    """One row of cells per person, in the order given."""
    writers = tuple(_writers(sheet).values())
    for one in people:
        yield tuple(write(one, sheet) for write in writers)


def _writers(sheet: Sheet) -> dict[str, Writer]:
    return {**COLUMNS, **_rounds(sheet.rounds), "aanwezig": _present}


def _rounds(rounds: Iterable[PublishedItem]) -> dict[str, Writer]:
    return {f"ronde {number}": _in_round(round_) for number, round_ in enumerate(rounds, 1)}


def _in_round(round_: PublishedItem) -> Writer:
    titles = {workshop.id: workshop.title for workshop in round_.workshops}

    def write(one: Attendee, _sheet: Sheet) -> str:
        chosen = (pick for pick in one.picks if pick.item_id in titles)
        words = [_place(pick, one.rank) + titles[pick.item_id] for pick in chosen]
        parts = (titles[part.item_id] for part in one.parts if part.item_id in titles)
        return ", ".join(dict.fromkeys(words or parts))

    return write


def _place(pick: Pick, meeting_rank: int | None) -> str:
    """Nothing for a place; else the number in line, for a wish that of the meeting itself."""
    if pick.state == ChoiceState.PLACED:
        return ""
    return f"wachtlijst {meeting_rank if pick.state == ChoiceState.WISH else pick.rank}: "


def _phone(one: Attendee, _sheet: Sheet) -> Cell:
    return Phone(one.phone) if one.phone else None


def _groups(one: Attendee, _sheet: Sheet) -> str:
    """Several separated by a comma alone, so that each part is exactly one of the seven."""
    return ",".join(audience for audience in Audience if audience in one.audiences)


def _present(one: Attendee, sheet: Sheet) -> str:
    """Only after the meeting is it certain that somebody did not come."""
    if one.is_present:
        return "ja"
    return "nee" if sheet.meeting.is_held(sheet.now) else ""


COLUMNS: dict[str, Writer] = {
    "naam": lambda one, _sheet: one.name,
    "email": lambda one, _sheet: one.address,
    "telefoon": _phone,
    "organisatie": lambda one, _sheet: one.organisation,
    "doelgroep": _groups,
}


@dataclass(frozen=True)
class Format:
    """A kind of file: how a server names it, and how cells become bytes."""

    mimetype: str
    write: Callable[[tuple[str, ...], Iterable[tuple[Cell, ...]]], Iterable[bytes]]


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv", write_csv),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda columns, rows: [write_xlsx(columns, rows, "Aanwezigheid")],
    ),
}
