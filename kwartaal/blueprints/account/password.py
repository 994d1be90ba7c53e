"""/mijn/wachtwoord: set, change or remove the password."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from kwartaal import clock, limits, passwords
from kwartaal.blueprints.account.forms import PasswordForm
from kwartaal.blueprints.account.routes import Answer, bp
from kwartaal.db import begin_writing, db
from kwartaal.domain import accounts
from kwartaal.forms import form_page
from kwartaal.models.person import Person
from kwartaal.permissions import prepares_first, signed_in, signed_in_person
from kwartaal.sessions import current_session

# Whoever just signed in has shown who they are: so a forgotten password can be replaced.
JUST_SIGNED_IN = timedelta(minutes=15)


@bp.route("/mijn/wachtwoord", methods=["GET", "POST"])
@signed_in
@prepares_first
def password() -> Answer:
    person = signed_in_person()
    removes = "remove" in request.form and person.password_hash is not None
    about = (person.first_name, person.last_name, *(person.email or "").split("@"))
    form = PasswordForm(_asks_current(person), removes, about)
    if form.validate_on_submit() and _is_current(form, person):
        return _store(form, person)
    has_password = person.password_hash is not None
    return form_page("account/password.html", form, has_password=has_password)


def _asks_current(person: Person) -> bool:
    just_signed_in = clock.now() < current_session().created_at + JUST_SIGNED_IN
    return person.password_hash is not None and not just_signed_in


def _is_current(form: PasswordForm, person: Person) -> bool:
    """Whether the old password is right; guessing it is counted as in signing in."""
    if not form.asks_current:
        return True
    account = person.email or str(person.public_id)
    limits.refuse_guessing(account)
    if passwords.check(form.current.data, person.password_hash).is_right:
        return True
    limits.count_failure(account)
    form.current.errors = [_("Dit is niet uw wachtwoord van nu.")]
    return False


def _store(form: PasswordForm, person: Person) -> Answer:
    new_hash = None if form.removes else passwords.hashed(form.new.data)
    begin_writing()
    accounts.set_password(person, new_hash, current_session(), clock.now())
    db.session.commit()
    said = _("Uw wachtwoord is verwijderd.") if form.removes else _("Uw wachtwoord is bewaard.")
    flash(said + " " + _("Op andere apparaten bent u nu uitgelogd."))
    return redirect(url_for(".password"), 303)
