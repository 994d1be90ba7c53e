"""What readers find after a meeting, on pages of its own."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from kwartaal import clock
from kwartaal.domain.council_summaries import summarise
from kwartaal.models.afterwards import read_afterwards
from kwartaal.models.attendance_figures import per_audience
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.meeting_report import final_reports
from kwartaal.models.people_list import PeopleScope
from kwartaal.permissions import held_meeting, public, readable_council, signed_in, viewer

bp = Blueprint("afterwards", __name__)


@bp.get("/bijeenkomsten/<slug>/terugkoppeling/<municipality>/")
@signed_in
def council(slug: str, municipality: str) -> str:
    """For the council of one municipality; of others the page does not exist."""
    meeting, published = held_meeting(slug)
    of = readable_council(meeting, municipality)
    attendance = Attendance(meeting, PeopleScope(frozenset({of.id})))
    return render_template(
        "afterwards/council.html",
        meeting=meeting,
        published=published,
        municipality=of,
        summary=summarise(per_audience(attendance)),
    )


@bp.get("/bijeenkomsten/<slug>/verslag/")
@public
def report(slug: str) -> str:
    return _report_page(slug, None)


@bp.get("/bijeenkomsten/<slug>/verslag/versie/<int(max=9999):number>/")
@public
def report_version(slug: str, number: int) -> str:
    return _report_page(slug, number)


@bp.get("/bijeenkomsten/<slug>/vlugschrift/")
@public
def recap(slug: str) -> str:
    meeting, published = held_meeting(slug)
    after = read_afterwards(meeting, published, viewer(), clock.today())
    if after.recap is None:
        abort(404)
    return render_template(
        "afterwards/recap.html", meeting=meeting, published=published, after=after
    )


def _report_page(slug: str, number: int | None) -> str:
    """A final version, the newest when none is asked for; drafts are not there."""
    meeting, published = held_meeting(slug)
    finals = final_reports(meeting.id)
    shown = next((one for one in finals if number in (None, one.number)), None)
    if shown is None:
        abort(404)
    return render_template(
        "afterwards/report.html", meeting=meeting, published=published, shown=shown, finals=finals
    )
