"""Publishing at a set moment: choosing it, and stopping it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.publications.aside import forget, take_up
from kwartaal.blueprints.publications.desk import Page, bp
from kwartaal.blueprints.publications.forms import PlanForm
from kwartaal.blueprints.publications.overview import difference_then
from kwartaal.db import db
from kwartaal.domain import planned_publications
from kwartaal.filters import moment
from kwartaal.forms import form_page, given, refusals_at, refusals_flashed
from kwartaal.models.planned_publication import find_plan
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires, signed_in_person


@bp.route("/publiceren/later/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def plan(slug: str) -> Page | Response:
    meeting, form = meeting_to_prepare(slug), PlanForm()
    if form.validate_on_submit():
        with refusals_at(form):
            publish_at = given(form.publish_at)
            planned_publications.plan(
                meeting, signed_in_person(), publish_at, form.instructions, clock.now()
            )
            db.session.commit()
            forget()
            flash(_("Publiceren is gepland op %(moment)s.", moment=moment(publish_at)))
            return redirect(url_for(".show", slug=meeting.slug), 303)
    frame = meeting_frame(meeting)
    take_up(form, meeting)
    form.seen.data = frame.draft.hash
    difference = difference_then(frame.draft, form.publish_at.data)
    return form_page("publications/plan.html", form, frame=frame, difference=difference)


@bp.post("/publiceren/later/stoppen/")
@requires(Permission.PUBLISH)
def stop_plan(slug: str) -> Response:
    meeting = meeting_to_prepare(slug)
    with refusals_flashed():
        planned_publications.stop(meeting, signed_in_person(), clock.now())
        db.session.commit()
        flash(_("Er wordt niets meer vanzelf gepubliceerd."))
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/publiceren/later/gezien/")
@requires(Permission.PUBLISH)
def acknowledge_refusal(slug: str) -> Response:
    """Somebody read why nothing was published; for everybody the desk then warns no more.

    Of the plan that was on their page: another that was refused since stays.
    """
    meeting = meeting_to_prepare(slug)
    planned = find_plan(meeting.id)
    if planned is not None and planned.warns and planned.key == request.form.get("plan"):
        planned_publications.acknowledge(planned, signed_in_person(), clock.now())
        db.session.commit()
        flash(_("Het beheer waarschuwt hier niet meer voor. Bij Publiceren blijft staan waarom."))
    return redirect(url_for(".show", slug=slug), 303)
