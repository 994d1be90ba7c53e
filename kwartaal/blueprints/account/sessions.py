"""/mijn/sessies: where somebody is signed in, and ending that."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal import sessions as browsers
from kwartaal.blueprints.account.routes import Answer, bp
from kwartaal.db import db
from kwartaal.domain import accounts
from kwartaal.models.account import UserSession
from kwartaal.permissions import signed_in, signed_in_person


@bp.get("/mijn/sessies")
@signed_in
def sessions() -> Answer:
    rows = browsers.open_sessions(signed_in_person(), clock.now())
    here = browsers.current_session()
    return render_template("account/sessions.html", sessions=rows, here=here)


@bp.post("/mijn/sessies/<uuid:public_id>/beeindigen")
@signed_in
def end_session(public_id: UUID) -> Answer:
    accounts.end_session(_own_or_404(public_id), signed_in_person(), clock.now())
    db.session.commit()
    flash(_("Dat apparaat is uitgelogd."))
    return redirect(url_for(".sessions"), 303)


@bp.post("/mijn/sessies/andere-beeindigen")
@signed_in
def end_other_sessions() -> Answer:
    here = browsers.current_session()
    accounts.end_sessions(signed_in_person(), signed_in_person(), clock.now(), but=here)
    db.session.commit()
    flash(_("Op andere apparaten bent u nu uitgelogd."))
    return redirect(url_for(".sessions"), 303)


def _own_or_404(public_id: UUID) -> UserSession:
    rows = browsers.open_sessions(signed_in_person(), clock.now())
    for row in rows:
        if row.public_id == public_id:
            return row
    abort(404)
