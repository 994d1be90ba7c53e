"""What to do about a full workshop that people wait for: a larger room, or a second session."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.programme.desk import Answer, bp, find_item
from kwartaal.blueprints.programme.forms import heading_of
from kwartaal.blueprints.programme.more_room_forms import LargerRoomForm, SecondSessionForm
from kwartaal.db import db
from kwartaal.domain import larger_room, second_session
from kwartaal.domain.programme import Programme
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.room_use import Booking, held_elsewhere, hold_rooms
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, requires


@bp.route(
    "/beheer/bijeenkomsten/<slug>/programma/<uuid:key>/grotere-zaal/", methods=["GET", "POST"]
)
@requires(Permission.MANAGE_MEETINGS)
def larger(slug: str, key: uuid.UUID) -> Answer:
    """One choice moves or swaps the rooms and sets the maximum; who waits moves up."""
    meeting, programme, item = _load(slug, key)
    elsewhere = _elsewhere(meeting)
    form = LargerRoomForm(larger_room.offers(item, programme, elsewhere), item)
    if form.validate_on_submit():
        with refusals_at(form):
            waiting, offer = item.waiting, form.chosen()
            lowered = offer.lowered_to(item.room)
            larger_room.move(item, offer, form.maximum.data, programme, elsewhere, clock.now())
            moved_up = waiting - item.waiting
            db.session.commit()
            _say_moved(item, moved_up)
            if offer.swap_with is not None:
                _say_swapped(offer.swap_with, lowered)
            return _to_item(meeting, item)
    frame = meeting_frame(meeting)
    heading = heading_of(item, frame.draft.items)
    return form_page("programme/larger_room.html", form, frame=frame, item=item, heading=heading)


@bp.route(
    "/beheer/bijeenkomsten/<slug>/programma/<uuid:key>/tweede-sessie/", methods=["GET", "POST"]
)
@requires(Permission.MANAGE_MEETINGS)
def again(slug: str, key: uuid.UUID) -> Answer:
    """The workshop once more, as a draft; the same form sent twice makes one."""
    meeting, programme, item = _load(slug, key)
    elsewhere = _elsewhere(meeting)
    form = SecondSessionForm(second_session.slots(item, programme, elsewhere))
    made = next((one for one in programme if one.public_id == form.key.data), None)
    if form.is_submitted() and made is not None:
        return _to_item(meeting, made)
    if form.validate_on_submit():
        with refusals_at(form):
            second = second_session.add(item, form.chosen(), programme, form.key.data, elsewhere)
            db.session.add(second)
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard.", title=second.title))
            return _to_item(meeting, second)
    frame = meeting_frame(meeting)
    heading = heading_of(item, frame.draft.items)
    return form_page("programme/second_session.html", form, frame=frame, item=item, heading=heading)


def _load(slug: str, key: uuid.UUID) -> tuple[Meeting, Programme, ProgrammeItem]:
    """A workshop of the meeting; other parts of the day have no round to look in."""
    meeting, programme, item = find_item(slug, key)
    return (meeting, programme, item) if item.is_workshop else abort(404)


def _elsewhere(meeting: Meeting) -> list[Booking]:
    """Whoever only looks holds nobody up."""
    return hold_rooms(meeting) if request.method == "POST" else held_elsewhere(meeting)


def _say_moved(item: ProgrammeItem, moved_up: int) -> None:
    room = item.room.name if item.room else ""
    flash(_("‘%(title)s’ staat nu in zaal %(room)s.", title=item.title, room=room))
    if moved_up:
        words = ngettext(
            "%(num)s persoon van de wachtlijst heeft nu een plek.",
            "%(num)s mensen van de wachtlijst hebben nu een plek.",
            moved_up,
        )
        flash(words, "info")


def _say_swapped(other: ProgrammeItem, lowered: int | None) -> None:
    words = {"title": other.title, "room": other.room.name if other.room else ""}
    said = _("‘%(title)s’ gaat naar zaal %(room)s.", **words)
    if lowered is not None:
        fewer = ngettext("Daar is nu %(num)s plek.", "Daar zijn nu %(num)s plekken.", lowered)
        said = f"{said} {fewer}"
    flash(said, "info")


def _to_item(meeting: Meeting, item: ProgrammeItem) -> Response:
    here = url_for(".show", slug=meeting.slug, _anchor=f"item-{item.public_id}")
    return redirect(here, 303)
