"""The personal feed that calendar programs fetch: no cookie, and 304 before it is rendered."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, abort, current_app, request

from kwartaal import clock
from kwartaal.blueprints.calendar.choosing import base_url
from kwartaal.blueprints.calendar.routes import bp
from kwartaal.conditional import feed_response
from kwartaal.db import begin_writing, db
from kwartaal.feeds.personal_calendar import personal_calendar
from kwartaal.feeds.programs import program_of
from kwartaal.feeds.tokens import find_by_token
from kwartaal.ical import write
from kwartaal.models.calendar import CalendarFeed, note_fetched
from kwartaal.models.personal_feeds import personal_state
from kwartaal.permissions import public
from kwartaal.sessions import ignores_session

NOTED_EVERY = timedelta(hours=1)


@bp.get("/kalender/persoonlijk/<token>.ics", provide_automatic_options=False)
@public
@ignores_session
def of_person(token: str) -> Response:
    feed = find_by_token(token, current_app.config["SECRET_KEY"])
    if feed is None:
        abort(404)
    today, now = clock.today(), clock.now()
    state = personal_state(feed, today, now)
    response = feed_response(
        f"persoonlijk {base_url()} {feed.id} {state.key}",
        state.changed_at,
        lambda: write(personal_calendar(feed, base_url(), today, now, state)),
        private=True,
    )
    _note_fetch(feed)
    return response


def _note_fetch(feed: CalendarFeed) -> None:
    """At most once an hour, in a short transaction of its own after everything was read."""
    now = clock.now()
    if feed.last_fetched_at is not None and now < feed.last_fetched_at + NOTED_EVERY:
        return
    feed_id, program = feed.id, program_of(request.user_agent.string)
    begin_writing()
    note_fetched(feed_id, program, now, not_after=now - NOTED_EVERY)
    db.session.commit()
