"""Einde raadsperiode: the offices of one council end on one day."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from kwartaal import clock
from kwartaal.blueprints.people.desk import bp
from kwartaal.blueprints.people.forms import CouncilTermForm
from kwartaal.db import db
from kwartaal.domain import council_terms
from kwartaal.domain.council_terms import CouncilTerm
from kwartaal.filters import short_date
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.council import council_offices
from kwartaal.permissions import Permission, requires, signed_in_person

PATH = "/beheer/personen/einde-raadsperiode"


@bp.get(PATH)
@requires(Permission.MANAGE_PEOPLE)
def council_term() -> ResponseReturnValue:
    """Choose a council and a day; with both in the address, who it is about."""
    if not request.args:
        return _page(CouncilTermForm(data={"datum": clock.today()}), None)
    form = CouncilTermForm(request.args, meta={"csrf": False})
    return _page(form, form.term if form.validate() else None)


@bp.post(PATH)
@requires(Permission.MANAGE_PEOPLE)
def end_council_term() -> ResponseReturnValue:
    form = CouncilTermForm()
    term = form.term if form.validate() else None
    if term is not None:
        with refusals_at(form):
            ended = council_terms.end_term(term, form.expected, signed_in_person(), clock.now())
            db.session.commit()
            _tell(term, ended)
            return redirect(url_for(".index", organisatie=term.municipality.slug), 303)
    return _page(form, term)


def _page(form: CouncilTermForm, term: CouncilTerm | None) -> ResponseReturnValue:
    offices = council_offices(term.municipality, term.last_day) if term else []
    return form_page("people/council_term.html", form, term=term, offices=offices)


def _tell(term: CouncilTerm, ended: int) -> None:
    flash(
        ngettext(
            "In %(town)s is %(num)s ambt beëindigd. De laatste dag is %(day)s.",
            "In %(town)s zijn %(num)s ambten beëindigd. De laatste dag is %(day)s.",
            ended,
            town=term.municipality.name,
            day=short_date(term.last_day),
        )
    )
