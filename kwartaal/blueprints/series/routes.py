"""A series: its next meetings and the earlier ones."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from kwartaal import clock
from kwartaal.models.feeds import find_public_series
from kwartaal.models.listed import coming, find_series, in_series, page_of, past
from kwartaal.models.year_list import years_of_series
from kwartaal.permissions import public, viewer

bp = Blueprint("series", __name__)


@bp.get("/reeksen/<slug>/")
@public
def show(slug: str) -> str:
    who, today, now = viewer(), clock.today(), clock.now()
    series = find_series(who, today, slug)
    if series is None:
        abort(404)
    number = request.args.get("pagina", 1, type=int)
    return render_template(
        "series/show.html",
        series=series,
        has_feed=find_public_series(slug) is not None,
        years=years_of_series(who, today, slug),
        coming=page_of(in_series(coming(who, today), slug), who, now, 1),
        past=page_of(in_series(past(who, today), slug), who, now, number),
    )
