"""The desk's pages about what readers see of a meeting."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.publications.aside import forget, put_aside
from kwartaal.blueprints.publications.forms import ConfirmForm, PublishForm
from kwartaal.blueprints.publications.overview import overview
from kwartaal.db import db
from kwartaal.domain import invitations, planned_publications, publications
from kwartaal.filters import moment
from kwartaal.forms import form_page, refusals_at, say_mailed
from kwartaal.models.invitees import count_invitees
from kwartaal.models.outbox import count_gathered
from kwartaal.models.planned_publication import find_plan
from kwartaal.models.stage import stage_of
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires, signed_in_person

bp = Blueprint("publications", __name__, url_prefix="/beheer/bijeenkomsten/<slug>")
Page = str | tuple[str, int]
LOOKS = {"voorbeeld": ".preview", "mails": ".letter", "later": ".plan", "publiceren": ".show"}


@bp.get("/publiceren/")
@requires(Permission.PUBLISH)
def show(slug: str) -> Page:
    return overview(meeting_to_prepare(slug), PublishForm())


@bp.post("/publiceren/")
@requires(Permission.PUBLISH)
def publish(slug: str) -> Page | Response:
    meeting, form = meeting_to_prepare(slug), PublishForm()
    if form.validate():
        with refusals_at(form):
            plan = find_plan(meeting.id)
            planned_for = plan.publish_at if plan is not None and plan.is_open else None
            now = clock.now()
            version = planned_publications.publish_now(
                meeting, signed_in_person(), now, form.instructions
            )
            db.session.commit()
            forget()
            flash(_("Versie %(number)s is gepubliceerd.", number=version.number))
            if planned_for is not None:
                words = _("Het plan om te publiceren op %(moment)s is vervallen.",
                          moment=moment(planned_for))  # fmt: skip
                flash(words, "info")
            _say_told(version.told or 0, count_gathered(version.id, now))
            return redirect(url_for(".show", slug=meeting.slug), 303)
    return overview(meeting, form)


@bp.post("/publiceren/bekijken/")
@requires(Permission.PUBLISH)
def look(slug: str) -> Response:
    """To a page about the draft, with what is typed kept aside."""
    meeting, form = meeting_to_prepare(slug), PublishForm()
    place = LOOKS.get(request.form.get("naar", "")) or abort(404)
    if form.validate():
        put_aside(form, meeting)
    back = "later" if "publish_at-date" in request.form and place == ".letter" else None
    return redirect(url_for(place, slug=meeting.slug, terug=back), 303)


@bp.post("/aankondigen/")
@requires(Permission.PUBLISH)
def announce(slug: str) -> Page | Response:
    meeting, form = meeting_to_prepare(slug), PublishForm()
    if form.validate():
        with refusals_at(form):
            publications.announce(meeting, signed_in_person(), clock.now())
            db.session.commit()
            flash(_("De vooraankondiging staat op de site."))
            return redirect(url_for(".show", slug=meeting.slug), 303)
    return overview(meeting, form)


@bp.route("/uitnodigen/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def invite(slug: str) -> Page | Response:
    meeting, form = meeting_to_prepare(slug), ConfirmForm()
    if form.validate_on_submit():
        with refusals_at(form):
            told = invitations.invite(meeting, signed_in_person(), clock.now())
            db.session.commit()
            say_mailed(told)
            return redirect(url_for(".show", slug=meeting.slug), 303)
    return form_page(
        "publications/invite.html",
        form,
        frame=meeting_frame(meeting),
        stage=stage_of(meeting, clock.now()),
        count=count_invitees(meeting, clock.today()),
    )


def _say_told(told: int, gathered: int) -> None:
    """What became of the mails about a version; nothing when there are none."""
    say_mailed(told - gathered)
    if gathered:
        flash(
            ngettext(
                "%(num)s persoon leest het in de dagelijkse mail.",
                "%(num)s mensen lezen het in de dagelijkse mail.",
                gathered,
            ),
            "info",
        )
