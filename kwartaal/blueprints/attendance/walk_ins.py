"""Somebody at the door who may not be registered: looked up first, then let in."""

from __future__ import annotations

import uuid

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kwartaal import clock
from kwartaal.blueprints.attendance.candidates import SHORTEST, candidates
from kwartaal.blueprints.attendance.desk import LIST, back_to_list, bp, narrowed
from kwartaal.blueprints.attendance.forms import MarkForm, VisitorForm, WordsForm
from kwartaal.blueprints.attendance.marking import said_here
from kwartaal.blueprints.attendance.sight import attendance_at, marked_item, seen
from kwartaal.db import db
from kwartaal.domain import attendance as rules
from kwartaal.domain.attendance import ComingAs, Mark
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.attendance import MarkKind
from kwartaal.models.attendance_list import Attendance, find_on_list
from kwartaal.models.people_list import EVERYBODY, find_seen
from kwartaal.models.person import Person
from kwartaal.models.programme import Speaker
from kwartaal.models.published import load_published
from kwartaal.models.registration import Registration
from kwartaal.permissions import Permission, requires

MOST_FOUND = 20
# Beside `zoek`, which would narrow the list that follows to whom was looked for.
LOOKED_FOR = "gezocht"


@bp.get(f"{LIST}/inloop")
@requires(Permission.MARK_ATTENDANCE)
def walk_in(slug: str) -> ResponseReturnValue:
    """Who is looked for stands in the address; a form for somebody new only after looking."""
    words = (request.args.get("zoek") or "").strip()[:100]
    return _page(slug, words, VisitorForm.for_name(words))


@bp.post(f"{LIST}/inloop")
@requires(Permission.MARK_ATTENDANCE)
def let_in_new(slug: str) -> ResponseReturnValue:
    attendance = attendance_at(slug)
    form = VisitorForm()
    if form.validate():
        known = find_seen(form.key.data, EVERYBODY)
        if known is not None:  # the same form, sent a second time
            return _back_to(attendance, known)
        with refusals_at(form):
            said = _came(form.key.data, attendance)
            came = rules.let_in_new(attendance.meeting, form.visitor, said, clock.now())
            latest = came.public_id
            db.session.commit()
            return back_to_list(slug, latest)
        form.told.data = form.name
    return _page(slug, form.name, form)


@bp.post(f"{LIST}/inloop/<uuid:who>")
@requires(Permission.MARK_ATTENDANCE)
def let_in(slug: str, who: uuid.UUID) -> ResponseReturnValue:
    """A person we know; whoever is on the list already is only marked."""
    attendance = attendance_at(slug)
    person = find_seen(who, EVERYBODY) or abort(404)
    with refusals_flashed():
        said = _came(MarkForm().key.data, attendance)
        part = _only_part(attendance, person)
        if part is not None:
            rules.mark(part, said, clock.now())
        else:
            coming_as = _coming_as(attendance, person)
            part = rules.let_in(attendance.meeting, person, coming_as, said, clock.now())
        latest = part.public_id
        db.session.commit()
        return back_to_list(slug, latest)
    return redirect(_looked_for(slug), 303)


def _back_to(attendance: Attendance, person: Person) -> ResponseReturnValue:
    """The list with the visitor on top, unless it was taken back meanwhile that they came."""
    slug, listed = attendance.meeting.slug, attendance.of_people([person.id]).get(person.id)
    if listed is None:
        return redirect(url_for(".show", slug=slug, **narrowed()), 303)
    return back_to_list(slug, listed.key)


def _came(key: uuid.UUID, attendance: Attendance) -> Mark:
    """To the meeting, or into the part whose list the visitor came from."""
    item = marked_item(load_published(attendance.meeting))
    return said_here(key, MarkKind.ARRIVED, item.id if item else None)


def _looked_for(slug: str) -> str:
    """Where the button was: on the page of walk-ins with what was looked for, or in the list."""
    kept = narrowed()
    if LOOKED_FOR not in request.args:
        return url_for(".show", slug=slug, **kept)
    return url_for(".walk_in", slug=slug, **{**kept, "zoek": request.args[LOOKED_FOR]})


def _only_part(attendance: Attendance, person: Person) -> Registration | Speaker | None:
    """The part of somebody who only speaks, and so is on the list without registering."""
    attendee = attendance.of_people([person.id]).get(person.id)
    if attendee is None or attendee.is_registered:
        return None
    return find_on_list(attendance.meeting.id, attendee.key)


def _coming_as(attendance: Attendance, person: Person) -> ComingAs | None:
    """The office that was chosen; else the only one; None when it stays as it was."""
    held = person.offices_on(attendance.day)
    chosen = request.form.get("office")
    office = next((one for one in held if str(one.public_id) == chosen), None)
    if office is None and len(held) == 1:
        office = held[0]
    return ComingAs.holder_of(office) if office else None


def _page(slug: str, words: str, form: VisitorForm) -> ResponseReturnValue:
    here = seen(slug)
    looked = len(words) >= SHORTEST
    found = candidates(here.whole, words, MOST_FOUND + 1) if looked else []
    part = {"onderdeel": here.item.public_id} if here.item else {}
    return form_page(
        "attendance/walk_in.html",
        form,
        here=here,
        words=WordsForm(data={"zoek": words}),
        looked=looked,
        found=found[:MOST_FOUND],
        more=len(found) > MOST_FOUND,
        narrowed={**part, LOOKED_FOR: words},
        new_key=uuid.uuid4,
    )
