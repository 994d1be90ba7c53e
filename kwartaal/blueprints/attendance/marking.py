"""Noting who is there, who is late, left or excused; and what was noted of one person."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError, NoResultFound

from kwartaal import clock
from kwartaal.blueprints.attendance.desk import LIST, RESULTS, back_to_list, bp, narrowed
from kwartaal.blueprints.attendance.forms import DeviceForm, MarkForm, NoteForm
from kwartaal.blueprints.attendance.sight import Seen, attendance_at, marked_item, seen
from kwartaal.blueprints.attendance.words import coded
from kwartaal.db import db
from kwartaal.domain import attendance as rules
from kwartaal.domain.attendance import Mark
from kwartaal.domain.presence import counting
from kwartaal.domain.refusals import Refused, SaidAlready
from kwartaal.forms import CHANGED_MEANWHILE, form_page, refusals_at
from kwartaal.models.attendance import (
    NOTHING_KNOWN,
    AttendanceMark,
    MarkKind,
    marks_in_all_lists,
)
from kwartaal.models.attendance_list import find_on_list
from kwartaal.models.attendee import Attendee
from kwartaal.models.programme import Speaker
from kwartaal.models.published import load_published
from kwartaal.models.registration import Registration, RegistrationState
from kwartaal.permissions import Permission, requires, signed_in_person
from kwartaal.sessions import current_session
from kwartaal.translations import sentence

PERSON = f"{LIST}/<uuid:who>"


@bp.post(PERSON)
@requires(Permission.MARK_ATTENDANCE)
def mark(slug: str, who: uuid.UUID) -> ResponseReturnValue:
    """One button of the list. The script gets the list as it is after it, a form the page."""
    meeting = attendance_at(slug).meeting
    whom = find_on_list(meeting.id, who) or abort(404)
    form = MarkForm()
    item = marked_item(load_published(meeting))
    said = said_here(form.key.data, form.kind, item.id if item else None, seen=form.seen.mark)
    try:
        _say(whom, said)
        db.session.commit()
    except (Refused, IntegrityError, NoResultFound) as refusal:
        db.session.rollback()
        if request.headers.get("X-Kwartaal-Fragment") == RESULTS:
            return "", 409  # the script then sends the form the normal way
        words = sentence(refusal) if isinstance(refusal, Refused) else _(CHANGED_MEANWHILE)
        if isinstance(refusal, SaidAlready):
            # Without the name on top: its button would undo what somebody else said.
            flash(words)
            return redirect(url_for(".show", slug=slug, **narrowed()), 303)
        flash(words, "error")
    return back_to_list(slug, who)


@bp.get(PERSON)
@requires(Permission.MARK_ATTENDANCE)
def person(slug: str, who: uuid.UUID) -> ResponseReturnValue:
    here = seen(slug)
    whom = find_on_list(here.meeting.id, who) or abort(404)
    return _person_page(here, whom, _note_form(here, who, formdata=None))


@bp.post(f"{PERSON}/noteren")
@requires(Permission.MARK_ATTENDANCE)
def note(slug: str, who: uuid.UUID) -> ResponseReturnValue:
    """Anything that can be said of somebody, also what happened earlier that day."""
    here = seen(slug)
    item = marked_item(here.published)
    whom = find_on_list(here.meeting.id, who) or abort(404)
    form = _note_form(here, who)
    if form.validate():
        with refusals_at(form):
            item_id, kind = item.id if item else None, MarkKind(str(form.said.data))
            said = said_here(form.key.data, kind, item_id, form.happened_at, form.seen.mark)
            rules.mark(whom, replace(said, knows_all=True), clock.now())
            db.session.commit()
            flash(_("Dit is genoteerd."))
            return redirect(url_for(".person", slug=slug, who=who, **narrowed()), 303)
    return _person_page(here, find_on_list(here.meeting.id, who) or abort(404), form)


@bp.post(f"{LIST}/apparaat")
@requires(Permission.MARK_ATTENDANCE)
def name_device(slug: str) -> ResponseReturnValue:
    """Kept with the session, so that marks say from which door they came."""
    meeting, form = attendance_at(slug).meeting, DeviceForm()
    if form.validate():
        current_session().device_name = form.name.data
        db.session.commit()
        flash(_("Wat u noteert, krijgt de naam van dit apparaat erbij."))
    else:
        flash(form.name.errors[0], "error")
    return redirect(url_for(".show", slug=meeting.slug, **narrowed()), 303)


def said_here(
    key: uuid.UUID,
    kind: MarkKind,
    item_id: int | None = None,
    moment: datetime | None = None,
    seen: uuid.UUID | None = None,
) -> Mark:
    """What the visitor says, on this device."""
    device = current_session().known_as
    return Mark(key, signed_in_person(), kind, item_id, device, moment, seen)


def _say(whom: Registration | Speaker, said: Mark) -> None:
    """Who withdrew and comes after all is let in as a walk-in, as whom they would have come."""
    comes = said.kind == MarkKind.ARRIVED and "after_all" in request.form
    if comes and isinstance(whom, Registration) and whom.state == RegistrationState.WITHDRAWN:
        rules.let_in(whom.meeting, whom.person, None, said, clock.now())
    else:
        rules.mark(whom, said, clock.now())


def _note_form(here: Seen, who: uuid.UUID, **kwargs: Any) -> NoteForm:
    return NoteForm(here.attendance.day, is_late=_attendee(here, who).is_late, **kwargs)


def _person_page(here: Seen, whom: Registration | Speaker, form: NoteForm) -> ResponseReturnValue:
    published, attendee = here.published, _attendee(here, whom.public_id)
    form.seen.data = attendee.marked or ""  # after a refusal the page shows what was said meanwhile
    return form_page(
        "attendance/person.html",
        form,
        here=here,
        attendee=attendee,
        history=_with_undone(marks_in_all_lists(whom, here.meeting.id)),
        lists={one.id: coded(one, published) for one in published.all_items} if published else {},
        narrowed=narrowed(),
        new_key=uuid.uuid4,
    )


def _attendee(here: Seen, key: uuid.UUID) -> Attendee:
    """As the list has the person; in the list of a part also who is on that of the meeting."""
    found = here.attendance.find(key)
    if found is None:
        elsewhere = here.whole.find(key) or abort(404)
        found = replace(elsewhere, marked=None, **NOTHING_KNOWN._asdict())
    return found


def _with_undone(marks: list[AttendanceMark]) -> list[tuple[AttendanceMark, bool]]:
    """Newest first, each with whether it was taken back."""
    lists = {mark.item_id for mark in marks}
    live = [
        mark for item_id in lists for mark in counting([m for m in marks if m.item_id == item_id])
    ]
    return [(one, one.said != MarkKind.UNDONE and one not in live) for one in reversed(marks)]
