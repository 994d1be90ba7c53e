"""The desk's pages about moving a meeting that readers know.

Looking beforehand does everything and takes it back: what the page shows, the mails too, is what
the button does. The button sends along what was shown; anything else is shown first (decision
0017).
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.moving.forms import MoveForm
from kwartaal.blueprints.moving.report import Report, followed, report_of
from kwartaal.db import db
from kwartaal.domain import moving
from kwartaal.forms import form_page, preview_page, refusals_at, say_mailed
from kwartaal.models.moving import latest_move
from kwartaal.models.published import load_latest
from kwartaal.models.venue import all_venues
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import (
    Permission,
    meeting_to_prepare,
    requires,
    signed_in_person,
    viewer,
)

bp = Blueprint("moving", __name__, url_prefix="/beheer/bijeenkomsten/<slug>")
Answer = str | tuple[str, int] | Response


@bp.route("/verplaatsen/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def move(slug: str) -> Answer:
    """First the form, then what it would do, then the act; without JavaScript."""
    meeting = meeting_to_prepare(slug)
    form = MoveForm(meeting, all_venues())
    if form.validate_on_submit() and "change" not in request.form:
        with refusals_at(form):
            now = clock.now()
            along = {
                "along": bool(form.along.data),
                "terms_along": bool(form.terms_along.data),
            }
            done = moving.move(meeting, form.to(), signed_in_person(), now, **along)
            report = report_of(done, viewer(), clock.today(), now)
            if form.seen.data == report.fingerprint:
                db.session.commit()
                _say_moved(report)
                return redirect(url_for(".moved", slug=meeting.slug), 303)
            db.session.rollback()
            return preview_page(
                "moving/preview.html",
                form,
                report.fingerprint,
                report=report,
                sent=_typed(form),
                frame=meeting_frame(meeting),
            )
    form.seen.data = ""
    return form_page("moving/form.html", form, frame=meeting_frame(meeting))


@bp.get("/verplaatst/")
@requires(Permission.PUBLISH)
def moved(slug: str) -> str:
    """After the last move: who has another meeting then, and who is to be called."""
    meeting = meeting_to_prepare(slug)
    move = latest_move(meeting.id) or abort(404)
    return render_template(
        "moving/moved.html",
        frame=meeting_frame(meeting),
        move=move,
        published=load_latest(meeting),
        after=followed(move, viewer(), clock.today(), clock.now()),
    )


def _typed(form: MoveForm) -> list[tuple[str, str]]:
    """What was filled in, to send it again unseen."""
    hidden = ("csrf_token", form.seen.name)
    return [(name, value) for name, value in request.form.items(multi=True) if name not in hidden]


def _say_moved(report: Report) -> None:
    flash(_("De bijeenkomst is verplaatst."))
    say_mailed(report.mailed)
