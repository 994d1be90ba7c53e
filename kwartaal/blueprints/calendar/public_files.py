"""The public feeds that calendar programs fetch: no cookie, and 304 before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Response, abort, current_app, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from kwartaal import clock
from kwartaal.blueprints.calendar.routes import bp
from kwartaal.conditional import feed_response
from kwartaal.db import db
from kwartaal.feeds.calendars import meeting_calendar, public_calendar
from kwartaal.ical import Calendar, write
from kwartaal.models.feeds import (
    FeedState,
    find_public_meeting,
    find_public_series,
    meeting_state,
    public_state,
    series_state,
)
from kwartaal.models.meeting import Meeting
from kwartaal.permissions import public
from kwartaal.sessions import ignores_session


class Overtaken(Exception):
    """Something changed while a feed was made, so it is not that of the state that was read."""


@bp.get("/kalender/openbaar.ics")
@public
@ignores_session
def everything() -> Response:
    return _answer(
        "openbaar", public_state, lambda state: public_calendar(_base_url(), clock.today(), state)
    )


@bp.get("/kalender/reeks/<slug>.ics")
@public
@ignores_session
def of_series(slug: str) -> Response:
    def calendar(state: FeedState) -> Calendar:
        today = clock.today()
        series = find_public_series(slug, today) or abort(404)
        return public_calendar(_base_url(), today, state, series)

    return _answer("reeks", partial(series_state, slug), calendar)


@bp.get("/kalender/bijeenkomst/<slug>.ics")
@public
@ignores_session
def of_meeting(slug: str) -> Response:
    """An address the meeting had before leads to the one it has now."""

    def read() -> FeedState:
        return meeting_state(slug) or abort(_new_address(_public_meeting(slug)))

    return _answer(
        "bijeenkomst", read, lambda state: meeting_calendar(_public_meeting(slug), _base_url())
    )


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
        key = f"{feed} {_base_url()} {state.key}"
        return feed_response(key, state.changed_at, render, private=False)
    except Overtaken:
        db.session.rollback()
        return _answer(feed, read, calendar)


def _public_meeting(slug: str) -> Meeting:
    return find_public_meeting(slug, clock.today()) or abort(404)


def _new_address(meeting: Meeting) -> Redirect:
    """301, which the oldest calendar programs follow too."""
    return redirect(url_for(".of_meeting", slug=meeting.slug), 301)


def _base_url() -> str:
    base_url: str = current_app.config["BASE_URL"]
    return base_url
