"""Moving a point, with its sub-points, to the agenda of another meeting."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape
from sqlalchemy import case
from sqlalchemy.exc import NoResultFound

from kwartaal import clock
from kwartaal.blueprints.agenda.desk import Answer, number_of, point_of
from kwartaal.blueprints.agenda.forms import TransferForm
from kwartaal.blueprints.agenda.routes import bp
from kwartaal.db import db
from kwartaal.domain import agenda_transfer
from kwartaal.domain.agenda import subpoints
from kwartaal.domain.agenda_transfer import Transfer
from kwartaal.domain.document_transfer import of_points
from kwartaal.file_store import receiving
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.document import Document, documents_of
from kwartaal.models.locks import lock_meeting
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.published import reader_of
from kwartaal.models.visibility import preparable_meetings
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import (
    Permission,
    meeting_at_desk,
    meeting_to_prepare,
    requires,
    viewer,
)

MOST_OFFERED = 100


@bp.route("/beheer/bijeenkomsten/<slug>/agenda/<uuid:key>/overzetten/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def transfer(slug: str, key: uuid.UUID) -> Answer:
    meeting = _held_with_target(slug) if request.method == "POST" else meeting_to_prepare(slug)
    agenda, item = point_of(meeting, key, with_subpoints=True)
    form = TransferForm(_offered(meeting))
    if form.validate_on_submit():
        with refusals_at(form), receiving() as batch:
            target = form.target()
            done = agenda_transfer.transfer(item, agenda, target, batch.duplicate)
            batch.store()
            db.session.commit()
            batch.keep()
            _say(done, meeting, target)
            return redirect(url_for(".desk", slug=slug), 303)
    moving = [item, *subpoints(item, agenda)]
    return form_page(
        "agenda/transfer.html",
        form,
        frame=meeting_frame(meeting),
        item=item,
        number=number_of(item, agenda),
        subpoints=moving[1:],
        documents=_readable(meeting, of_points(moving, documents_of(meeting.id))),
    )


def _readable(meeting: Meeting, documents: list[Document]) -> list[Document]:
    """Those that the visitor may know of."""
    reader = reader_of(meeting, viewer(), clock.today())
    return [one for one in documents if reader.sees_document(one)]


def _held_with_target(slug: str) -> Meeting:
    """The meeting of the point, or 404; its row is held, and that of the meeting the form names.

    In the order of their ids: clerks who swap points must not deadlock.
    """
    meeting, key = meeting_at_desk(slug), request.form.get("meeting", type=uuid.UUID)
    preparable = preparable_meetings(viewer(), clock.today())
    target = db.session.scalars(preparable.where(Meeting.public_id == key)).one_or_none()
    try:
        for meeting_id in sorted({one.id for one in (meeting, target) if one}):
            lock_meeting(meeting_id)
    except NoResultFound:  # deleted in another tab since the statements above
        abort(404)
    return meeting


def _offered(meeting: Meeting) -> list[Meeting]:
    """Meetings to come that the visitor may prepare; those of the same series first."""
    other_series = case((Meeting.series_id == meeting.series_id, 0), else_=1)
    statement = (
        preparable_meetings(viewer(), clock.today())
        .where(Meeting.id != meeting.id, Meeting.state != MeetingState.CANCELLED)
        .where(Meeting.ends_at > clock.now())
        .order_by(other_series, Meeting.starts_at, Meeting.id)
        .limit(MOST_OFFERED)
    )
    return list(db.session.scalars(statement))


def _say(done: Transfer, meeting: Meeting, target: Meeting) -> None:
    item, copy = done.pairs[0]
    where = url_for(".desk", slug=target.slug, _anchor=f"item-{copy.public_id}")
    said = escape(
        _(
            "‘%(title)s’ staat nu op de agenda van ‘%(meeting)s’.",
            title=copy.title,
            meeting=target.title,
        )
    )
    link = Markup('<a class="nl-link" href="{}">{}</a>').format(where, _("Open die agenda"))
    flash(said + " " + link)
    seen = len(_readable(target, done.documents))
    if seen:
        flash(ngettext("%(num)s stuk is meegegaan.", "%(num)s stukken zijn meegegaan.", seen))
    if _readable(meeting, done.left):
        flash(_("Wat al gepubliceerd is, blijft hier te lezen in die versies."), "info")
    for name in done.dropped:
        flash(_("Het doel ‘%(name)s’ bestaat daar niet. Het is weggelaten.", name=name), "info")
    if item.openness != copy.openness:
        flash(_("Het punt is daar besloten, omdat het dat hier ook was."), "info")
