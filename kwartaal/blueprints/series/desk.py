"""The desk's pages about series: those of the region, and of bodies the clerk is a member of."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import exists, func, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.series.forms import NewSeriesForm, SeriesForm, data_of
from kwartaal.blueprints.series.routes import bp
from kwartaal.db import db
from kwartaal.domain import series as rules
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.series import Purpose, Series
from kwartaal.models.usage import is_asked_for
from kwartaal.models.visibility import own_bodies, preparable_meetings, preparable_series
from kwartaal.permissions import Permission, requires, viewer

Answer = str | tuple[str, int] | Response


@bp.get("/beheer/reeksen/")
@requires(Permission.MANAGE_MEETINGS)
def index() -> str:
    statement = preparable_series(viewer(), clock.today()).options(selectinload(Series.purposes))
    listed = list(db.session.scalars(statement))
    return render_template("series/index.html", listed=listed, counts=_counts(listed))


@bp.route("/beheer/reeksen/nieuw/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def new() -> Answer:
    form = NewSeriesForm(list(db.session.scalars(own_bodies(viewer(), clock.today()))))
    if form.validate_on_submit():
        with refusals_at(form):
            series = rules.add(form.about(), form.chosen_body(), _everything())
            db.session.add(series)
            db.session.commit()
            flash(_("Reeks ‘%(name)s’ is bewaard.", name=series.name))
            return redirect(url_for(".index"), 303)
    return form_page("series/form.html", form, series=None)


@bp.route("/beheer/reeksen/<slug>/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def edit(slug: str) -> Answer:
    statement = preparable_series(viewer(), clock.today()).where(Series.slug == slug)
    series = db.session.scalars(statement).one_or_none() or abort(404)
    form = SeriesForm(series.body_id is not None, data=data_of(series))
    if form.validate_on_submit():
        with refusals_at(form):
            rules.change(series, form.about(), _everything(), _in_use, clock.now())
            db.session.commit()
            flash(_("Reeks ‘%(name)s’ is bewaard.", name=series.name))
            return redirect(url_for(".index"), 303)
    return form_page("series/form.html", form, series=series, newest=_newest(series))


def _newest(series: Series) -> Meeting | None:
    """The last meeting of a series with a programme: the example for the next one."""
    has_items = exists().where(ProgrammeItem.meeting_id == Meeting.id)
    latest_first = (Meeting.starts_at.desc(), Meeting.id.desc())
    statement = preparable_meetings(viewer(), clock.today()).order_by(*latest_first).limit(1)
    return db.session.scalars(
        statement.where(Meeting.series_id == series.id, has_items)
    ).one_or_none()


def _everything() -> list[Series]:
    """Also what the clerk does not see: a name or address in use is in use."""
    return list(db.session.scalars(select(Series)))


def _in_use(purpose: Purpose) -> bool:
    return is_asked_for(purpose.id)


def _counts(listed: list[Series]) -> dict[int, int]:
    """How many meetings each series has."""
    statement = (
        select(Meeting.series_id, func.count())
        .where(Meeting.series_id.in_([series.id for series in listed]))
        .group_by(Meeting.series_id)
    )
    return {series_id: count for series_id, count in db.session.execute(statement)}
