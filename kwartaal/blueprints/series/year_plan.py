"""The vooraankondiging: the dates of a series for a year, made known with one form."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.series.routes import bp
from kwartaal.blueprints.series.year_plan_form import ROWS, YearPlanForm
from kwartaal.db import db
from kwartaal.domain import year_plan
from kwartaal.domain.year_plan import PlannedDay
from kwartaal.filters import short_date
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.meeting import Meeting
from kwartaal.models.series import Series
from kwartaal.models.venue import all_venues
from kwartaal.models.visibility import preparable_series
from kwartaal.models.year_list import days_taken
from kwartaal.permissions import Permission, requires, signed_in_person, viewer


@bp.route("/beheer/reeksen/<slug>/vooraankondiging/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def announce_year(slug: str) -> str | tuple[str, int] | Response:
    """All or nothing; the same form sent twice announces once."""
    statement = preparable_series(viewer(), clock.today()).where(Series.slug == slug)
    series = db.session.scalars(statement).one_or_none() or abort(404)
    form = YearPlanForm(series, all_venues())
    if form.validate_on_submit():
        days, key = form.planned(), form.key.data
        before = year_plan.made_before(key, ROWS)
        if before:
            _say_sent_before(before, days)
            return redirect(url_for("preparing.index"), 303)
        with refusals_at(form):
            actor, now = signed_in_person(), clock.now()
            title, taken = form.title.data, days_taken(series.id)
            made = year_plan.announce_days(series, title, days, taken, key, actor, now)
            db.session.commit()
            _say_announced(len(made))
            return redirect(url_for("preparing.index"), 303)
    year = clock.today().year + 1
    return form_page("series/year_plan.html", form, series=series, year=year)


def _say_sent_before(made: list[Meeting], days: list[PlannedDay]) -> None:
    """Nothing after a second click; other dates were not announced, and the clerk must know."""
    if {one.starts_at for one in made} == {one.when.starts_at for one in days}:
        return
    dates = ", ".join(short_date(one.starts_at) for one in made)
    words = _("Dit formulier was al verstuurd. Toen is aangekondigd: %(dates)s.", dates=dates)
    way_out = _("Wijzig een datum bij de bijeenkomst zelf, of begin een nieuw formulier.")
    flash(f"{words} {way_out}", "info")


def _say_announced(count: int) -> None:
    words = ngettext(
        "%(num)s bijeenkomst is aangekondigd.", "%(num)s bijeenkomsten zijn aangekondigd.", count
    )
    flash(words)
