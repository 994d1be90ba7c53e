"""The public feeds that calendar programs fetch: no cookie, and 304 before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from kwartaal import clock
from kwartaal.blueprints.calendar.choosing import base_url
from kwartaal.blueprints.calendar.routes import bp
from kwartaal.conditional import feed_response
from kwartaal.db import db
from kwartaal.feeds.addresses import of_selection
from kwartaal.feeds.calendars import (
    composed_calendar,
    meeting_calendar,
    municipality_calendar,
    public_calendar,
)
from kwartaal.feeds.selection import (
    ITEMS,
    NO,
    Selection,
    UnknownChoice,
    known_part,
    read_selection,
    wants_items,
)
from kwartaal.ical import Calendar, write
from kwartaal.models.feeds import (
    FeedState,
    composed_state,
    find_public_meeting,
    find_public_series,
    meeting_state,
    municipality_state,
    public_series,
    public_state,
    series_state,
)
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import find_organisation
from kwartaal.permissions import public
from kwartaal.sessions import ignores_session


class Overtaken(Exception):
    """Something changed while a feed was made, so it is not that of the state that was read."""


@bp.get("/kalender/openbaar.ics", provide_automatic_options=False)
@public
@ignores_session
def everything() -> Response:
    return _answer(
        "openbaar", public_state, lambda state: public_calendar(base_url(), clock.today(), state)
    )


@bp.get("/kalender/reeks/<slug>.ics", provide_automatic_options=False)
@public
@ignores_session
def of_series(slug: str) -> Response:
    def calendar(state: FeedState) -> Calendar:
        series = find_public_series(slug) or abort(404)
        return public_calendar(base_url(), clock.today(), state, series)

    return _answer("reeks", partial(series_state, slug), calendar)


@bp.get("/kalender/gemeente/<slug>.ics", provide_automatic_options=False)
@public
@ignores_session
def of_municipality(slug: str) -> Response:
    def calendar(state: FeedState) -> Calendar:
        municipality = find_organisation(slug) or abort(404)
        return municipality_calendar(municipality, base_url(), clock.today(), state)

    return _answer("gemeente", partial(municipality_state, slug), calendar)


@bp.get("/kalender/samengesteld.ics", provide_automatic_options=False)
@public
@ignores_session
def composed() -> Response | Redirect:
    """What else asks for the same has another form of this address, and is led to it.

    A value that nothing has is refused: with a feed of something else nobody would notice. Names
    that nothing has are others' (decision "Public feeds").
    """
    asked = known_part(request.query_string.decode("latin-1"))
    chosen = _chosen(asked)
    if asked != chosen.query:
        return redirect("?".join(filter(None, (request.path, chosen.query))), 301)

    def calendar(state: FeedState) -> Calendar:
        series = public_series(chosen.series)
        return composed_calendar(chosen, series, base_url(), clock.today(), state)

    return _answer(f"samen {chosen.query}", partial(composed_state, chosen.series), calendar)


@bp.get("/kalender/bijeenkomst/<slug>.ics", provide_automatic_options=False)
@public
@ignores_session
def of_meeting(slug: str) -> Response:
    """With its programme, or the meeting alone; an address it had before leads to that of now."""
    with_items = _with_items()

    def read() -> FeedState:
        return meeting_state(slug) or abort(_new_address(_public_meeting(slug), with_items))

    def calendar(_state: FeedState) -> Calendar:
        return meeting_calendar(_public_meeting(slug), base_url(), with_items)

    return _answer("bijeenkomst" if with_items else "bijeenkomst-alleen", read, calendar)


def _answer(
    feed: str, read: Callable[[], FeedState | None], calendar: Callable[[FeedState], Calendar]
) -> Response:
    """A public feed; `feed` names it among all.

    What was made between two equal states is of that state: every change raises a revision.
    """
    state = read() or abort(404)

    def render() -> bytes:
        content = write(calendar(state))
        if read() != state:
            raise Overtaken
        return content

    try:
        key = f"{feed} {base_url()} {state.key}"
        return feed_response(key, state.changed_at, render, private=False)
    except Overtaken:
        db.session.rollback()
        return _answer(feed, read, calendar)


def _chosen(asked: str) -> Selection:
    try:
        chosen = read_selection(asked)
    except UnknownChoice:
        abort(400)
    if of_selection(chosen, base_url()).is_too_long:
        abort(400)
    return chosen


def _with_items() -> bool:
    try:
        return wants_items(request.args.getlist(ITEMS) if request.query_string else ())
    except UnknownChoice:
        abort(400)


def _public_meeting(slug: str) -> Meeting:
    return find_public_meeting(slug, clock.today()) or abort(404)


def _new_address(meeting: Meeting, with_items: bool) -> Redirect:
    """301, which the oldest calendar programs follow too."""
    said = None if with_items else NO
    return redirect(url_for(".of_meeting", slug=meeting.slug, onderdelen=said), 301)
