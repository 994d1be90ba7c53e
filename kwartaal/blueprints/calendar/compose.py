"""The page on which one composes a feed of one's own choice, and sees what is in it."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from kwartaal import clock
from kwartaal.blueprints.calendar.choosing import base_url
from kwartaal.blueprints.calendar.routes import bp
from kwartaal.feeds.addresses import of_municipality, of_selection
from kwartaal.feeds.calendars import composed_calendar
from kwartaal.feeds.selection import KINDS, Selection, selection_of
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
    municipalities = all_organisations(OrganisationKind.MUNICIPALITY)
    return render_template(
        "calendar/compose.html",
        series=series,
        kinds=KIND_LABELS,
        chosen=chosen,
        address=of_selection(chosen, base_url()),
        municipalities=[
            (one.name, of_municipality(one.slug, base_url())) for one in municipalities
        ],
        events=[(event, title_of(event)) for event in _next_events(chosen)],
    )


def _choice(known: set[str]) -> Selection:
    asked = request.args
    return selection_of(
        [slug for slug in asked.getlist("reeks") if slug in known],
        [kind for kind in asked.getlist("soort") if kind in KINDS],
        "onderdelen" in asked,
        "termijnen" in asked,
    )


def _next_events(chosen: Selection) -> list[Event]:
    """What comes first in a calendar with this feed."""
    state, now = composed_state(chosen.series), clock.now()
    if state is None:
        return []
    series = public_series(chosen.series)
    events = composed_calendar(chosen, series, base_url(), clock.today(), state).events
    coming = [event for event in events if event.ends_at > now]
    return sorted(coming, key=lambda event: (event.starts_at, event.uid))[:NEXT]
