"""The programme editor: the list of the day, with the form of one item opened in it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.programme.forms import KINDS, ItemForm, form_of, heading_of, new_form
from kwartaal.blueprints.programme.rows import rows_of
from kwartaal.db import db
from kwartaal.domain import ordering
from kwartaal.domain import programme as rules
from kwartaal.domain import programme_order as order
from kwartaal.domain.programme import Programme
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, programme_of
from kwartaal.models.room_use import Booking, hold_rooms
from kwartaal.models.usage import people_placed, use_of_item
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, allowed, meeting_to_prepare, requires

bp = Blueprint("programme", __name__)

Answer = str | tuple[str, int] | Response
# The words in the address of the form for something new.
WORDS = {
    "plenair": ItemKind.PLENARY,
    "ronde": ItemKind.ROUND,
    "workshop": ItemKind.WORKSHOP,
    "lunch": ItemKind.LUNCH,
    "borrel": ItemKind.DRINKS,
    "pauze": ItemKind.BREAK,
}
SIGN_UP = {
    ItemKind.LUNCH: SignUp.OPEN,
    ItemKind.DRINKS: SignUp.OPEN,
    ItemKind.WORKSHOP: SignUp.LIMITED,
}
USUAL_LENGTH = timedelta(hours=1)


@bp.get("/beheer/bijeenkomsten/<slug>/programma/")
@requires(Permission.MANAGE_MEETINGS)
def show(slug: str) -> str:
    meeting = meeting_to_prepare(slug)
    frame = meeting_frame(meeting)
    return render_template("programme/show.html", frame=frame, rows=rows_of(frame.draft))


@bp.route("/beheer/bijeenkomsten/<slug>/programma/nieuw/<word>/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def new(slug: str, word: str) -> Answer:
    """The form for something new; the same form sent twice makes one item."""
    meeting, kind = meeting_to_prepare(slug), WORDS.get(word) or abort(404)
    programme = programme_of(meeting.id)
    round_ = _round_asked_for(programme) if kind == ItemKind.WORKSHOP else None
    form = new_form(meeting, programme, kind, _suggested(meeting, programme, kind, round_))
    if form.validate_on_submit():
        if any(item.public_id == form.key.data for item in programme):
            return _to_list(meeting, form.key.data)
        with refusals_at(form):
            details, elsewhere = form.details(kind), hold_rooms(meeting)
            item = rules.add(meeting, details, programme, form.key.data, elsewhere)
            db.session.add(item)
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard.", title=item.title))
            return _to_list(meeting, item.public_id)
    frame = meeting_frame(meeting)
    return form_page(
        "programme/show.html",
        form,
        frame=frame,
        rows=rows_of(frame.draft),
        is_new=True,
        in_round=round_,
        heading=_("Nieuw: %(kind)s", kind=_name_of(kind)),
    )


@bp.route("/beheer/bijeenkomsten/<slug>/programma/<uuid:key>/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def edit(slug: str, key: uuid.UUID) -> Answer:
    meeting, programme, item = find_item(slug, key)
    form = form_of(item, programme)
    if form.validate_on_submit():
        with refusals_at(form):
            use, elsewhere = use_of_item(item.id), hold_rooms(meeting)
            details = form.details(item.kind)
            rules.change(item, details, programme, use, clock.now(), elsewhere)
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard.", title=item.title))
            return _to_list(meeting, key)
    frame = meeting_frame(meeting)
    return form_page(
        "programme/show.html",
        form,
        frame=frame,
        rows=rows_of(frame.draft),
        open_item=item,
        heading=heading_of(item, frame.draft.items),
        in_the_way=_in_the_way(form, item),
    )


@bp.post("/beheer/bijeenkomsten/<slug>/programma/<uuid:key>/verplaatsen")
@requires(Permission.MANAGE_MEETINGS)
def move(slug: str, key: uuid.UUID) -> Response:
    """To another place, from the place the page showed: a second click in time moves nothing.

    `to` is earlier, later, or before: then `before` is the key of an item, or empty for the end.
    """
    meeting, programme, item = find_item(slug, key)
    line = rules.in_order(rules.siblings(item, programme))
    if request.form.get("from", type=int) != line.index(item):
        flash(_("Dit onderdeel stond al op een andere plek. Er is niets verplaatst."), "info")
        return _to_list(meeting, key)
    with refusals_flashed():
        _move(item, programme, hold_rooms(meeting), request.form.get("to"))
        moved = rules.in_order(line)
        db.session.commit()
        if moved != line:
            flash(_where_now(item, moved))
    return _to_list(meeting, key)


@bp.post("/beheer/bijeenkomsten/<slug>/programma/<uuid:key>/verwijderen")
@requires(Permission.MANAGE_MEETINGS)
def remove(slug: str, key: uuid.UUID) -> Response:
    meeting, programme, item = find_item(slug, key)
    with refusals_flashed():
        rules.check_removable(item, programme, use_of_item(item.id))
        db.session.delete(item)
        db.session.commit()
        flash(_("‘%(title)s’ is weg uit het programma.", title=item.title))
        return _to_list(meeting)
    return redirect(url_for(".edit", slug=meeting.slug, key=key), 303)


def find_item(slug: str, key: uuid.UUID) -> tuple[Meeting, Programme, ProgrammeItem]:
    """The meeting, all its items, and one of them; 404 when it is not there (any more)."""
    meeting = meeting_to_prepare(slug)
    programme = programme_of(meeting.id)
    item = next((one for one in programme if one.public_id == key), None)
    if item is None:
        abort(404)
    return meeting, programme, item


def _move(
    item: ProgrammeItem, programme: Programme, elsewhere: Sequence[Booking], to: str | None
) -> None:
    if to in ("earlier", "later"):
        order.move(item, programme, elsewhere, earlier=to == "earlier")
    elif to == "before":
        order.move_before(item, _named_in_form(programme), programme, elsewhere)
    else:
        abort(400)


def _where_now(item: ProgrammeItem, line: Programme) -> str:
    """Before what an item of a line stands; the last one stands behind another."""
    following = ordering.neighbour(line, item, earlier=False)
    if following is not None:
        return str(_("‘%(title)s’ staat nu voor ‘%(other)s’.",
                     title=item.title, other=following.title))  # fmt: skip
    return str(_("‘%(title)s’ staat nu na ‘%(other)s’.", title=item.title, other=line[-2].title))


def _named_in_form(programme: Programme) -> ProgrammeItem | None:
    """The item that `before` names; 404 when it went meanwhile, None for the end."""
    if not request.form.get("before"):
        return None
    key = request.form.get("before", type=uuid.UUID)
    return next((one for one in programme if one.public_id == key), None) or abort(404)


def _in_the_way(form: ItemForm, item: ProgrammeItem) -> list[Person]:
    """Who have a place, when the maximum asked for is below their number."""
    asked = form.maximum.data if "maximum" in form else None
    if asked is None or asked >= item.taken or not allowed(Permission.SEE_ATTENDANCE):
        return []
    return people_placed(item.id)


def _to_list(meeting: Meeting, key: uuid.UUID | None = None) -> Response:
    anchor = f"item-{key}" if key else None
    return redirect(url_for(".show", slug=meeting.slug, _anchor=anchor), 303)


def _round_asked_for(programme: Programme) -> ProgrammeItem:
    """The round a new workshop is for: the one in the address, else the first."""
    rounds = rules.rounds_of(programme)
    wanted = request.args.get("ronde", type=uuid.UUID)
    found = [one for one in rounds if wanted in (None, one.public_id)]
    return found[0] if found else abort(404)


def _suggested(
    meeting: Meeting, programme: Programme, kind: ItemKind, round_: ProgrammeItem | None
) -> dict[str, object]:
    """After what stands there last; a workshop fills its round."""
    count = len(rules.rounds_of(programme)) + 1
    start, end = (round_.starts_at, round_.ends_at) if round_ else _next_hour(meeting, programme)
    titles = {ItemKind.ROUND: _("Workshopronde %(number)s", number=count)}
    if kind in (ItemKind.LUNCH, ItemKind.DRINKS, ItemKind.BREAK):
        titles[kind] = str(KINDS[kind])
    return {
        "kind": kind,
        "title": titles.get(kind, ""),
        "starts_at": start,
        "ends_at": end,
        "round": str(round_.public_id) if round_ else None,
        "sign_up": SIGN_UP.get(kind, SignUp.NONE),
    }


def _next_hour(meeting: Meeting, programme: Programme) -> tuple[datetime, datetime]:
    start = max((item.ends_at for item in programme), default=meeting.starts_at)
    if start >= meeting.ends_at:
        start = meeting.starts_at
    return start, min(start + USUAL_LENGTH, meeting.ends_at)


def _name_of(kind: ItemKind) -> str:
    names = {ItemKind.ROUND: _("workshopronde"), ItemKind.WORKSHOP: _("workshop")}
    return str(names.get(kind) or KINDS[kind]).lower()
