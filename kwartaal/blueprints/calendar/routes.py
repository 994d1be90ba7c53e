"""The page with every address one may subscribe to, and the own secret one."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.db import db
from kwartaal.feeds import addresses
from kwartaal.models.calendar import CalendarFeed, ensure_feed, find_feed_of
from kwartaal.models.listed import series_of
from kwartaal.models.visibility import OUTSIDER, visible_meetings
from kwartaal.permissions import find_person, public, signed_in, signed_in_person

bp = Blueprint("calendar", __name__)


@bp.get("/kalender/")
@public
def show() -> str:
    person = find_person()
    feed = find_feed_of(person.id) if person else None
    base_url = current_app.config["BASE_URL"]
    series = series_of(visible_meetings(OUTSIDER, clock.today()))
    return render_template(
        "calendar/show.html",
        everything=addresses.of_everything(base_url),
        series=[(name, addresses.of_series(slug, base_url)) for slug, name in series],
        feed=feed,
        own=_own_address(feed) if feed else None,
    )


@bp.post("/kalender/adres")
@signed_in
def make_address() -> Response:
    ensure_feed(signed_in_person().id, clock.now())
    db.session.commit()
    flash(_("Uw agenda-adres is gemaakt."))
    return redirect(url_for(".show"), 303)


def _own_address(feed: CalendarFeed) -> addresses.Address:
    config = current_app.config
    return addresses.of_person(feed, config["BASE_URL"], config["SECRET_KEY"])
