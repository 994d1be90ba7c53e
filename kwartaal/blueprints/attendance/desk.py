"""The attendance lists, one meeting's list, and marking who is there."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kwartaal import clock
from kwartaal.blueprints.attendance.forms import SearchForm
from kwartaal.blueprints.attendance.sight import attendance_at, seen
from kwartaal.blueprints.attendance.words import comes_from, workshops_of
from kwartaal.db import db
from kwartaal.domain import attendance as rules
from kwartaal.domain.attendance import Mark
from kwartaal.domain.refusals import Refused
from kwartaal.fields import KeyField, KwartaalForm
from kwartaal.filters import PAGE_PARAMETER
from kwartaal.models import listed
from kwartaal.models.attendance_figures import count
from kwartaal.models.attendance_list import Attendance, find_on_list
from kwartaal.models.published import load_latest
from kwartaal.permissions import Permission, requires, signed_in_person, viewer
from kwartaal.translations import sentence

bp = Blueprint("attendance", __name__)
bp.add_app_template_filter(comes_from)
bp.add_app_template_filter(workshops_of)

LIST = "/beheer/bijeenkomsten/<slug>/aanwezigheid"
NARROWING = ("zoek", "onderdeel", "doelgroep", "stand", PAGE_PARAMETER)


class MarkForm(KwartaalForm):
    """The key of the button, so that pressing it twice is one mark."""

    key = KeyField()


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
    here = seen(slug)
    form = SearchForm(request.args, published=here.published)
    form.validate()
    number = request.args.get(PAGE_PARAMETER, 1, type=int)
    only_speaking = here.attendance.only_speaking()
    return render_template(
        "attendance/show.html",
        here=here,
        form=form,
        page=here.attendance.page(form.search, number),
        speakers=[one for one in only_speaking if one.fits(form.search)],
        counters=count(here.attendance, only_speaking),
        searched=any(form.data.values()),
        narrowed=narrowed(),
        new_key=uuid.uuid4,
    )


@bp.get(f"{LIST}/")
@requires(Permission.SEE_ATTENDANCE)
def show_with_slash(slug: str) -> ResponseReturnValue:
    """The other pages about a meeting end in a slash."""
    meeting = attendance_at(slug).meeting
    return redirect(url_for(".show", slug=meeting.slug, **narrowed()), 308)


@bp.post(f"{LIST}/<uuid:who>")
@requires(Permission.MARK_ATTENDANCE)
def mark(slug: str, who: uuid.UUID) -> ResponseReturnValue:
    """`present` is 1 or 0. The script gets the row and the counters, a form the whole list."""
    attendance = attendance_at(slug)
    whom = find_on_list(attendance.meeting.id, who) or abort(404)
    in_background = "X-Kwartaal-Fragment" in request.headers
    try:
        said = Mark(MarkForm().key.data, signed_in_person(), _says_present())
        rules.mark(whom, said, clock.now())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        if in_background:  # the script then sends the form the normal way
            return "", 409
        flash(sentence(refusal), "error")
    if in_background:
        return _row(attendance, who)
    anchor = f"row-{who}"
    return redirect(url_for(".show", slug=slug, **narrowed(), _anchor=anchor), 303)


def narrowed() -> dict[str, Any]:
    """What the list is narrowed to, as it stands in the address."""
    return {name: request.args[name] for name in NARROWING if name in request.args}


def _row(attendance: Attendance, who: uuid.UUID) -> str:
    """The row as it is now, with the counters above the list."""
    return render_template(
        "attendance/row.html",
        meeting=attendance.meeting,
        attendee=attendance.find(who) or abort(404),
        published=load_latest(attendance.meeting),
        counters=count(attendance, attendance.only_speaking()),
        is_held=attendance.meeting.is_held(clock.now()),
        narrowed=narrowed(),
        new_key=uuid.uuid4,
    )


def _says_present() -> bool:
    said = request.form.get("present")
    return said == "1" if said in ("0", "1") else abort(400)
