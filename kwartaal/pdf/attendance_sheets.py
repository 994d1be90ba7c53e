"""The attendance list on paper: with the columns of a file, to sign, per workshop, and by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from kwartaal.filters import clock_time, long_date, short_date, time_range, where
from kwartaal.models.attendance_export import ExportedPerson
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import PublishedItem, PublishedMeeting
from kwartaal.models.registration import ChoiceState, RegistrationState
from kwartaal.pdf.bands import SIGNATURE, Band, in_bands, need_of
from kwartaal.pdf.sheets import Words, frame
from kwartaal.pdf.typesetting import Sheet
from kwartaal.spreadsheets import Cell, plain_text

NORMAL, SMALL = 10, 7.5  # points
# Rows times columns; this many take four seconds of a processor and 0.65 GB (decision 0029).
MOST_CELLS = 30_000
FEW_COLUMNS = 3
UPRIGHT, ACROSS = 470, 768  # points between the margins
MARGIN_ACROSS = 1.3  # cm
WHO = "naam"


@dataclass(frozen=True)
class Paper:
    """Of which meeting it is. `published` is what readers see; None for a concept."""

    meeting: Meeting
    published: PublishedMeeting | None
    address: str

    @property
    def title(self) -> str:
        return self.published.title if self.published else self.meeting.title


def table_sheet(paper: Paper, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
    """The rows of a file as a table, with room to sign: the same words in the same order.

    More columns than fit side by side stand in bands, each with every number and name.
    """
    texts = [[plain_text(cell) for cell in row] for row in rows]
    wide, bands = _bands(columns, texts)
    if len(bands) > 1:
        columns = [_("nr."), *columns]
        texts = [[str(number), *row] for number, row in enumerate(texts, 1)]
        wide, bands = _bands(columns, texts)
    words = {
        "lists": [
            _band_list(columns, texts, band, number, len(bands))
            for number, band in enumerate(bands, 1)
        ],
        "landscape": wide,
        "size": SMALL if wide else NORMAL,
    } | ({"margin": MARGIN_ACROSS} if wide else {})
    return _sheet(paper, _("Presentielijst"), words, signs=True)


def _bands(columns: Sequence[str], texts: Sequence[Sequence[str]]) -> tuple[bool, list[Band]]:
    """Whether the paper lies across, and the columns that stand side by side on it."""
    cells = [*zip(columns, *texts, strict=True)]
    repeated = [n for n, name in enumerate(columns) if name in (WHO, _("nr."))]
    if len(columns) <= FEW_COLUMNS:
        needs = [need_of(column, NORMAL) for column in cells]
        bands = in_bands(needs, repeated, UPRIGHT - SIGNATURE)
        if len(bands) == 1:
            return False, bands
    needs = [need_of(column, SMALL) for column in cells]
    return True, in_bands(needs, repeated, ACROSS - SIGNATURE)


def _band_list(
    columns: Sequence[str], texts: Sequence[Sequence[str]], band: Band, number: int, of: int
) -> Words:
    """One signs in the first band; in the others that room goes to the columns."""
    names = [columns[column] for column in band.columns]
    rows = [[row[column] for column in band.columns] for row in texts]
    heading = _("Deel %(number)s van %(total)s", number=number, total=of) if of > 1 else ""
    signs = number == 1
    return _list(rows, heading) | {
        "columns": [*names, _("handtekening")] if signs else names,
        "widths": [*band.widths, SIGNATURE] if signs else band.widths,
        "signs": signs,
    }


def signing_sheet(paper: Paper, people: Iterable[ExportedPerson]) -> Sheet:
    """To lie at the door: name and organisation, and nothing by which one reaches somebody.

    Who waits for the meeting has no place to sign for.
    """
    coming = [one for one in people if one.state != RegistrationState.WAITING]
    listed = _apart(coming, [one for one in coming if one.state is None])
    return _sheet(paper, _("Tekenlijst"), _to_sign([listed]), signs=True)


def workshop_sheet(
    paper: Paper, workshops: Iterable[PublishedItem], people: Sequence[ExportedPerson]
) -> Sheet:
    """A page or more for each workshop: who has a place in it, and apart from them who speaks."""
    lists = [
        _apart(
            [one for one in people if _is_in(one, workshop.id)],
            [one for one in people if _speaks_in(one, workshop.id)],
            _coded(workshop, paper.published),
            " · ".join(
                filter(None, (time_range(workshop.starts_at, workshop.ends_at), workshop.room))
            ),
        )
        for workshop in workshops
    ]
    return _sheet(paper, _("Tekenlijst per workshop"), _to_sign(lists), signs=True)


def _coded(workshop: PublishedItem, published: PublishedMeeting | None) -> str:
    """As the programme and the list call it: 1A Dijken."""
    code = published.codes.get(workshop.id) if published else None
    return f"{code} {workshop.title}" if code else workshop.title


def name_sheet(paper: Paper, people: Iterable[ExportedPerson]) -> Sheet:
    """Everybody by last name, to look somebody up."""
    rows = [[one.list_name, one.organisation, _standing(one)] for one in people]
    words = {
        "columns": [_("Naam"), _("Organisatie"), _("Stand")],
        "widths": [1.3, 1, 0.7],
        "lists": [_list(rows)],
    }
    return _sheet(paper, _("Namenlijst"), words, signs=False)


def _to_sign(lists: list[Words]) -> Words:
    columns = [_("Naam"), _("Organisatie"), _("Handtekening")]
    return {"columns": columns, "widths": [1, 1, 1.2], "lists": lists}


def _sheet(paper: Paper, kind: str, words: Words, signs: bool) -> Sheet:
    meeting = paper.meeting
    day = short_date(meeting.starts_at)
    framed = frame(f"{kind} - {paper.title}", kind, f"{paper.title}, {day}", paper.address)
    facts = [
        (_("Datum"), long_date(meeting.starts_at)),
        (_("Tijd"), time_range(meeting.starts_at, meeting.ends_at)),
    ]
    if paper.published:
        facts.append((_("Plaats"), _room(paper.published)))
    base = {
        "landscape": False,
        "size": NORMAL,
        "signs": signs,
        "once": True,
    }
    return Sheet.of("attendance", base | framed | words | {"lead": paper.title, "facts": facts})


def _room(published: PublishedMeeting) -> str:
    """The place, with the room of the first part of the day."""
    rooms = [item.room for item in published.items if item.room]
    place = ", ".join((published.place, *rooms[:1])) if published.place else None
    return where(place, published.is_digital)


def _list(rows: list[list[str]], heading: str = "", line: str = "") -> Words:
    return {
        "heading": heading,
        "line": line,
        "rows": rows,
        "empty": _("Er staat niemand op de lijst."),
    }


def _apart(
    people: Sequence[ExportedPerson],
    speakers: Sequence[ExportedPerson],
    heading: str = "",
    line: str = "",
) -> Words:
    """A list with the speakers in a table of their own behind it; each stands in it once."""
    others = [one for one in people if one not in speakers]
    listed = _list(_names(others), heading, line)
    return listed | {"apart": _("Sprekers en begeleiders"), "speakers": _names(speakers)}


def _names(people: Iterable[ExportedPerson]) -> list[list[str]]:
    return [[one.list_name, one.organisation] for one in people]


def _is_in(one: ExportedPerson, item_id: int) -> bool:
    return any(p.item_id == item_id and p.state == ChoiceState.PLACED for p in one.picks)


def _speaks_in(one: ExportedPerson, item_id: int) -> bool:
    return any(part.item_id == item_id for part in one.parts)


def _standing(one: ExportedPerson) -> str:
    """As whom somebody is on the list when not as a participant, and what was noted."""
    return ", ".join(filter(None, (_listed_as(one), _noted(one))))


def _listed_as(one: ExportedPerson) -> str:
    if one.state == RegistrationState.WAITING:
        return str(_("wachtlijst %(rank)s", rank=one.rank))
    if one.state == RegistrationState.WALK_IN:
        return str(_("inloop"))
    return str(_("spreker")) if one.state is None else ""


def _noted(one: ExportedPerson) -> str:
    if one.excused_at is not None:
        return str(_("afgemeld"))
    if one.left_at is not None:
        return str(_("weg, %(time)s", time=clock_time(one.left_at)))
    if one.arrived_at is not None:
        return str(_("te laat binnen")) if one.is_late else str(_("binnen"))
    return ""
