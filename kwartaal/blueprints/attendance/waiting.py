"""Who waits for a place, and giving somebody one in any order."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.attendance.desk import bp
from kwartaal.blueprints.attendance.sight import attended_meeting, seen
from kwartaal.blueprints.attendance.words import coded
from kwartaal.db import db
from kwartaal.domain import places, registrations
from kwartaal.domain.attendance import check_takes_marks
from kwartaal.forms import refusals_flashed
from kwartaal.models.attendance_list import find_by_key
from kwartaal.models.programme import programme_of
from kwartaal.models.published import PublishedMeeting
from kwartaal.models.waiting_list import find_waiting_choice, waiting_lists
from kwartaal.permissions import Permission, requires

LISTS = "/beheer/bijeenkomsten/<slug>/wachtlijst"


@bp.get(LISTS)
@requires(Permission.MARK_ATTENDANCE)
def waiting_list(slug: str) -> str:
    here = seen(slug)
    lists = waiting_lists(here.meeting)
    items = [one for one in programme_of(here.meeting.id) if one.id in lists.for_items]
    return render_template(
        "attendance/waiting.html",
        here=here,
        lists=lists,
        items=items,
        titles=_titles(here.published),
        promotes=here.meeting.promotes(clock.now()),
    )


def _titles(published: PublishedMeeting | None) -> dict[int, str]:
    return {one.id: coded(one, published) for one in published.all_items} if published else {}


@bp.post(f"{LISTS}/<uuid:who>/plek")
@requires(Permission.MARK_ATTENDANCE)
def give_meeting_place(slug: str, who: uuid.UUID) -> ResponseReturnValue:
    """A place in the meeting, and in what was wished for as far as there is room."""
    meeting = attended_meeting(slug)
    registration = find_by_key(meeting.id, who) or abort(404)
    with refusals_flashed():
        check_takes_marks(meeting)
        registrations.give_meeting_place(registration, clock.now())
        db.session.commit()
        flash(_("%(name)s heeft een plek en krijgt bericht.", name=registration.person.full_name))
    return redirect(url_for(".waiting_list", slug=slug), 303)


@bp.post(f"{LISTS}/<uuid:item>/<uuid:who>/plek")
@requires(Permission.MARK_ATTENDANCE)
def give_place(slug: str, item: uuid.UUID, who: uuid.UUID) -> ResponseReturnValue:
    """A place in one part of the programme."""
    meeting = attended_meeting(slug)
    choice = find_waiting_choice(meeting, item, who) or abort(404)
    with refusals_flashed():
        check_takes_marks(meeting)
        places.give_place(choice, clock.now())
        db.session.commit()
        name = choice.registration.person.full_name
        flash(_("%(name)s heeft een plek en krijgt bericht.", name=name))
    return redirect(url_for(".waiting_list", slug=slug), 303)
