"""The desk's pages about what readers get after a meeting."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.afterwards.forms import RecordingForm, ReportForm, SeenForm
from kwartaal.blueprints.afterwards.routes import bp
from kwartaal.db import db
from kwartaal.domain import meeting_reports
from kwartaal.domain.meeting_reports import content_hash, next_number
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.afterwards import presentations_in
from kwartaal.models.meeting import Meeting
from kwartaal.models.meeting_report import MeetingReport, draft_in, find_recording, reports_of
from kwartaal.models.published import load_published
from kwartaal.models.recap import find_recap
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import (
    Permission,
    meeting_to_prepare,
    requires,
    signed_in_person,
    viewer,
)

DESK = "/beheer/bijeenkomsten/<slug>/na-afloop/"
Answer = str | tuple[str, int] | Response


@bp.get(DESK)
@requires(Permission.MANAGE_MEETINGS)
def desk(slug: str) -> Answer:
    return _overview(meeting_to_prepare(slug), SeenForm())


@bp.route(f"{DESK}verslag/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def write_report(slug: str) -> Answer:
    meeting = meeting_to_prepare(slug)
    reports = reports_of(meeting.id)
    number = next_number(reports)
    form = ReportForm(data=_stored(reports)).about(number)
    if form.validate_on_submit():
        with refusals_at(form):
            text, correction = form.text.data, form.correction_sent
            meeting_reports.write(meeting, form.number_sent, text, correction, clock.now())
            db.session.commit()
            flash(_("Het verslag is bewaard als concept."))
            return redirect(url_for(".desk", slug=meeting.slug), 303)
    frame = meeting_frame(meeting)
    return form_page("afterwards/write_report.html", form, frame=frame, number=number)


@bp.post(f"{DESK}verslag/definitief/")
@requires(Permission.PUBLISH)
def make_final(slug: str) -> Answer:
    meeting, form = meeting_to_prepare(slug), SeenForm()
    if form.validate():
        with refusals_at(form):
            seen = form.seen.data or ""
            report = meeting_reports.make_final(meeting, seen, signed_in_person(), clock.now())
            db.session.commit()
            flash(_("Versie %(number)s van het verslag is definitief.", number=report.number))
            return redirect(url_for(".desk", slug=meeting.slug), 303)
    return _overview(meeting, form)


@bp.route(f"{DESK}opname/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def link_recording(slug: str) -> Answer:
    meeting = meeting_to_prepare(slug)
    form = RecordingForm(obj=find_recording(meeting.id))
    if form.validate_on_submit():
        with refusals_at(form):
            address = form.address.data
            meeting_reports.link_recording(meeting, address, signed_in_person(), clock.now())
            db.session.commit()
            said = _("De opname staat op de site.") if address else _("De link is weggehaald.")
            flash(said)
            return redirect(url_for(".desk", slug=meeting.slug), 303)
    return form_page("afterwards/link_recording.html", form, frame=meeting_frame(meeting))


def _overview(meeting: Meeting, form: SeenForm) -> Answer:
    reports = reports_of(meeting.id)
    draft = draft_in(reports)
    published = load_published(meeting, viewer(), clock.today())
    form.seen.data = content_hash(draft.text) if draft else ""
    return form_page(
        "afterwards/desk.html",
        form,
        frame=meeting_frame(meeting),
        draft=draft,
        finals=[report for report in reports if report.is_final],
        recording=find_recording(meeting.id),
        recap=find_recap(meeting.id),
        presentations=presentations_in(published) if published else (),
    )


def _stored(reports: list[MeetingReport]) -> dict[str, str]:
    """What the form begins with: the draft, or what a correction corrects."""
    if not reports:
        return {}
    newest = reports[0]
    correction = "" if newest.is_final else newest.correction
    return {"text": newest.text, "correction": correction}
