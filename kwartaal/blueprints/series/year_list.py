"""The year list of a series: one page, made to be printed."""

from __future__ import annotations

from flask import abort, render_template

from kwartaal import clock
from kwartaal.blueprints.series.routes import bp
from kwartaal.models.listed import find_series
from kwartaal.models.year_list import year_of_series, years_of_series
from kwartaal.permissions import public, viewer


@bp.get("/reeksen/<slug>/jaar/<int:year>/")
@public
def year(slug: str, year: int) -> str:
    """What the visitor may see of a year; a year without anything to see does not exist."""
    who, today = viewer(), clock.today()
    series = find_series(who, today, slug)
    meetings = year_of_series(who, today, clock.now(), slug, year) if series else []
    if not meetings:
        abort(404)
    return render_template(
        "series/year.html",
        series=series,
        year=year,
        meetings=meetings,
        years=years_of_series(who, today, slug),
        today=today,
    )
