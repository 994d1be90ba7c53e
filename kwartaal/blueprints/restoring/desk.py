"""The desk's pages that let what was cancelled take place after all.

As with moving a meeting, looking beforehand does everything and takes it back (decision 0017).
"""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import HiddenField

from kwartaal import clock
from kwartaal.blueprints.restoring.report import Report, meeting_report, workshop_report
from kwartaal.db import db
from kwartaal.domain import restoring
from kwartaal.domain.change_refusals import ItemIsOn, MeetingIsOn
from kwartaal.domain.refusals import Refused
from kwartaal.fields import KwartaalForm
from kwartaal.forms import form_page, preview_page, refusals_at, say_mailed
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ProgrammeItem, find_item
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import (
    Permission,
    meeting_to_prepare,
    requires,
    signed_in_person,
    viewer,
)
from kwartaal.translations import sentence

bp = Blueprint("restoring", __name__, url_prefix="/beheer/bijeenkomsten/<slug>")
Answer = str | tuple[str, int] | Response


class RestoreForm(KwartaalForm):
    """A button. `seen` is what the page showed that it would do."""

    seen = HiddenField()


@bp.route("/herstellen/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def meeting(slug: str) -> Answer:
    """First what it means, then what it would do, then the act; without JavaScript."""
    meeting, form = meeting_to_prepare(slug), RestoreForm()
    if form.validate_on_submit():
        with refusals_at(form):
            now = clock.now()
            concerned = restoring.restore_meeting(meeting, signed_in_person(), now)
            report = meeting_report(meeting, concerned, viewer(), clock.today(), now)
            if form.seen.data == report.fingerprint:
                db.session.commit()
                _say_restored(_("De bijeenkomst gaat weer door."), report)
                return redirect(url_for("publications.show", slug=meeting.slug), 303)
            db.session.rollback()
            return _look(meeting, None, form, report)
    elif not meeting.is_cancelled:
        return _nothing_to_restore(MeetingIsOn(), "publications.show", meeting)
    return _page(meeting, None, form)


@bp.route("/workshops/<uuid:key>/herstellen/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def workshop(slug: str, key: uuid.UUID) -> Answer:
    """The same for one workshop."""
    meeting, form = meeting_to_prepare(slug), RestoreForm()
    item = find_item(meeting.id, key) or abort(404)
    if form.validate_on_submit():
        with refusals_at(form):
            now = clock.now()
            back = restoring.restore_item(item, signed_in_person(), now)
            report = workshop_report(item, back, now)
            if form.seen.data == report.fingerprint:
                db.session.commit()
                _say_restored(_("‘%(title)s’ gaat weer door.", title=item.title), report)
                return redirect(url_for("workshops.index", slug=meeting.slug), 303)
            db.session.rollback()
            return _look(meeting, item, form, report)
    elif not item.is_cancelled:
        return _nothing_to_restore(ItemIsOn(), "workshops.index", meeting)
    return _page(meeting, item, form)


def _nothing_to_restore(refusal: Refused, endpoint: str, meeting: Meeting) -> Response:
    """An old link, or a second tab: back to where one came from, with why."""
    flash(sentence(refusal), "error")
    return redirect(url_for(endpoint, slug=meeting.slug), 303)


def _page(meeting: Meeting, item: ProgrammeItem | None, form: RestoreForm) -> tuple[str, int]:
    form.seen.data = ""
    return form_page("restoring/show.html", form, frame=meeting_frame(meeting), item=item)


def _look(
    meeting: Meeting, item: ProgrammeItem | None, form: RestoreForm, report: Report
) -> tuple[str, int]:
    frame = meeting_frame(meeting)
    return preview_page(
        "restoring/preview.html", form, report.fingerprint, item=item, report=report, frame=frame
    )


def _say_restored(words: str, report: Report) -> None:
    flash(words)
    say_mailed(report.mailed)
