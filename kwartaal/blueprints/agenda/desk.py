"""The agenda editor: numbered points, with the form of one of them opened in the list.

Who prepares the meeting but may not read a closed point sees only that it is there.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.agenda.forms import AgendaItemForm, NewAgendaItemForm, data_of
from kwartaal.blueprints.agenda.routes import bp
from kwartaal.blueprints.agenda.rows import Row, clock_of, rows_of
from kwartaal.db import db
from kwartaal.domain import agenda as rules
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.agenda import AgendaItem, agenda_of, numbered
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.published import reader_of
from kwartaal.models.running_times import agenda_times, first_without_minutes
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, allowed, meeting_to_prepare, requires, viewer

Answer = str | tuple[str, int] | Response
Agenda = Sequence[AgendaItem]


@bp.get("/beheer/bijeenkomsten/<slug>/agenda/")
@requires(Permission.MANAGE_MEETINGS)
def desk(slug: str) -> str:
    meeting = meeting_to_prepare(slug)
    return render_template("agenda/desk.html", **_list_of(meeting))


@bp.route("/beheer/bijeenkomsten/<slug>/agenda/nieuw/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def new(slug: str) -> Answer:
    """The form for a new point; the same form sent twice makes one."""
    meeting = meeting_to_prepare(slug)
    openness = Openness.OPENBAAR if meeting.is_public else Openness.BESLOTEN
    form = NewAgendaItemForm(meeting.series, data={"openness": openness})
    if not allowed(Permission.PUBLISH):
        form.leave_openness(titles_only=True)
    if form.validate_on_submit():
        agenda = agenda_of(meeting.id)
        if any(item.public_id == form.key.data for item in agenda):
            return _to_list(meeting, form.key.data)
        with refusals_at(form):
            item = rules.add(meeting, form.point(), agenda, form.key.data)
            db.session.add(item)
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard.", title=item.title))
            return _to_list(meeting, item.public_id)
    heading = _("Nieuw agendapunt")
    return form_page("agenda/desk.html", form, is_new=True, heading=heading, **_list_of(meeting))


@bp.route("/beheer/bijeenkomsten/<slug>/agenda/<uuid:key>/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def edit(slug: str, key: uuid.UUID) -> Answer:
    meeting, agenda, item = load_point(slug, key)
    form = AgendaItemForm(meeting.series, data=data_of(item))
    _ask_openness(form, meeting)
    if form.validate_on_submit():
        with refusals_at(form):
            rules.change(item, form.point(item))
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard.", title=item.title))
            return _to_list(meeting, key)
    heading = _("Agendapunt %(number)s", number=number_of(item, agenda))
    return form_page("agenda/desk.html", form, open_item=item, heading=heading, **_list_of(meeting))


@bp.post("/beheer/bijeenkomsten/<slug>/agenda/<uuid:key>/verplaatsen")
@requires(Permission.MANAGE_MEETINGS)
def move(slug: str, key: uuid.UUID) -> Response:
    """To another position, from the number the page showed: a second click in time is none.

    `to` is earlier, later, in or out, or before: then `before` is the key of a point, or empty for
    the end of the agenda.
    """
    meeting, agenda, item = load_point(slug, key)
    if request.form.get("from") != str(number_of(item, agenda)):
        flash(_("Dit punt stond al op een andere plek. Er is niets verplaatst."), "info")
        return _to_list(meeting, key)
    with refusals_flashed():
        was_open = item.is_open
        _move(item, agenda, request.form.get("to"))
        db.session.commit()
        now_at = number_of(item, agenda_of(meeting.id))
        flash(_("‘%(title)s’ is nu punt %(number)s.", title=item.title, number=now_at))
        if was_open and not item.is_open:
            flash(_("Het punt is nu ook besloten: het staat onder een besloten punt."), "info")
    return _to_list(meeting, key)


@bp.post("/beheer/bijeenkomsten/<slug>/agenda/<uuid:key>/verwijderen")
@requires(Permission.MANAGE_MEETINGS)
def remove(slug: str, key: uuid.UUID) -> Response:
    meeting, agenda, item = load_point(slug, key, with_subpoints=True)
    with refusals_flashed():
        rules.remove(item, agenda)
        db.session.commit()
        flash(_("Het punt is van de agenda."))
    return _to_list(meeting)


def load_point(
    slug: str, key: uuid.UUID, with_subpoints: bool = False
) -> tuple[Meeting, Agenda, AgendaItem]:
    """The meeting, its agenda and one point the visitor may read; else 404."""
    meeting = meeting_to_prepare(slug)
    return meeting, *point_of(meeting, key, with_subpoints)


def point_of(
    meeting: Meeting, key: uuid.UUID, with_subpoints: bool = False
) -> tuple[Agenda, AgendaItem]:
    """The agenda of a meeting and one point the visitor may read; else 404.

    With `with_subpoints` the visitor may read all of those, too.
    """
    agenda = agenda_of(meeting.id)
    item = next((one for one in agenda if one.public_id == key), None)
    if item is None:
        abort(404)
    reader = reader_of(meeting, viewer(), clock.today())
    acted_on = [item, *rules.subpoints(item, agenda)] if with_subpoints else [item]
    if not all(reader.sees(one) for one in acted_on):
        abort(404)
    return agenda, item


def number_of(item: AgendaItem, agenda: Agenda) -> int | str:
    return next(number for number, one in numbered(agenda) if one is item)


def _move(item: AgendaItem, agenda: Agenda, to: str | None) -> None:
    if to in ("earlier", "later"):
        rules.move(item, agenda, earlier=to == "earlier")
    elif to == "in":
        rules.move_in(item, agenda)
    elif to == "out":
        rules.move_out(item, agenda)
    elif to == "before":
        rules.move_before(item, agenda, _named_in_form(agenda))
    else:
        abort(400)


def _named_in_form(agenda: Agenda) -> AgendaItem | None:
    """The point that `before` names; 404 when it went meanwhile, None for the end."""
    if not request.form.get("before"):
        return None
    key = request.form.get("before", type=uuid.UUID)
    return next((one for one in agenda if one.public_id == key), None) or abort(404)


def _list_of(meeting: Meeting) -> dict[str, object]:
    """What the page of the agenda shows, with the points this visitor may read."""
    agenda, frame = agenda_of(meeting.id), meeting_frame(meeting)
    points = clock_of(agenda)
    times = agenda_times(points, frame.draft.items, meeting.starts_at)
    rows = list(rows_of(agenda, reader_of(meeting, viewer(), clock.today()), times))
    stop = first_without_minutes(points)
    return {
        "frame": frame,
        "clock_stops_at": _number_if_seen(rows, agenda[stop]) if stop is not None else None,
        "available": rules.minutes_available(meeting, frame.draft.items),
        "rows": rows,
        "minutes": sum(item.minutes or 0 for item in agenda),
    }


def _number_if_seen(rows: list[Row], item: AgendaItem) -> int | str | None:
    """The number of a point that the visitor knows of; none for the last, which nothing follows."""
    last = rows[-1].item if rows else None
    found = (row.number for row in rows if row.item is item and item is not last)
    return next(found, None)


def _ask_openness(form: AgendaItemForm, meeting: Meeting) -> None:
    """Opening counts at once for what is published: from then on it is for the griffie."""
    if allowed(Permission.PUBLISH):
        return
    form.leave_openness(titles_only=meeting.state == MeetingState.CONCEPT)


def _to_list(meeting: Meeting, key: uuid.UUID | None = None) -> Response:
    anchor = f"item-{key}" if key else None
    return redirect(url_for(".desk", slug=meeting.slug, _anchor=anchor), 303)
