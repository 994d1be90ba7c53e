"""Importing people in three steps: the file, its columns, and what will happen."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.people.desk import bp
from kwartaal.blueprints.people.import_cells import import_rows
from kwartaal.blueprints.people.import_columns import ColumnsForm, suggested
from kwartaal.blueprints.people.import_packing import (
    packed,
    packed_rows,
    unpacked,
    unpacked_rows,
)
from kwartaal.blueprints.people.import_preview import Preview
from kwartaal.blueprints.people.import_words import OUTCOMES, TONES, explained
from kwartaal.db import begin_writing, db
from kwartaal.domain import people_import
from kwartaal.domain.people_import import Forecast, ImportRow, Outcome, Region
from kwartaal.fields import KwartaalForm, Required
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.people_import import PeopleImport, find_import, keep_import, take_import
from kwartaal.permissions import Permission, prepares_first, requires, signed_in_person
from kwartaal.spreadsheets import Table, TableRefused, read_table
from kwartaal.translations import sentence

IMPORT = "/beheer/personen/importeren"
ONE = f"{IMPORT}/<uuid:import_id>"


class UploadForm(KwartaalForm):
    file = FileField(lazy_gettext("Bestand"), [Required(lazy_gettext("Kies een bestand."))])


@bp.route(IMPORT, methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
@prepares_first
def upload() -> ResponseReturnValue:
    form = UploadForm()
    table = _read(form) if form.validate_on_submit() else None
    if table is None:
        return form_page("people/import_upload.html", form)
    data, name = packed(table), form.file.data.filename
    begin_writing()
    kept = keep_import(signed_in_person(), name, data, clock.now())
    db.session.commit()
    return redirect(url_for(".choose_columns", import_id=kept.public_id), 303)


@bp.route(f"{ONE}/kolommen", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
@prepares_first
def choose_columns(import_id: UUID) -> ResponseReturnValue:
    kept = _own_import(import_id)
    table = unpacked(kept.packed_table)
    form = ColumnsForm(data=kept.columns or suggested(table.columns))
    form.offer(table)
    if form.validate_on_submit():
        rows = packed_rows(import_rows(table, form.chosen))
        begin_writing()
        kept = _own_import(import_id)
        kept.columns, kept.packed_rows, kept.contact_only = form.chosen, rows, []
        db.session.commit()
        return redirect(url_for(".preview", import_id=import_id), 303)
    return form_page("people/import_columns.html", form, kept=kept, rows=len(table.rows))


@bp.get(f"{ONE}/")
@requires(Permission.MANAGE_PEOPLE)
def preview(import_id: UUID) -> ResponseReturnValue:
    kept = _mapped_import(import_id)
    return _page(kept, _forecast(kept, _rows(kept)), KwartaalForm())


@bp.post(f"{ONE}/")
@requires(Permission.MANAGE_PEOPLE)
@prepares_first
def carry_out(import_id: UUID) -> ResponseReturnValue:
    """Look at everything once more and store all of it, or nothing."""
    kept = _mapped_import(import_id)
    rows, columns, form = _rows(kept), kept.columns, KwartaalForm()
    begin_writing()
    kept = _mapped_import(import_id)
    if kept.columns != columns:  # chosen anew in another tab while this was read
        return redirect(url_for(".preview", import_id=import_id), 303)
    forecast = _forecast(kept, rows)
    with refusals_at(form):
        person, now = signed_in_person(), clock.now()
        if not take_import(import_id, person, now):
            return _gone()
        people_import.carry_out(forecast, person, now)
        db.session.commit()
        return _done(forecast)
    return _page(_mapped_import(import_id), forecast, form)


@bp.post(f"{ONE}/contactadressen")
@requires(Permission.MANAGE_PEOPLE)
@prepares_first
def choose_contact_only(import_id: UUID) -> ResponseReturnValue:
    """Keep, for the rows that were shown or for all, which addresses are for contact alone."""
    kept = _mapped_import(import_id)
    shown, chosen = _numbers("regel"), _numbers("contact")
    if "alles" in request.form:
        disputed = Preview.of(kept, _forecast(kept, _rows(kept))).disputed
        shown = chosen = {expected.row.number for expected in disputed}
    begin_writing()
    kept = _mapped_import(import_id)
    kept.contact_only = sorted((set(kept.contact_only) - shown) | chosen)
    db.session.commit()
    return redirect(url_for(".preview", import_id=import_id), 303)


@bp.post(f"{ONE}/stoppen")
@requires(Permission.MANAGE_PEOPLE)
def stop_import(import_id: UUID) -> ResponseReturnValue:
    take_import(import_id, signed_in_person(), clock.now())
    db.session.commit()
    flash(_("Gestopt. Er is niets geïmporteerd en het bestand is weg."))
    return redirect(url_for(".index"), 303)


def _read(form: UploadForm) -> Table | None:
    """The table in the file that was sent; None with a sentence at the field."""
    sent = form.file.data
    try:
        return read_table(sent.filename, sent.read())
    except TableRefused as refusal:
        form.file.errors = [sentence(refusal)]
        return None


def _own_import(import_id: UUID) -> PeopleImport:
    """The upload, if the visitor made it not long ago; else back to the start."""
    return find_import(import_id, signed_in_person(), clock.now()) or abort(_gone())


def _mapped_import(import_id: UUID) -> PeopleImport:
    """The same, and its columns are chosen."""
    kept = _own_import(import_id)
    if kept.packed_rows is None:
        abort(redirect(url_for(".choose_columns", import_id=import_id), 303))
    return kept


def _gone() -> Response:
    flash(
        _("Dit bestand is al geïmporteerd of niet meer bewaard. Kies het zo nodig opnieuw."), "info"
    )
    return redirect(url_for(".upload"), 303)


def _rows(kept: PeopleImport) -> list[ImportRow]:
    return unpacked_rows(kept.packed_rows) if kept.packed_rows else []


def _forecast(kept: PeopleImport, rows: list[ImportRow]) -> Forecast:
    return people_import.forecast(rows, Region.as_stored(clock.today()), kept.contact_only)


def _page(kept: PeopleImport, forecast: Forecast, form: KwartaalForm) -> ResponseReturnValue:
    return form_page(
        "people/import_preview.html",
        form,
        preview=Preview.of(kept, forecast),
        outcomes=OUTCOMES,
        tones=TONES,
        explained=explained,
    )


def _numbers(name: str) -> set[int]:
    """Row numbers sent under a name; what is none is passed over."""
    sent = request.form.getlist(name)
    return {int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 8}


def _done(forecast: Forecast) -> ResponseReturnValue:
    counts = forecast.counts
    flash(
        _(
            "Klaar: %(new)s nieuw en %(changed)s bijgewerkt.",
            new=counts[Outcome.NEW],
            changed=counts[Outcome.CHANGED],
        )
    )
    return redirect(url_for(".index"), 303)
