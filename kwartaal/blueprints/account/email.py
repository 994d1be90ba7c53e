"""Another address to sign in with: asked under /mijn/, confirmed and stopped by mailed links."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from kwartaal import clock, sign_in
from kwartaal.blueprints.account.forms import EmailChangeForm
from kwartaal.blueprints.account.routes import GONE, Answer, bp
from kwartaal.db import db
from kwartaal.domain import email_changes
from kwartaal.domain.refusals import Refused
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.account import find_open_change
from kwartaal.permissions import public, signed_in, signed_in_person
from kwartaal.translations import sentence


@bp.route("/mijn/e-mailadres", methods=["GET", "POST"])
@signed_in
def email() -> Answer:
    person = signed_in_person()
    form = EmailChangeForm()
    if form.validate_on_submit():
        with refusals_at(form):
            wanted, now, today = form.email.data, clock.now(), clock.today()
            email_changes.start_email_change(person, wanted, person, now, today)
            db.session.commit()
            flash(_("We hebben een e-mail gestuurd. Open de link daarin."))
            return redirect(url_for(".email"), 303)
    change = find_open_change(person, clock.now())
    return form_page("account/email.html", form, owner=person, change=change)


@bp.route("/inloggen/e-mailadres/<token>/", methods=["GET", "POST"])
@public
def confirm_email(token: str) -> Answer:
    """Mailed to the new address; a GET shows a button."""
    change = sign_in.find_change_to_confirm(token, current_app.config["SECRET_KEY"])
    if change is None or not change.is_open(clock.now()):
        return _dead()
    if request.method != "POST":
        return render_template("account/confirm_email.html", change=change)
    try:
        email_changes.confirm_email_change(change, clock.now())
    except Refused as refusal:
        return _dead(sentence(refusal))
    db.session.commit()
    flash(_("Uw inlogadres is gewijzigd. Log in met het nieuwe adres."))
    return redirect(url_for(".sign_in"), 303)


@bp.route("/inloggen/e-mailadres/stoppen/<token>/", methods=["GET", "POST"])
@public
def stop_email(token: str) -> Answer:
    """Mailed to the old address; works for a day after the change took effect."""
    change = sign_in.find_change_to_stop(token, current_app.config["SECRET_KEY"])
    if change is None or not email_changes.can_be_stopped(change, clock.now()):
        return _dead()
    if request.method != "POST":
        return render_template("account/stop_email.html", change=change)
    try:
        email_changes.stop_email_change(change, clock.now())
    except Refused as refusal:
        return _dead(sentence(refusal))
    db.session.commit()
    flash(_("De wijziging gaat niet door. U logt in met uw oude adres."))
    return redirect(url_for(".sign_in"), 303)


def _dead(reason: str | None = None) -> Answer:
    db.session.rollback()
    return render_template("account/dead_change.html", reason=reason), GONE
