"""The attendance list as a file; every download is written down in the log."""

from __future__ import annotations

from flask import Response

from kwartaal import clock
from kwartaal.amsterdam import amsterdam_date
from kwartaal.blueprints.attendance.desk import LIST, bp
from kwartaal.blueprints.attendance.sight import attendance_at
from kwartaal.db import begin_writing, db
from kwartaal.exports import FORMATS, Sheet, attendance_columns, attendance_rows
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import load_latest
from kwartaal.permissions import Permission, requires, signed_in_person


@bp.get(f"{LIST}.csv")
@requires(Permission.SEE_ATTENDANCE)
def csv(slug: str) -> Response:
    return _download(slug, "csv")


@bp.get(f"{LIST}.xlsx")
@requires(Permission.SEE_ATTENDANCE)
def xlsx(slug: str) -> Response:
    return _download(slug, "xlsx")


def _download(slug: str, kind: str) -> Response:
    attendance = attendance_at(slug)
    meeting = attendance.meeting
    sheet = Sheet(meeting, load_latest(meeting), clock.now())
    columns, people = attendance_columns(sheet), attendance.everybody()
    rows = list(attendance_rows(people, sheet))
    headers = _named(meeting, kind)
    _write_down(meeting, kind, columns, len(rows))
    made = FORMATS[kind]
    return Response(made.write(columns, rows), mimetype=made.mimetype, headers=headers)


def _write_down(meeting: Meeting, kind: str, columns: tuple[str, ...], people: int) -> None:
    subject = f"meeting:{meeting.slug}"
    begin_writing()
    record(
        AuditAction.EXPORTED,
        clock.now(),
        signed_in_person(),
        subject,
        format=kind,
        columns=columns,
        people=people,
    )
    db.session.commit()


def _named(meeting: Meeting, kind: str) -> dict[str, str]:
    """aanwezigheid-, the address of the meeting, and its day where that is not in the address."""
    day = amsterdam_date(meeting.starts_at).isoformat()
    name = meeting.slug if day in meeting.slug else f"{meeting.slug}-{day}"
    return {"Content-Disposition": f'attachment; filename="aanwezigheid-{name}.{kind}"'}
