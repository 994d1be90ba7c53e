"""The agenda as published, now and in earlier versions, with what each version changed."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from kwartaal import clock
from kwartaal.change_lines import lines_of
from kwartaal.domain.version_changes import changes_in
from kwartaal.models.meeting import Meeting
from kwartaal.models.publication import listed_versions
from kwartaal.models.published import PublishedMeeting, load_published, load_version
from kwartaal.permissions import public, viewer, visible_meeting

bp = Blueprint("agenda", __name__)


@bp.get("/bijeenkomsten/<slug>/agenda/")
@public
def show(slug: str) -> str:
    meeting = visible_meeting(slug)
    return _page(meeting, load_published(meeting, viewer(), clock.today()))


@bp.get("/bijeenkomsten/<slug>/agenda/versie/<int(max=9999):number>/")
@public
def version(slug: str, number: int) -> str:
    meeting = visible_meeting(slug)
    return _page(meeting, load_version(meeting, number, viewer(), clock.today()))


def _page(meeting: Meeting, published: PublishedMeeting | None) -> str:
    if published is None:
        abort(404)
    versions = [one for one in listed_versions(meeting.id) if one.number]
    standing = [one.number for one in versions if not one.is_retracted]
    changes = changes_in(meeting, published.number, viewer(), clock.today())
    return render_template(
        "agenda/show.html",
        meeting=meeting,
        published=published,
        versions=versions,
        shown=next((one for one in versions if one.number == published.number), None),
        latest=standing[0] if standing else 0,
        changes=lines_of(changes),
    )
