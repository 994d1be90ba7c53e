"""Taking the last publication back: what that does first, then the button."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.publications.desk import Page, bp
from kwartaal.blueprints.publications.forms import RetractForm
from kwartaal.db import db
from kwartaal.domain import retracting
from kwartaal.forms import form_page, given, refusals_at
from kwartaal.models.moving import was_moved
from kwartaal.models.outbox import count_about
from kwartaal.models.publication import find_before, find_latest
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires, signed_in_person


@bp.route("/publiceren/intrekken/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def retract(slug: str) -> Page | Response:
    meeting, form = meeting_to_prepare(slug), RetractForm()
    if form.validate_on_submit():
        with refusals_at(form):
            corrected = retracting.retract(
                meeting, given(form.number), signed_in_person(), clock.now()
            )
            db.session.commit()
            flash(_("Versie %(number)s is ingetrokken.", number=form.number.data))
            if corrected:
                flash(_corrections(corrected), "info")
            return redirect(url_for(".show", slug=meeting.slug), 303)
    latest = find_latest(meeting.id)
    if latest is None:
        abort(404)
    if not form.errors:
        form.number.data = latest.number
        with refusals_at(form):
            retracting.check_can_retract(meeting, latest, clock.now())
    return form_page(
        "publications/retract.html",
        form,
        frame=meeting_frame(meeting),
        version=latest,
        before=find_before(latest),
        until=latest.published_at + retracting.LONGEST,
        mails=count_about(latest.id, clock.now()),
        was_moved=was_moved(meeting.id, latest.number),
    )


def _corrections(count: int) -> str:
    return str(
        ngettext(
            "%(num)s persoon krijgt een mail dat de wijzigingen niet doorgaan.",
            "%(num)s mensen krijgen een mail dat de wijzigingen niet doorgaan.",
            count,
        )
    )
