"""Signing in with a mailed link or code or with a password, and signing out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock, limits, passwords
from kwartaal import sign_in as mailed
from kwartaal.blueprints.account.asked import find_asked, remember
from kwartaal.blueprints.account.forms import CodeForm, PasswordSignInForm, SignInForm
from kwartaal.blueprints.account.next_page import after_signing_in, own_path
from kwartaal.db import begin_writing, db
from kwartaal.domain import sign_in as rules
from kwartaal.domain.refusals import LinkDead, Refused
from kwartaal.forms import form_page
from kwartaal.models.account import SignInLink, find_account
from kwartaal.models.audit import AuditAction, record, subject_of
from kwartaal.models.person import Person
from kwartaal.permissions import find_person, prepares_first, public
from kwartaal.sessions import end_current_session, start_session
from kwartaal.translations import sentence

bp = Blueprint("account", __name__)

Answer = Response | str | tuple[str, int]
P = ParamSpec("P")
GONE = 410  # the link was there, and is no more


def for_who_is_signed_out(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Who is signed in already goes on to the page they wanted."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        if request.method != "POST" and find_person():
            return redirect(after_signing_in(own_path(request.args.get("next"))), 303)
        return view(*args, **kwargs)

    return guarded


@bp.route("/inloggen", methods=["GET", "POST"])
@public
@for_who_is_signed_out
def sign_in() -> Answer:
    form = SignInForm(next=own_path(request.args.get("next")))
    if form.validate_on_submit():
        link = rules.ask_for_link(form.email.data, clock.now(), own_path(form.next.data))
        db.session.commit()
        remember(form.email.data, link)
        return redirect(url_for(".enter_code"), 303)
    return form_page("account/sign_in.html", form)


@bp.route("/inloggen/code", methods=["GET", "POST"])
@public
@for_who_is_signed_out
def enter_code() -> Answer:
    asked = find_asked()
    if asked is None:
        return redirect(url_for(".sign_in"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        limits.refuse_guessing(asked.email)
        try:
            code = _is_code(form.code.data)
            person, wanted = rules.use_code(asked.links, code, clock.now())
        except Refused as refusal:
            _note_failure(asked.email, "code")
            form.code.errors = [sentence(refusal)]
        else:
            return _signed_in(person, "code", wanted)
    return form_page("account/enter_code.html", form)


@bp.route("/inloggen/link/<token>/", methods=["GET", "POST"])
@public
def follow_link(token: str) -> Answer:
    """A GET shows a button: programs that look into mails open every link."""
    link = mailed.find_link(token, current_app.config["SECRET_KEY"])
    if link is None or not link.is_usable(clock.now()):
        return _dead_link()
    if request.method != "POST":
        return render_template("account/follow_link.html", owner=link.person)
    try:
        person, wanted = rules.use_link(link, clock.now())
    except LinkDead:
        return _dead_link()
    return _signed_in(person, "link", wanted)


@bp.route("/inloggen/wachtwoord", methods=["GET", "POST"])
@public
@prepares_first
@for_who_is_signed_out
def sign_in_with_password() -> Answer:
    form = PasswordSignInForm(next=own_path(request.args.get("next")))
    if form.validate_on_submit():
        person = _person_with_password(form.email.data, form.password.data)
        if person is not None:
            return _signed_in(person, "password", own_path(form.next.data))
        form.form_errors.append(_("Dit e-mailadres en dit wachtwoord horen niet bij elkaar."))
    return form_page("account/sign_in_with_password.html", form)


@bp.route("/uitloggen", methods=["GET", "POST"])
@public
def sign_out() -> Answer:
    """A GET asks first: a link on another site must not sign anybody out."""
    person = find_person()
    if request.method != "POST" and person is not None:
        return render_template("account/sign_out.html")
    if person is not None:
        end_current_session(clock.now())
        record(AuditAction.SIGNED_OUT, clock.now(), person, subject_of(person))
        db.session.commit()
        flash(_("U bent uitgelogd."))
    return redirect(url_for("home.show"), 303)


def _person_with_password(email: str, password: str) -> Person | None:
    """Who signs in; the slow hash is done before a transaction that writes begins."""
    limits.refuse_guessing(email)
    kept = _kept_hash(email)
    checked = passwords.check(password, kept)
    begin_writing()
    person = find_account(email)
    if person is None or person.password_hash != kept or not checked.is_right:
        _note_failure(email, "password")
        return None
    limits.refuse_guessing(email)
    person.password_hash = checked.new_hash or kept
    return person


def _kept_hash(email: str) -> str | None:
    person = find_account(email)
    return person.password_hash if person else None


def _signed_in(person: Person, how: str, wanted: str) -> Response:
    now = clock.now()
    start_session(person, now)
    record(AuditAction.SIGNED_IN, now, person, subject_of(person), how=how)
    db.session.commit()
    return redirect(after_signing_in(wanted), 303)


def _note_failure(email: str, how: str) -> None:
    """Write it down, without the address when it is nobody's; then count it."""
    person = find_account(email)
    subject = subject_of(person) if person else ""
    record(AuditAction.SIGN_IN_FAILED, clock.now(), None, subject, how=how)
    db.session.commit()
    limits.count_failure(email)


def _is_code(typed: str) -> Callable[[SignInLink], bool]:
    secret = current_app.config["SECRET_KEY"]
    return lambda link: mailed.is_code_of(link, typed, secret)


def _dead_link() -> tuple[str, int]:
    db.session.rollback()
    form = SignInForm(formdata=None)
    return render_template("account/dead_link.html", form=form), GONE
