"""The desk's pages about what readers see of a meeting."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.publications.forms import CancelForm, ConfirmForm, PublishForm
from kwartaal.db import db
from kwartaal.domain import invitations, publications
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.agenda import live_agenda
from kwartaal.models.invitees import count_invitees
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import live_items
from kwartaal.models.publication import published_by
from kwartaal.models.published import Reader, read_content
from kwartaal.models.published_documents import live_documents
from kwartaal.models.registration import count_live_registrations
from kwartaal.models.stage import stage_of
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, plannable_meeting, requires, signed_in_person

bp = Blueprint("publications", __name__, url_prefix="/beheer/bijeenkomsten/<slug>")
Page = str | tuple[str, int]


@bp.get("/publiceren/")
@requires(Permission.PUBLISH)
def show(slug: str) -> Page:
    return _overview(plannable_meeting(slug), PublishForm())


@bp.post("/publiceren/")
@requires(Permission.PUBLISH)
def publish(slug: str) -> Page | Response:
    meeting, form = plannable_meeting(slug), PublishForm()
    if form.validate():
        with refusals_at(form):
            version = publications.publish(
                meeting, signed_in_person(), clock.now(), form.seen.data or None
            )
            db.session.commit()
            flash(_("Versie %(number)s is gepubliceerd.", number=version.number))
            return redirect(url_for(".show", slug=meeting.slug), 303)
    return _overview(meeting, form)


@bp.post("/aankondigen/")
@requires(Permission.PUBLISH)
def announce(slug: str) -> Page | Response:
    meeting, form = plannable_meeting(slug), PublishForm()
    if form.validate():
        with refusals_at(form):
            publications.announce(meeting, signed_in_person(), clock.now())
            db.session.commit()
            flash(_("De vooraankondiging staat op de site."))
            return redirect(url_for(".show", slug=meeting.slug), 303)
    return _overview(meeting, form)


@bp.route("/annuleren/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def cancel(slug: str) -> Page | Response:
    meeting, form = plannable_meeting(slug), CancelForm()
    if meeting.is_cancelled and form.reason.data == meeting.cancel_reason:  # a second click
        return redirect(url_for(".show", slug=meeting.slug), 303)
    if form.validate_on_submit():
        with refusals_at(form):
            told = publications.cancel(meeting, form.reason.data, signed_in_person(), clock.now())
            db.session.commit()
            flash(_("De bijeenkomst is geannuleerd."))
            _say_mailed(told)
            return redirect(url_for(".show", slug=meeting.slug), 303)
    return form_page(
        "publications/cancel.html",
        form,
        frame=meeting_frame(meeting),
        concerned=count_live_registrations(meeting.id),
    )


@bp.route("/uitnodigen/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def invite(slug: str) -> Page | Response:
    meeting, form = plannable_meeting(slug), ConfirmForm()
    if form.validate_on_submit():
        with refusals_at(form):
            told = invitations.invite(meeting, signed_in_person(), clock.now())
            db.session.commit()
            _say_mailed(told)
            return redirect(url_for(".show", slug=meeting.slug), 303)
    return form_page(
        "publications/invite.html",
        form,
        frame=meeting_frame(meeting),
        stage=stage_of(meeting, clock.now()),
        count=count_invitees(meeting, clock.today()),
    )


@bp.get("/voorbeeld/")
@requires(Permission.MANAGE_MEETINGS)
def preview(slug: str) -> str:
    """The draft as readers would see it, for whoever prepares the meeting."""
    meeting = plannable_meeting(slug)
    draft = publications.draft_of(meeting)
    rows, agenda = live_items(meeting.id), live_agenda(meeting.id)
    documents = live_documents(meeting.id)
    published = read_content(draft.content, rows, agenda, Reader(), documents=documents)
    return render_template("publications/preview.html", meeting=meeting, published=published)


def _overview(meeting: Meeting, form: PublishForm) -> tuple[str, int]:
    frame = meeting_frame(meeting)
    form.seen.data = frame.draft.hash
    return form_page(
        "publications/show.html",
        form,
        frame=frame,
        stage=stage_of(meeting, clock.now()),
        versions=published_by(meeting.id),
    )


def _say_mailed(count: int) -> None:
    sent = ngettext("%(num)s mail gaat nu weg.", "%(num)s mails gaan nu weg.", count)
    flash(sent, "info")
