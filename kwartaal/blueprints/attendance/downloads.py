"""The attendance list as a file; every download is written down in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import Response, current_app, request, stream_with_context
from flask.typing import ResponseReturnValue

from kwartaal import clock
from kwartaal.amsterdam import amsterdam_date
from kwartaal.blueprints.attendance.desk import LIST, bp
from kwartaal.blueprints.attendance.exporting import asked_for, export_page
from kwartaal.blueprints.attendance.sight import Seen, seen
from kwartaal.db import begin_writing, db
from kwartaal.domain.refusals import Refused
from kwartaal.exports import FORMATS, Asked, Row, TooManyForPaper, rows_of
from kwartaal.filters import number
from kwartaal.models.attendance_export import count_exported, exported_people
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.meeting import Meeting
from kwartaal.pdf.attendance_sheets import MOST_CELLS, Paper, table_sheet
from kwartaal.pdf.typesetting import Sheet as PaperSheet
from kwartaal.pdf.typesetting import typeset
from kwartaal.permissions import Permission, requires, signed_in_person

PDF = "application/pdf"


@bp.get(f"{LIST}.csv")
@requires(Permission.SEE_ATTENDANCE)
def csv(slug: str) -> ResponseReturnValue:
    return _download(slug, "csv")


@bp.get(f"{LIST}.xlsx")
@requires(Permission.SEE_ATTENDANCE)
def xlsx(slug: str) -> ResponseReturnValue:
    return _download(slug, "xlsx")


@bp.get(f"{LIST}.ods")
@requires(Permission.SEE_ATTENDANCE)
def ods(slug: str) -> ResponseReturnValue:
    return _download(slug, "ods")


@bp.get(f"{LIST}.json")
@requires(Permission.SEE_ATTENDANCE)
def json(slug: str) -> ResponseReturnValue:
    return _download(slug, "json")


@bp.get(f"{LIST}.pdf")
@requires(Permission.SEE_ATTENDANCE)
def pdf(slug: str) -> ResponseReturnValue:
    """The same rows and columns on paper, with room to sign."""
    return _download(slug, "pdf")


def _download(slug: str, kind: str) -> ResponseReturnValue:
    """The list with the columns in the address, else with those of the contract."""
    here = seen(slug)
    try:
        wanted = wanted_file(here, kind)
    except Refused as refusal:
        return export_page(here, refusal=refusal), 422
    headers = named(here.meeting, "aanwezigheid", kind)
    write_down_file(here, wanted)
    pieces = pieces_of(here, wanted)
    # The rows are read while the file is sent: more people need no more memory.
    sent = stream_with_context(pieces) if wanted.is_streamed else b"".join(pieces)
    return Response(sent, mimetype=wanted.mimetype, headers=headers)


@dataclass(frozen=True)
class Wanted:
    """A file somebody asked for, found right."""

    kind: str
    asked: Asked
    people: int

    @property
    def is_streamed(self) -> bool:
        return self.kind in FORMATS and FORMATS[self.kind].is_streamed

    @property
    def mimetype(self) -> str:
        return mimetype_of(self.kind)


def mimetype_of(kind: str) -> str:
    return FORMATS[kind].mimetype if kind in FORMATS else PDF


def wanted_file(here: Seen, kind: str) -> Wanted:
    """What the address asks; raises TooManyForPaper and what `asked_in` raises."""
    asked = asked_for(here)
    wanted = Wanted(kind, asked, count_exported(here.whole, asked.with_withdrawn))
    if kind == "pdf":
        check_fits_on_paper(wanted.people, len(asked.columns))
    return wanted


def pieces_of(
    here: Seen, wanted: Wanted, counted: Callable[[Iterable[Row]], Iterable[Row]] = iter
) -> Iterator[bytes]:
    """The bytes of the file; `counted` sees every row pass."""
    asked = wanted.asked
    people = exported_people(here.whole, asked.with_withdrawn)
    rows = counted(rows_of(people, asked.columns))
    if wanted.kind == "pdf":
        sheet = table_sheet(paper_of(here), asked.names, rows)
        yield b""
        yield typeset(sheet)
    else:
        yield from FORMATS[wanted.kind].write(asked.names, rows)


def paper_of(here: Seen) -> Paper:
    """What stands around a list on paper; its address is where it was made."""
    return Paper(here.meeting, here.published, f"{current_app.config['BASE_URL']}{request.path}")


def check_fits_on_paper(people: int, columns: int) -> None:
    """Raises TooManyForPaper; `columns` are the cells that each of the people has."""
    most = MOST_CELLS // columns
    if people > most:
        raise TooManyForPaper(most=number(most))


def pdf_answer(sheet: PaperSheet, headers: dict[str, str]) -> Response:
    """A paper with names: made for one reader, and kept by nobody."""
    return Response(typeset(sheet), mimetype=PDF, headers=headers)


def write_down_file(here: Seen, wanted: Wanted) -> None:
    """Note who takes a file; with who withdrew when they are in it."""
    more = {"with_withdrawn": True} if wanted.asked.with_withdrawn else {}
    write_down(here.whole, wanted.kind, wanted.asked.names, wanted.people, **more)


def write_down(
    attendance: Attendance, kind: str, columns: Sequence[str], people: int, **more: str | bool
) -> None:
    """Note in the log who takes which columns of how many people; commits.

    Before a long list is read, so that it cannot be had without its line. HEAD takes nothing.
    """
    if request.method == "HEAD":
        return
    subject = f"meeting:{attendance.meeting.slug}"
    begin_writing()
    record(
        AuditAction.EXPORTED,
        clock.now(),
        signed_in_person(),
        subject,
        format=kind,
        columns=list(columns),
        people=people,
        **more,
    )
    db.session.commit()
    # What is sent piece by piece is read after the request's own session has ended.
    db.session.refresh(attendance.meeting)


def named(meeting: Meeting, what: str, kind: str) -> dict[str, str]:
    """What it is, the address of the meeting, and its day where that is not in the address."""
    day = amsterdam_date(meeting.starts_at).isoformat()
    name = meeting.slug if day in meeting.slug else f"{meeting.slug}-{day}"
    return {"Content-Disposition": f'attachment; filename="{what}-{name}.{kind}"'}
