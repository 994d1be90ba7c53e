"""Choosing what stands in an exported list, in which kind of file, and what was exported before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext, ngettext
from wtforms import BooleanField

from kwartaal.blueprints.attendance.desk import LIST, bp
from kwartaal.blueprints.attendance.sight import Seen, seen
from kwartaal.db import db
from kwartaal.domain.refusals import Refused
from kwartaal.exports import (
    PAPER_NAMES,
    PARAMETERS,
    Asked,
    Column,
    Sheet,
    asked_in,
    chosen_columns,
    columns_of,
    still_known,
)
from kwartaal.fields import CheckboxesField, KwartaalForm, Required
from kwartaal.models.attendance_export import count_exported
from kwartaal.models.audit_list import exports_of
from kwartaal.models.export_choice import remember_choice, remembered_choice
from kwartaal.permissions import Permission, allowed, requires, signed_in_person, viewer
from kwartaal.translations import sentence

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
        PAPER_NAMES["signing_list"],
        lazy_gettext("Naam en organisatie, zonder e-mailadres en telefoonnummer."),
    ),
    (
        "workshop_lists",
        PAPER_NAMES["workshop_lists"],
        lazy_gettext("Elke workshop begint op een nieuwe pagina."),
    ),
    (
        "name_list",
        PAPER_NAMES["name_list"],
        lazy_gettext("Iedereen op achternaam, om iemand op te zoeken."),
    ),
)


class ExportForm(KwartaalForm):
    """The columns and the people; the button that is pressed says which kind of file."""

    columns = CheckboxesField(
        lazy_gettext("Kolommen"), [Required(lazy_gettext("Kies ten minste één kolom."))]
    )
    with_withdrawn = BooleanField()

    def __init__(self, *args: Any, here: Seen, offered: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = count_exported(here.whole)
        withdrawn = count_exported(here.whole, with_withdrawn=True) - self.people
        self.with_withdrawn.label.text = ngettext(
            "Ook wie zich zelf afmeldde (%(num)s persoon)",
            "Ook wie zich zelf afmeldde (%(num)s personen)",
            withdrawn,
        )
        self.columns.choices = [(column.name, column.label) for column in offered]


@bp.get(f"{LIST}/exporteren")
@requires(Permission.SEE_ATTENDANCE)
def export(slug: str) -> ResponseReturnValue:
    here = seen(slug)
    try:
        asked = asked_for(here)
    except Refused as refusal:
        return export_page(here, refusal=refusal), 422
    return export_page(here, asked if set(PARAMETERS) & set(request.args) else None)


@bp.post(f"{LIST}/exporteren")
@requires(Permission.SEE_ATTENDANCE)
def choose(slug: str) -> ResponseReturnValue:
    """Remember the choice and lead to the file, whose address carries it."""
    here = seen(slug)
    offered = offered_columns(here)
    form = ExportForm(here=here, offered=offered)
    kind = request.form.get("format", "")
    if kind not in FORMAT_NAMES:
        abort(400)
    if not form.validate():
        return _page(here, form), 422
    asked = Asked(chosen_columns(offered, form.columns.data), form.with_withdrawn.data)
    remember_choice(signed_in_person().id, asked.names, asked.with_withdrawn)
    db.session.commit()
    return redirect(file_address(here, kind, asked, offered), 303)


def asked_for(here: Seen) -> Asked:
    """What the address asks, else the file of the contract; raises what `asked_in` raises."""
    return asked_in(request.args.to_dict(flat=False), offered_columns(here))


def offered_columns(here: Seen) -> list[Column]:
    """What the visitor may see of this meeting."""
    sheet = Sheet(here.published, here.is_held)
    return [column for column in columns_of(sheet) if allowed(column.permission)]


def export_page(here: Seen, asked: Asked | None = None, refusal: Refused | None = None) -> str:
    """The page with these choices ticked, else with those that the visitor made before."""
    offered = offered_columns(here)
    if asked is None:
        names, with_withdrawn = remembered_choice(signed_in_person().id)
        asked = Asked(still_known(offered, names), with_withdrawn)
    ticked = {"columns": asked.names, "with_withdrawn": asked.with_withdrawn}
    form = ExportForm(None, here=here, offered=offered, data=ticked)
    if refusal:
        form[refusal.field or "columns"].errors = [sentence(refusal)]
    return _page(here, form)


def file_address(here: Seen, kind: str, asked: Asked, offered: Sequence[Column]) -> str:
    """Where the file is; the plain address for the columns and the people of the contract.

    A long list that comes whole at the end has a page that shows how far it is.
    """
    words: dict[str, Any] = asked.parameters(offered)
    takes_long = kind in SLOW and count_exported(here.whole, asked.with_withdrawn) > MANY_PEOPLE
    if takes_long:
        return url_for(".make", slug=here.meeting.slug, kind=kind, **words)
    return url_for(f".{kind}", slug=here.meeting.slug, **words)


def _page(here: Seen, form: ExportForm) -> str:
    """Who prepares meetings sees every export of this one; a griffier the own ones."""
    actor = None if viewer().prepares_meetings else signed_in_person()
    has_workshops = bool(here.published and here.published.workshops)
    return render_template(
        "attendance/export.html",
        here=here,
        form=form,
        formats=FORMAT_NAMES,
        paper_names=PAPER_NAMES,
        exported=exports_of(here.meeting, actor),
        papers=[paper for paper in PAPERS if paper[0] != "workshop_lists" or has_workshops],
    )
