"""Moving a point, with its sub-points, to the agenda of another meeting."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import case
from sqlalchemy.exc import NoResultFound

from kwartaal import clock
from kwartaal.blueprints.agenda.desk import (
    Answer,
    delete_drafts,
    load_point,
    number_of,
)
from kwartaal.blueprints.agenda.forms import TransferForm
from kwartaal.blueprints.agenda.routes import bp
from kwartaal.db import db
from kwartaal.domain.agenda import subpoints
from kwartaal.domain.agenda_transfer import Transfer
from kwartaal.domain.agenda_transfer import transfer as move_over
from kwartaal.domain.document_transfer import of_points, take_along
from kwartaal.file_store import Batch, receiving
from kwartaal.forms import form_page, refusals_at
from kwartaal.models import locks
from kwartaal.models.agenda import agenda_of
from kwartaal.models.document import Document, documents_of
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.published import reader_of
from kwartaal.models.published_documents import held_by_publications
from kwartaal.models.visibility import at_address, plannable_meetings
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, requires, viewer

MOST_OFFERED = 100


@bp.route("/beheer/bijeenkomsten/<slug>/agenda/<uuid:key>/overzetten/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def transfer(slug: str, key: uuid.UUID) -> Answer:
    if request.method == "POST":
        _lock_both(slug, request.form.get("meeting", type=uuid.UUID))
    meeting, agenda, item = load_point(slug, key, with_subpoints=True)
    form = TransferForm(_offered(meeting))
    if form.validate_on_submit():
        with refusals_at(form):
            target = form.target()
            documents = documents_of(meeting.id)
            done = move_over(item, agenda, target, agenda_of(target.id), documents)
            with receiving() as batch:
                moved = _take_along(done, documents, target, batch)
                delete_drafts([old for old, _copy in done.pairs])
                batch.place()
                db.session.commit()
                batch.keep()
            _say(done, moved, target)
            return redirect(url_for(".desk", slug=slug), 303)
    papers = documents_of(meeting.id)
    return form_page(
        "agenda/transfer.html",
        form,
        frame=meeting_frame(meeting),
        item=item,
        number=number_of(item, agenda),
        subpoints=subpoints(item, agenda),
        documents=_readable(meeting, of_points([item, *subpoints(item, agenda)], papers)),
    )


def _take_along(
    done: Transfer, documents: list[Document], target: Meeting, batch: Batch
) -> list[Document]:
    """Store the copies, and put the documents under them."""
    db.session.add_all([copy for _old, copy in done.pairs])
    held = held_by_publications([one.id for one in documents])
    there = documents_of(target.id)
    moved = take_along(done.pairs, documents, there, held, batch.duplicate)
    db.session.add_all(moved)
    return moved


def _readable(meeting: Meeting, documents: list[Document]) -> list[Document]:
    """Those that the visitor may know of."""
    reader = reader_of(meeting, viewer(), clock.today())
    return [one for one in documents if reader.sees_document(one)]


def _lock_both(slug: str, target: uuid.UUID | None) -> None:
    """Lock both meetings in the order of their ids: clerks who swap points must not deadlock."""
    plannable = plannable_meetings(viewer(), clock.today())
    chosen = [at_address(plannable, slug), plannable.where(Meeting.public_id == target)]
    found = [db.session.scalars(statement).one_or_none() for statement in chosen]
    try:
        for meeting_id in sorted({meeting.id for meeting in found if meeting}):
            locks.lock_meeting(meeting_id)
    except NoResultFound:  # deleted in another tab since the statement above
        abort(404)


def _offered(meeting: Meeting) -> list[Meeting]:
    """Meetings to come that the visitor may prepare; those of the same series first."""
    other_series = case((Meeting.series_id == meeting.series_id, 0), else_=1)
    statement = (
        plannable_meetings(viewer(), clock.today())
        .where(Meeting.id != meeting.id, Meeting.state != MeetingState.CANCELLED)
        .where(Meeting.ends_at > clock.now())
        .order_by(other_series, Meeting.starts_at, Meeting.id)
        .limit(MOST_OFFERED)
    )
    return list(db.session.scalars(statement))


def _say(done: Transfer, moved: list[Document], target: Meeting) -> None:
    item, copy = done.pairs[0]
    said = _(
        "‘%(title)s’ staat nu op de agenda van ‘%(meeting)s’.",
        title=copy.title,
        meeting=target.title,
    )
    flash(said)
    seen = len(_readable(target, moved))
    if seen:
        flash(ngettext("%(num)s stuk is meegegaan.", "%(num)s stukken zijn meegegaan.", seen))
    for name in done.dropped:
        flash(_("Het doel ‘%(name)s’ bestaat daar niet. Het is weggelaten.", name=name), "info")
    if item.openness != copy.openness:
        flash(_("Het punt is daar besloten, omdat het dat hier ook was."), "info")
