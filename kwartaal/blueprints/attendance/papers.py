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
ON_PAPER = 3  # columns: those of NAMES, and one to sign or with how somebody stands


@bp.get(f"{LIST}/tekenlijst.pdf")
@requires(Permission.SEE_ATTENDANCE)
def signing_list(slug: str) -> Response:
    here = seen(slug)
    people = _taken(here, "signing_list")
    return pdf_answer(
        signing_sheet(paper_of(here), people), named(here.meeting, "tekenlijst", "pdf")
    )


@bp.get(f"{LIST}/namenlijst.pdf")
@requires(Permission.SEE_ATTENDANCE)
def name_list(slug: str) -> Response:
    here = seen(slug)
    people = _taken(here, "name_list", columns=(*NAMES, "status"))
    return pdf_answer(name_sheet(paper_of(here), people), named(here.meeting, "namenlijst", "pdf"))


@bp.get(f"{LIST}/workshops.pdf")
@requires(Permission.SEE_ATTENDANCE)
def workshop_lists(slug: str) -> Response:
    """Every workshop that readers see, each from a new page."""
    here = seen(slug)
    workshops = here.published.workshops if here.published else ()
    given = [one for one in workshops if one.cancelled is None]
    # Somebody can stand once in each round.
    return _workshops(here, given, "workshop_lists", _rounds(here))


@bp.get(f"{LIST}/workshops/<uuid:workshop>.pdf")
@requires(Permission.SEE_ATTENDANCE)
def workshop_list(slug: str, workshop: uuid.UUID) -> Response:
    here = seen(slug)
    workshops = here.published.workshops if here.published else ()
    only = [one for one in workshops if one.public_id == str(workshop)]
    return _workshops(here, only, "workshop_list", 1)


def _rounds(here: Seen) -> int:
    return max(len(here.published.rounds), 1) if here.published else 1


def _workshops(here: Seen, workshops: list[PublishedItem], paper: str, times: int) -> Response:
    if not workshops:
        abort(404)
    sheet = workshop_sheet(paper_of(here), workshops, _taken(here, paper, times))
    return pdf_answer(sheet, named(here.meeting, "tekenlijst-workshops", "pdf"))


def _taken(
    here: Seen, paper: str, times: int = 1, columns: Iterable[str] = NAMES
) -> list[ExportedPerson]:
    """Everybody on the list, written down as exported; too many is said on the page.

    `paper` names the endpoint for the log, and `times` is how often somebody can stand on it.
    """
    try:
        check_fits_on_paper(count_exported(here.whole), ON_PAPER * times)
    except Refused as refusal:
        abort(make_response(export_page(here, refusal=refusal), 422))
    people = list(exported_people(here.whole))
    write_down(here.whole, "pdf", list(columns), len(people), paper=paper)
    return people
