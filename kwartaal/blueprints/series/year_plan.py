"""The vooraankondiging: the dates of a series for a year, made known with one form."""

from __future__ import annotations

import hashlib

from flask import abort, flash, redirect, request, url_for
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
from kwartaal.forms import form_page, preview_page, refusals_at, say_refused
from kwartaal.models.meeting import Meeting
from kwartaal.models.series import Series
from kwartaal.models.venue import all_venues
from kwartaal.models.visibility import preparable_series
from kwartaal.models.year_list import days_taken, planned_meetings, years_of_series
from kwartaal.permissions import Permission, requires, signed_in_person, viewer


@bp.route("/beheer/reeksen/<slug>/vooraankondiging/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def announce_year(slug: str) -> str | tuple[str, int] | Response:
    """First the form, then the dates to confirm; all or nothing, and the same form once."""
    statement = preparable_series(viewer(), clock.today()).where(Series.slug == slug)
    series = db.session.scalars(statement).one_or_none() or abort(404)
    form = YearPlanForm(series, all_venues())
    if form.validate_on_submit() and "change" not in request.form:
        days, key = form.planned(), form.key.data
        before = year_plan.made_before(key, ROWS)
        if before:
            _say_sent_before(before, days)
            return redirect(url_for("preparing.index"), 303)
        title, taken, now = form.title.data, days_taken(series.id), clock.now()
        for refusal in year_plan.wrong_days(days, taken, now):
            say_refused(form, refusal)
        if not form.errors:
            with refusals_at(form):
                actor, seen = signed_in_person(), _fingerprint(title, days)
                made = year_plan.announce_days(series, title, days, taken, key, actor, now)
                if form.seen.data == seen:
                    db.session.commit()
                    _say_announced(len(made))
                    return redirect(url_for("preparing.index"), 303)
                db.session.rollback()
                return preview_page("series/year_plan_preview.html", form, seen, **_about(series))
    form.seen.data = ""
    return form_page("series/year_plan.html", form, **_about(series))


def _about(series: Series) -> dict[str, object]:
    """The series, what it has planned, and the years of which there is a list."""
    known = planned_meetings(series.id, clock.now())
    years = years_of_series(viewer(), clock.today(), series.slug)
    return {"series": series, "known": known, "years": years}


def _fingerprint(title: str, days: list[PlannedDay]) -> str:
    """Of what the page before showed; another one when any of it is otherwise."""
    said = [
        (one.when.starts_at.isoformat(), one.when.ends_at.isoformat(),
         one.when.venue.slug if one.when.venue else "")
        for one in days
    ]  # fmt: skip
    return hashlib.sha256(repr((title, said)).encode()).hexdigest()


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
