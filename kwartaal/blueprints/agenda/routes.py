"""The agenda as published, now and in earlier versions, with what each version changed."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from kwartaal import clock
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import PublishedMeeting, load_published
from kwartaal.permissions import public, viewer, visible_meeting
from kwartaal.version_history import history_of, readable_version

bp = Blueprint("agenda", __name__)


@bp.get("/bijeenkomsten/<slug>/agenda/")
@public
def show(slug: str) -> str:
    meeting = visible_meeting(slug)
    return _page(meeting, load_published(meeting, viewer(), clock.today()) or abort(404))


@bp.get("/bijeenkomsten/<slug>/agenda/versie/<int(max=9999):number>/")
@public
def version(slug: str, number: int) -> str:
    meeting = visible_meeting(slug)
    return _page(meeting, readable_version(meeting, number, "agenda.show"))


def _page(meeting: Meeting, published: PublishedMeeting) -> str:
    history = history_of(meeting, published.number)
    return render_template(
        "agenda/show.html", meeting=meeting, published=published, history=history
    )
