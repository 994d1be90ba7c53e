"""The list of meetings, and the page of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request

from kwartaal import clock
from kwartaal.blueprints.meetings.narrowing import ListFilter, ProgrammeFilter
from kwartaal.change_lines import marks_of
from kwartaal.domain.version_changes import item_changes_since
from kwartaal.feeds.events import meeting_page
from kwartaal.models.afterwards import Afterwards, read_afterwards
from kwartaal.models.listed import page_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.moving import MeetingMove, latest_move
from kwartaal.models.published import PublishedMeeting, load_published
from kwartaal.models.registration import Registration, find_live_registration
from kwartaal.models.stage import is_today, stage_of
from kwartaal.permissions import public, viewer, visible_meeting
from kwartaal.structured_data import event_data
from kwartaal.version_history import history_of, readable_version

NEWS = timedelta(days=14)  # so long a version is news; after that everybody read it once

bp = Blueprint("meetings", __name__)


@bp.get("/bijeenkomsten/")
@public
def index() -> str:
    asked = ListFilter.of(request.args, viewer(), clock.today())
    number = request.args.get("pagina", 1, type=int)
    page = page_of(asked.meetings, viewer(), clock.now(), number)
    return render_template("meetings/index.html", page=page, asked=asked)


@bp.get("/bijeenkomsten/<slug>/")
@public
def show(slug: str) -> str:
    meeting = visible_meeting(slug)
    published = load_published(meeting, viewer(), clock.today())
    if published is None:
        abort(404)
    now = clock.now()
    registration = find_live_registration(meeting.id, viewer().person_id)
    asked = ProgrammeFilter.of(request.args, published, _chosen(registration))
    moved = latest_move(meeting.id)
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        published=published,
        stage=stage_of(meeting, now),
        now=now if is_today(meeting, now) else None,
        registration=registration,
        asked=asked,
        after=_after(meeting, published, now),
        marks=_marks(meeting, published, now),
        history=history_of(meeting, published.number),
        is_news=_is_news(published, now),
        before_move=moved.known_before(published) if moved and not meeting.is_held(now) else None,
        event_data=_event_data(meeting, published, moved),
    )


@bp.get("/bijeenkomsten/<slug>/programma/versie/<int(max=9999):number>/")
@public
def version(slug: str, number: int) -> str:
    """The programme of one version, as it was published."""
    meeting = visible_meeting(slug)
    published = readable_version(meeting, number, "meetings.show")
    history = history_of(meeting, number)
    return render_template(
        "meetings/version.html", meeting=meeting, published=published, history=history
    )


def _marks(meeting: Meeting, published: PublishedMeeting, now: datetime) -> dict[int, str]:
    """What to say at the parts that changed in the last two weeks, by id, until the end."""
    if not _is_news(published, now):
        return {}
    return marks_of(item_changes_since(meeting, published.number, now - NEWS))


def _is_news(published: PublishedMeeting, now: datetime) -> bool:
    """Whether the newest version is a change that not everybody has read yet."""
    since = published.published_at
    if published.number < 2 or since is None:
        return False
    return now <= min(since + NEWS, published.ends_at)


def _after(meeting: Meeting, published: PublishedMeeting, now: datetime) -> Afterwards | None:
    held = meeting.is_held(now)
    return read_afterwards(meeting, published, viewer(), clock.today()) if held else None


def _event_data(
    meeting: Meeting, published: PublishedMeeting, moved: MeetingMove | None
) -> dict[str, Any] | None:
    """What search engines read on the page."""
    before = moved.published_before.starts_at if moved else None
    page = meeting_page(meeting, current_app.config["BASE_URL"])
    return event_data(meeting, published, before, page)


def _chosen(registration: Registration | None) -> dict[int, str]:
    """What the visitor chose: the state of each choice by item."""
    live = registration.live_choices if registration else []
    return {choice.item_id: choice.state.value for choice in live}
