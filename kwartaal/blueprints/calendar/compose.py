"""The page on which one composes a feed of one's own choice, and sees what is in it."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from kwartaal import clock
from kwartaal.blueprints.calendar.choosing import base_url, next_of
from kwartaal.blueprints.calendar.routes import bp
from kwartaal.feeds.addresses import of_selection
from kwartaal.feeds.calendars import composed_calendar, composed_name
from kwartaal.feeds.qr_code import qr_code
from kwartaal.feeds.selection import DEADLINES, ITEMS, KINDS, Selection, selection_of
from kwartaal.feeds.subscribing import Subscription
from kwartaal.ical import Event, title_of
from kwartaal.models.feeds import composed_state, public_series
from kwartaal.models.listed import series_of
from kwartaal.models.organisation import OrganisationKind, all_organisations
from kwartaal.models.visibility import OUTSIDER, visible_meetings
from kwartaal.permissions import public

NEXT = 8  # events
KIND_LABELS = {
    "plenair": _l("Plenaire delen"),
    "ronde": _l("Rondes"),
    "workshop": _l("Workshops"),
    "lunch": _l("Lunch"),
    "borrel": _l("Borrel"),
    "pauze": _l("Pauzes"),
}


@bp.get("/kalender/samenstellen")
@public
def compose() -> str:
    """What an old address asks for and is not there any more is left out of the choice."""
    series = series_of(visible_meetings(OUTSIDER, clock.today()))
    chosen = _choice({slug for slug, _name in series})
    address = of_selection(chosen, base_url())
    subscription = Subscription(composed_name(public_series(chosen.series)), address)
    coming = _next_events(chosen)
    return render_template(
        "calendar/compose.html",
        series=series,
        kinds=KIND_LABELS,
        chosen=chosen,
        subscription=subscription,
        qr=qr_code(subscription.device),
        municipalities=all_organisations(OrganisationKind.MUNICIPALITY),
        events=[(event, title_of(event)) for event in coming[:NEXT]],
        more=len(coming) > NEXT,
    )


def _choice(known: set[str]) -> Selection:
    asked = request.args
    return selection_of(
        [slug for slug in asked.getlist("reeks") if slug in known],
        [kind for kind in asked.getlist("soort") if kind in KINDS],
        asked.getlist(ITEMS),
        asked.getlist(DEADLINES),
    )


def _next_events(chosen: Selection) -> list[Event]:
    """What comes first in a calendar with this feed; one more than are shown."""
    state, now = composed_state(chosen.series), clock.now()
    if state is None:
        return []
    series = public_series(chosen.series)
    events = composed_calendar(chosen, series, base_url(), clock.today(), state).events
    return next_of(events, now, NEXT)
