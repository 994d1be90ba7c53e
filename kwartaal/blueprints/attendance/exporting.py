"""Choosing what stands in an exported list, in which kind of file, and what was exported before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from kwartaal.blueprints.attendance.desk import LIST, bp
from kwartaal.blueprints.attendance.sight import Seen, seen
from kwartaal.db import db
from kwartaal.domain.refusals import Refused
from kwartaal.exports import (
    SEPARATOR,
    Column,
    Sheet,
    chosen_columns,
    columns_of,
    default_columns,
    still_known,
)
from kwartaal.fields import CheckboxesField, KwartaalForm, Required
from kwartaal.models.attendance_export import count_exported
from kwartaal.models.audit_list import exports_of
from kwartaal.models.export_choice import remember_columns, remembered_columns
from kwartaal.permissions import Permission, allowed, requires, signed_in_person, viewer
from kwartaal.translations import sentence

COLUMNS_PARAMETER = "kolommen"
FORMAT_NAMES = {
    "csv": lazy_gettext("CSV"),
    "xlsx": lazy_gettext("Excel (XLSX)"),
    "ods": lazy_gettext("LibreOffice (ODS)"),
    "json": lazy_gettext("JSON"),
    "pdf": lazy_gettext("PDF"),
}
# These take a second or more for so many people, before the first byte is there.
SLOW = ("xlsx", "ods", "pdf")
MANY_PEOPLE = 2000
# What can be had on paper: the endpoint, what it is called, and what is good to know.
PAPERS = (
    (
        "signing_list",
        lazy_gettext("Tekenlijst voor de deur"),
        lazy_gettext("Naam en organisatie, zonder e-mailadres en telefoonnummer."),
    ),
    (
        "workshop_lists",
        lazy_gettext("Tekenlijst per workshop"),
        lazy_gettext("Elke workshop begint op een nieuwe pagina."),
    ),
    (
        "name_list",
        lazy_gettext("Namenlijst"),
        lazy_gettext("Iedereen op achternaam, om iemand op te zoeken."),
    ),
)


class ExportForm(KwartaalForm):
    """The columns; the button that is pressed says which kind of file."""

    columns = CheckboxesField(
        lazy_gettext("Kolommen"), [Required(lazy_gettext("Kies ten minste één kolom."))]
    )

    def __init__(self, *args: Any, offered: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns.choices = [(column.name, column.label) for column in offered]


@bp.get(f"{LIST}/exporteren")
@requires(Permission.SEE_ATTENDANCE)
def export(slug: str) -> ResponseReturnValue:
    here = seen(slug)
    try:
        if COLUMNS_PARAMETER in request.args:
            return export_page(here, names_of(asked_columns(here)))
    except Refused as refusal:
        return export_page(here, refusal=refusal), 422
    return export_page(here)


@bp.post(f"{LIST}/exporteren")
@requires(Permission.SEE_ATTENDANCE)
def choose(slug: str) -> ResponseReturnValue:
    """Remember the choice and lead to the file, whose address carries it."""
    here = seen(slug)
    offered = offered_columns(here)
    form = ExportForm(offered=offered)
    kind = request.form.get("format", "")
    if kind not in FORMAT_NAMES:
        abort(400)
    if not form.validate():
        return _page(here, form), 422
    columns = chosen_columns(offered, form.columns.data)
    remember_columns(signed_in_person().id, names_of(columns))
    db.session.commit()
    return redirect(file_address(here, kind, columns, offered), 303)


def asked_columns(here: Seen) -> tuple[Column, ...]:
    """Those named in the address (`?kolommen=naam,email`), else those of the contract.

    Raises UnknownColumn or NoColumns.
    """
    offered = offered_columns(here)
    if COLUMNS_PARAMETER not in request.args:
        return default_columns(offered)
    asked = request.args.getlist(COLUMNS_PARAMETER)
    return chosen_columns(offered, SEPARATOR.join(asked).split(SEPARATOR))


def offered_columns(here: Seen) -> list[Column]:
    """What the visitor may see of this meeting."""
    sheet = Sheet(here.published, here.is_held)
    return [column for column in columns_of(sheet) if allowed(column.permission)]


def export_page(here: Seen, names: Sequence[str] = (), refusal: Refused | None = None) -> str:
    """The page with these columns ticked, else with those that the visitor took before."""
    offered = offered_columns(here)
    if not names:
        remembered = remembered_columns(signed_in_person().id)
        names = names_of(still_known(offered, remembered))
    form = ExportForm(None, offered=offered, data={"columns": list(names)})
    if refusal:
        form.columns.errors = [sentence(refusal)]
    return _page(here, form)


def file_address(
    here: Seen, kind: str, columns: Sequence[Column], offered: Sequence[Column]
) -> str:
    """Where the file is; the plain address for the columns of the contract.

    A long list that comes whole at the end has a page that shows how far it is.
    """
    asked: dict[str, Any] = {}
    if tuple(columns) != default_columns(offered):
        asked[COLUMNS_PARAMETER] = SEPARATOR.join(names_of(columns))
    takes_long = kind in SLOW and count_exported(here.whole) > MANY_PEOPLE
    if takes_long:
        return url_for(".make", slug=here.meeting.slug, kind=kind, **asked)
    return url_for(f".{kind}", slug=here.meeting.slug, **asked)


def names_of(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]


def _page(here: Seen, form: ExportForm) -> str:
    """Who prepares meetings sees every export of this one; a griffier the own ones."""
    actor = None if viewer().prepares_meetings else signed_in_person()
    has_workshops = bool(here.published and here.published.workshops)
    return render_template(
        "attendance/export.html",
        here=here,
        form=form,
        people=count_exported(here.whole),
        formats=FORMAT_NAMES,
        exported=exports_of(here.meeting, actor),
        papers=[paper for paper in PAPERS if paper[0] != "workshop_lists" or has_workshops],
    )
