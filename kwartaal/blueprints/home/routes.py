"""The home page, in each state the next meeting can be in."""

from __future__ import annotations

from flask import Blueprint, render_template

from kwartaal import clock
from kwartaal.blueprints.home.openings import openings
from kwartaal.models.listed import coming_besides, find_next, listed, previous
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import PublishedMeeting, load_published
from kwartaal.models.registration import find_live_registration
from kwartaal.models.stage import is_today, stage_of
from kwartaal.permissions import public, viewer

bp = Blueprint("home", __name__)
MOST_OTHERS = 6


@bp.get("/")
@public
def show() -> str:
    who, today, now = viewer(), clock.today(), clock.now()
    meeting = find_next(who, today, now)
    published = load_published(meeting) if meeting else None
    if meeting is None or published is None:
        told: dict[str, object] = {"previous": listed(previous(who, today, now), who, now)}
    else:
        told = _next(meeting, published)
    others = listed(coming_besides(meeting, who, today, MOST_OTHERS), who, now)
    return render_template("home/show.html", others=others, **told)


def _next(meeting: Meeting, published: PublishedMeeting) -> dict[str, object]:
    """What the page tells about the next meeting."""
    who, now = viewer(), clock.now()
    stage = stage_of(meeting, now)
    return {
        "meeting": meeting,
        "published": published,
        "stage": stage,
        "now": now if is_today(meeting, now) else None,
        "registration": find_live_registration(meeting.id, who.person_id),
        "openings": openings(published) if stage.takes_registrations else [],
    }
