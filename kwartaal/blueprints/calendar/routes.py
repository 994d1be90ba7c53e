"""The page on which one chooses a calendar and puts it in a program."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.calendar.choosing import MOST_SHOWN, coming_in, offered
from kwartaal.db import db
from kwartaal.feeds.qr_code import qr_code
from kwartaal.models.calendar import ensure_feed, feeds_of
from kwartaal.permissions import find_person, public, signed_in, signed_in_person

bp = Blueprint("calendar", __name__)


@bp.get("/kalender/")
@public
def show() -> str:
    """What is asked for and not there (any more) is answered with what stands first."""
    person, today = find_person(), clock.today()
    feeds = feeds_of(person.id) if person else []
    calendars = offered(feeds, today)
    asked = request.args.get("kies")
    chosen = next((one for one in calendars if one.key == asked), calendars[0])
    coming = coming_in(chosen, today, clock.now())
    return render_template(
        "calendar/show.html",
        calendars=calendars,
        chosen=chosen,
        coming=coming[:MOST_SHOWN],
        more=len(coming) > MOST_SHOWN,
        qr=qr_code(chosen.subscription.device),
        fetched=any(feed.last_fetched_at for feed in feeds),
    )


@bp.post("/kalender/adres")
@signed_in
def make_address() -> Response:
    ensure_feed(signed_in_person().id, clock.now())
    db.session.commit()
    flash(_("Uw agenda-adres is gemaakt."))
    return redirect(url_for(".show"), 303)
