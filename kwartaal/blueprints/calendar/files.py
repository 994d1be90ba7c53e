"""The .ics files that calendar programs fetch: no cookie, and 304 before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Response, abort, current_app, request

from kwartaal import clock
from kwartaal.blueprints.calendar.routes import bp
from kwartaal.conditional import feed_response, kept
from kwartaal.db import begin_writing, db
from kwartaal.feeds.calendars import meeting_calendar, public_calendar
from kwartaal.feeds.personal_calendar import personal_calendar
from kwartaal.feeds.programs import program_of
from kwartaal.feeds.tokens import find_by_token
from kwartaal.ical import Calendar, write
from kwartaal.models.calendar import CalendarFeed, note_fetched
from kwartaal.models.feeds import (
    FeedState,
    find_public_meeting,
    find_public_series,
    meeting_state,
    public_state,
)
from kwartaal.models.personal_feeds import personal_state
from kwartaal.permissions import public
from kwartaal.sessions import ignores_session

NOTED_EVERY = timedelta(hours=1)


@bp.get("/kalender/openbaar.ics")
@public
@ignores_session
def everything() -> Response:
    today, state = clock.today(), public_state()
    return _answer("openbaar", state, lambda: public_calendar(_base_url(), today, state))


@bp.get("/kalender/reeks/<slug>.ics")
@public
@ignores_session
def of_series(slug: str) -> Response:
    today = clock.today()
    series = find_public_series(slug, today)
    if series is None:
        abort(404)
    state = public_state()
    return _answer(
        f"reeks {series.id} {series.name}",
        state,
        lambda: public_calendar(_base_url(), today, state, series),
    )


@bp.get("/kalender/bijeenkomst/<slug>.ics")
@public
@ignores_session
def of_meeting(slug: str) -> Response:
    meeting = find_public_meeting(slug, clock.today())
    if meeting is None:
        abort(404)
    state = meeting_state(meeting)
    return _answer("bijeenkomst", state, lambda: meeting_calendar(meeting, _base_url()))


@bp.get("/kalender/persoonlijk/<token>.ics")
@public
@ignores_session
def of_person(token: str) -> Response:
    feed = find_by_token(token, current_app.config["SECRET_KEY"])
    if feed is None:
        abort(404)
    today, now = clock.today(), clock.now()
    state = personal_state(feed, today, now)
    response = feed_response(
        f"persoonlijk {_base_url()} {feed.id} {state.key}",
        state.changed_at,
        lambda: write(personal_calendar(feed, _base_url(), today, now, state)),
        private=True,
    )
    _note_fetch(feed)
    return response


def _answer(feed: str, state: FeedState, calendar: Callable[[], Calendar]) -> Response:
    """A public feed; `feed` names it among all."""
    key = f"{feed} {_base_url()} {state.key}"
    return feed_response(
        key, state.changed_at, lambda: kept(key, lambda: write(calendar())), private=False
    )


def _note_fetch(feed: CalendarFeed) -> None:
    """At most once an hour, in a short transaction of its own after everything was read."""
    now = clock.now()
    if feed.last_fetched_at is not None and now < feed.last_fetched_at + NOTED_EVERY:
        return
    feed_id, program = feed.id, program_of(request.user_agent.string)
    begin_writing()
    note_fetched(feed_id, program, now, not_after=now - NOTED_EVERY)
    db.session.commit()


def _base_url() -> str:
    base_url: str = current_app.config["BASE_URL"]
    return base_url
