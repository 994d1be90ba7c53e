"""Somebody at the door who may not be registered: looked up first, then let in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.attendance.desk import LIST, MarkForm, bp
from kwartaal.blueprints.attendance.forms import VisitorForm, WordsForm
from kwartaal.blueprints.attendance.sight import attendance_at, seen
from kwartaal.db import db
from kwartaal.domain import attendance as rules
from kwartaal.domain.attendance import ComingAs, Mark
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.attendance_list import (
    Attendance,
    Attendee,
    find_on_list,
)
from kwartaal.models.attendance_search import AttendanceSearch
from kwartaal.models.people_list import EVERYBODY, PeopleSearch, find_seen, people_found
from kwartaal.models.person import Office, Person
from kwartaal.models.programme import Speaker
from kwartaal.models.registration import Registration
from kwartaal.permissions import Permission, requires, signed_in_person

MOST_FOUND = 20
SHORTEST = 2  # letters; one letter would list half the region


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the visitor: how the list has them, and as whom they could come."""

    attendee: Attendee | None
    person: Person | None
    offices: list[Office]

    @property
    def name(self) -> str:
        if self.person is not None:
            return self.person.list_name
        return self.attendee.list_name if self.attendee else ""


@bp.get(f"{LIST}/inloop")
@requires(Permission.MARK_ATTENDANCE)
def walk_in(slug: str) -> ResponseReturnValue:
    """Who is looked for stands in the address; a form for somebody new only after looking."""
    words = (request.args.get("zoek") or "").strip()[:100]
    return _page(slug, words, VisitorForm.for_name(words))


@bp.post(f"{LIST}/inloop")
@requires(Permission.MARK_ATTENDANCE)
def let_in_new(slug: str) -> ResponseReturnValue:
    meeting = attendance_at(slug).meeting
    form = VisitorForm()
    if form.validate():
        known = find_seen(form.key.data, EVERYBODY)
        if known is not None:  # the same form, sent a second time
            return _is_in(slug, known.full_name)
        with refusals_at(form):
            said = Mark(form.key.data, signed_in_person())
            person = rules.let_in_new(meeting, form.visitor, said, clock.now())
            db.session.commit()
            return _is_in(slug, person.full_name)
        form.told.data = form.name
    return _page(slug, form.name, form)


@bp.post(f"{LIST}/inloop/<uuid:who>")
@requires(Permission.MARK_ATTENDANCE)
def let_in(slug: str, who: uuid.UUID) -> ResponseReturnValue:
    """A person we know; whoever is on the list already is only marked."""
    attendance = attendance_at(slug)
    person = find_seen(who, EVERYBODY) or abort(404)
    with refusals_flashed():
        said = Mark(MarkForm().key.data, signed_in_person())
        part = _only_part(attendance, person)
        if part is not None:
            rules.mark(part, said, clock.now())
        else:
            rules.let_in(
                attendance.meeting, person, _coming_as(attendance, person), said, clock.now()
            )
        db.session.commit()
        return _is_in(slug, person.full_name)
    return redirect(url_for(".walk_in", slug=slug), 303)


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
    found = _candidates(here.attendance, words) if looked else []
    return form_page(
        "attendance/walk_in.html",
        form,
        here=here,
        words=WordsForm(data={"zoek": words}),
        looked=looked,
        found=found[:MOST_FOUND],
        more=len(found) > MOST_FOUND,
        new_key=uuid.uuid4,
    )


def _candidates(attendance: Attendance, words: str) -> list[Candidate]:
    """People whose name fits, and speakers we know by name alone."""
    search = people_found(EVERYBODY, PeopleSearch(words), clock.today()).limit(MOST_FOUND + 1)
    people = list(db.session.scalars(search))
    listed = attendance.of_people(person.id for person in people)
    named = [
        Candidate(one, None, [])
        for one in attendance.only_speaking()
        if one.person_id is None and one.fits(AttendanceSearch(words))
    ]
    known = [
        Candidate(listed.get(person.id), person, person.offices_on(attendance.day))
        for person in people
    ]
    return [*known, *named]


def _is_in(slug: str, name: str) -> ResponseReturnValue:
    flash(_("%(name)s staat op de lijst en is binnen.", name=name))
    return redirect(url_for(".walk_in", slug=slug), 303)
