"""Lists for at the door: to sign, per workshop, and by name. Each is logged as an export."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Response, abort, make_response

from kwartaal.blueprints.attendance.desk import LIST, bp
from kwartaal.blueprints.attendance.downloads import (
    check_fits_on_paper,
    named,
    paper_of,
    pdf_answer,
    write_down,
)
from kwartaal.blueprints.attendance.exporting import export_page
from kwartaal.blueprints.attendance.sight import Seen, seen
from kwartaal.domain.refusals import Refused
from kwartaal.models.attendance_export import ExportedPerson, count_exported, exported_people
from kwartaal.models.published import PublishedItem
from kwartaal.pdf.attendance_sheets import name_sheet, signing_sheet, workshop_sheet
from kwartaal.permissions import Permission, requires

NAMES = ("naam", "organisatie")


@bp.get(f"{LIST}/tekenlijst.pdf")
@requires(Permission.SEE_ATTENDANCE)
def signing_list(slug: str) -> Response:
    here = seen(slug)
    people = _taken(here)
    return pdf_answer(
        signing_sheet(paper_of(here), people), named(here.meeting, "tekenlijst", "pdf")
    )


@bp.get(f"{LIST}/namenlijst.pdf")
@requires(Permission.SEE_ATTENDANCE)
def name_list(slug: str) -> Response:
    here = seen(slug)
    people = _taken(here, (*NAMES, "status"))
    return pdf_answer(name_sheet(paper_of(here), people), named(here.meeting, "namenlijst", "pdf"))


@bp.get(f"{LIST}/workshops.pdf")
@requires(Permission.SEE_ATTENDANCE)
def workshop_lists(slug: str) -> Response:
    """Every workshop that readers see, each from a new page."""
    here = seen(slug)
    workshops = here.published.workshops if here.published else ()
    return _workshops(here, [one for one in workshops if one.cancelled is None])


@bp.get(f"{LIST}/workshops/<uuid:workshop>.pdf")
@requires(Permission.SEE_ATTENDANCE)
def workshop_list(slug: str, workshop: uuid.UUID) -> Response:
    here = seen(slug)
    workshops = here.published.workshops if here.published else ()
    return _workshops(here, [one for one in workshops if one.public_id == str(workshop)])


def _workshops(here: Seen, workshops: list[PublishedItem]) -> Response:
    if not workshops:
        abort(404)
    sheet = workshop_sheet(paper_of(here), workshops, _taken(here))
    return pdf_answer(sheet, named(here.meeting, "tekenlijst-workshops", "pdf"))


def _taken(here: Seen, columns: Iterable[str] = NAMES) -> list[ExportedPerson]:
    """Everybody on the list, written down as exported; too many is said on the page."""
    try:
        check_fits_on_paper(count_exported(here.whole))
    except Refused as refusal:
        abort(make_response(export_page(here, refusal=refusal), 422))
    people = list(exported_people(here.whole))
    write_down(here.whole, "pdf", list(columns), len(people))
    return people
