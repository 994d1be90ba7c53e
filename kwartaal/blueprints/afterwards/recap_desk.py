"""The desk's pages about the recap: its first text, finishing it, publishing it."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.afterwards.desk import DESK, Answer
from kwartaal.blueprints.afterwards.forms import RecapForm, SeenForm
from kwartaal.blueprints.afterwards.routes import bp
from kwartaal.db import db
from kwartaal.domain import recaps
from kwartaal.domain.recap_drafts import RecapText, draft_recap
from kwartaal.filters import AUDIENCES, long_date
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.attendance_figures import per_audience
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.meeting import Meeting
from kwartaal.models.people_list import EVERYBODY
from kwartaal.models.published import load_published
from kwartaal.models.recap import find_recap
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires, signed_in_person


@bp.get(f"{DESK}vlugschrift/")
@requires(Permission.MANAGE_MEETINGS)
def recap_desk(slug: str) -> Answer:
    return _page(meeting_to_prepare(slug), SeenForm())


@bp.post(f"{DESK}vlugschrift/")
@requires(Permission.PUBLISH)
def publish_recap(slug: str) -> Answer:
    meeting, form = meeting_to_prepare(slug), SeenForm()
    if form.validate():
        with refusals_at(form):
            recaps.publish(meeting, form.seen.data or "", signed_in_person(), clock.now())
            db.session.commit()
            flash(_("Het vlugschrift staat op de site."))
            return _to_page(meeting)
    return _page(meeting, form)


@bp.post(f"{DESK}vlugschrift/van-de-site/")
@requires(Permission.PUBLISH)
def take_recap_back(slug: str) -> Response:
    meeting = meeting_to_prepare(slug)
    recaps.take_back(meeting, signed_in_person(), clock.now())
    db.session.commit()
    flash(_("Het vlugschrift staat niet meer op de site."))
    return redirect(url_for(".desk", slug=meeting.slug), 303)


@bp.route(f"{DESK}vlugschrift/wijzig/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def write_recap(slug: str) -> Answer:
    """The stored text, or a first one to begin with."""
    meeting = meeting_to_prepare(slug)
    recap = find_recap(meeting.id)
    form = RecapForm(obj=recap) if recap else RecapForm(data=_first(meeting)._asdict()).first()
    if form.validate_on_submit():
        with refusals_at(form):
            recaps.write(meeting, form.written, clock.now())
            db.session.commit()
            flash(_("Het vlugschrift is bewaard als concept."))
            return _to_page(meeting)
    return form_page("afterwards/write_recap.html", form, frame=meeting_frame(meeting))


def _first(meeting: Meeting) -> RecapText:
    """Made of what outsiders may see of the meeting."""
    published = load_published(meeting)
    if published is None:
        abort(404)
    figures = per_audience(Attendance(meeting, EVERYBODY))
    names = {group: str(name) for group, name in AUDIENCES.items()}
    return draft_recap(published, figures, long_date(published.starts_at), names)


def _page(meeting: Meeting, form: SeenForm) -> Answer:
    recap = find_recap(meeting.id)
    if recap is None:
        abort(404)
    form.seen.data = recaps.fingerprint(recap)
    return form_page("afterwards/recap_desk.html", form, frame=meeting_frame(meeting), recap=recap)


def _to_page(meeting: Meeting) -> Response:
    return redirect(url_for(".recap_desk", slug=meeting.slug), 303)
