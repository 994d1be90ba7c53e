"""The attendance lists: the meetings that have one, and one meeting's list as it stands now."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.attendance.candidates import SHORTEST, Candidate, candidates
from kwartaal.blueprints.attendance.forms import NOBODYS, DeviceForm, SearchForm
from kwartaal.blueprints.attendance.sight import Seen, attendance_at, seen
from kwartaal.blueprints.attendance.words import comes_from, said_in_words, workshops_of
from kwartaal.filters import AUDIENCES
from kwartaal.models import listed
from kwartaal.models.attendance_counters import count, per_audience, per_organisation
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.attendance_search import AttendanceSearch
from kwartaal.models.attendee import Attendee
from kwartaal.models.pages import Page
from kwartaal.page_links import LATEST, PAGE_PARAMETER, asked_page
from kwartaal.permissions import Permission, requires, viewer
from kwartaal.sessions import current_session

bp = Blueprint("attendance", __name__)
for _filter in (comes_from, workshops_of, said_in_words):
    bp.add_app_template_filter(_filter)

LIST = "/beheer/bijeenkomsten/<slug>/aanwezigheid"
NARROWING = ("zoek", "onderdeel", "organisatie", "doelgroep", "stand", PAGE_PARAMETER)
RESULTS = "attendance-results"
FEW = 5


@bp.get("/beheer/aanwezigheid/")
@requires(Permission.SEE_ATTENDANCE)
def index() -> str:
    """The meetings whose list the visitor may see: coming, or over."""
    who, today, shown = viewer(), clock.today(), request.args.get("toon", "komend")
    meetings = listed.past(who, today) if shown == "geweest" else listed.coming(who, today)
    number = request.args.get(PAGE_PARAMETER, 1, type=int)
    page = listed.page_of(listed.seen_whole(meetings), who, clock.now(), number)
    return render_template("attendance/index.html", page=page, shown=shown)


@bp.get(LIST)
@requires(Permission.SEE_ATTENDANCE)
def show(slug: str) -> str:
    """The list; the script that narrows it while somebody types gets the part that changes."""
    here = seen(slug)
    organisations = per_organisation(here.attendance)
    form = SearchForm(request.args, published=here.published, organisations=organisations)
    form.validate()
    page = here.attendance.page(form.search, asked_page())
    only_speaking = here.attendance.only_speaking()
    in_background = request.headers.get("X-Kwartaal-Fragment") == RESULTS
    return render_template(
        "attendance/results.html" if in_background else "attendance/show.html",
        here=here,
        form=form,
        page=page,
        speakers=[one for one in only_speaking if one.fits(form.search)],
        counters=count(here.attendance, only_speaking),
        sums_by_organisation=[
            (name or NOBODYS, name or _("geen organisatie"), sums)
            for name, sums in organisations.items()
        ],
        sums_by_audience=[
            (group, AUDIENCES[group] if group else _("geen groep"), sums)
            for group, sums in per_audience(here.attendance).items()
        ],
        latest=_latest(here.attendance),
        others=_others(here, page, form.search.words),
        narrowed=narrowed(),
        device=DeviceForm(name=current_session().device_name),
        known_as=current_session().known_as,
        new_key=uuid.uuid4,
    )


@bp.get(f"{LIST}/")
@requires(Permission.SEE_ATTENDANCE)
def show_with_slash(slug: str) -> ResponseReturnValue:
    """The other pages about a meeting end in a slash."""
    meeting = attendance_at(slug).meeting
    return redirect(url_for(".show", slug=meeting.slug, **narrowed()), 308)


def narrowed() -> dict[str, Any]:
    """What the list is narrowed to, as it stands in the address."""
    return {name: request.args[name] for name in NARROWING if name in request.args}


def back_to_list(slug: str, latest: uuid.UUID) -> ResponseReturnValue:
    """The list as it was narrowed; on top whom something was noted about, with a button to undo."""
    kept = {**narrowed(), LATEST: latest}
    return redirect(url_for(".show", slug=slug, **kept, _anchor=LATEST), 303)


def _latest(attendance: Attendance) -> Attendee | None:
    key = request.args.get(LATEST, type=uuid.UUID)
    return attendance.find(key) if key else None


def _others(here: Seen, page: Page[Attendee], words: str) -> Sequence[Candidate]:
    """Whom the door may mean as well: not on the list, and known; only where few are on it."""
    if not here.may_mark or len(words) < SHORTEST or page.total > FEW:
        return ()
    if here.item is None:
        return [one for one in candidates(here.attendance, words, FEW) if one.attendee is None]
    found = here.whole.page(AttendanceSearch(words), 1).items
    in_list = {one.key for one in page.items}
    return [Candidate(one, None, []) for one in found if one.key not in in_list][:FEW]
