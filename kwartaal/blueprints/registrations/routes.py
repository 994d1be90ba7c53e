"""Registering for a meeting, seeing what one has, and withdrawing."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.registrations.forms import RegistrationForm
from kwartaal.db import db
from kwartaal.domain import registrations
from kwartaal.domain.admission import check_withdrawal, offices_for
from kwartaal.domain.refusals import NotRegistered, Refused
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import live_items
from kwartaal.models.published import PublishedMeeting, load_published
from kwartaal.models.registration import find_registration
from kwartaal.models.stage import stage_of
from kwartaal.models.standing import Standing, find_standing
from kwartaal.permissions import (
    find_person,
    find_visible_meeting,
    public,
    signed_in,
    signed_in_person,
    visible_meeting,
)
from kwartaal.translations import sentence

bp = Blueprint("registrations", __name__)


@bp.route("/bijeenkomsten/<slug>/aanmelden", methods=["GET", "POST"])
@public
def register(slug: str) -> ResponseReturnValue:
    """For whoever sees the meeting; signed out it says who may register, and how to sign in."""
    meeting = visible_meeting(slug)
    person = find_person()
    if not meeting.takes_registrations(clock.now()):
        return _not_now(meeting, person)
    if person is None:
        return _sign_in_first(meeting)
    form = _form(meeting, person)
    if not form.offices:
        return _page("not_admitted", meeting, form.published, failed=_posted())
    if not _posted():
        form.suggest(request.args.get("keuze", ""))
        return _page("register", meeting, form.published, form=form)
    form.read(request.form)
    if form.errors:
        return _page("register", meeting, form.published, failed=True, form=form)
    return _save(meeting, person, form)


@bp.get("/bijeenkomsten/<slug>/aanmelding")
@signed_in
def show(slug: str) -> ResponseReturnValue:
    """What somebody has after registering or withdrawing; only one's own."""
    meeting = visible_meeting(slug)
    published, standing = _own(meeting)
    return _page("show", meeting, published, standing=standing)


@bp.get("/mijn/aanmeldingen/<slug>")
@signed_in
def from_mail(slug: str) -> ResponseReturnValue:
    """Where mails lead: under /mijn/, so that who is not signed in does that first.

    What one may not see any more, or never had, is left to the overview.
    """
    meeting = find_visible_meeting(slug)
    if meeting is None or find_registration(meeting.id, signed_in_person().id) is None:
        return redirect(url_for("mine.show"), 303)
    return _to_what_one_has(meeting)


@bp.route("/bijeenkomsten/<slug>/afmelden", methods=["GET", "POST"])
@signed_in
def withdraw(slug: str) -> ResponseReturnValue:
    """Asks first; only the POST acts. Withdrawn already leads to what one has now."""
    meeting = visible_meeting(slug)
    published, standing = _own(meeting)
    if not standing.is_live:
        return _to_what_one_has(meeting)
    refusal = _withdraw(meeting) if _posted() else _why_not(meeting)
    if refusal is None and _posted():
        return _to_what_one_has(meeting)
    failed = _posted()
    return _page("withdraw", meeting, published, failed, standing=standing, refusal=refusal)


def _save(meeting: Meeting, person: Person, form: RegistrationForm) -> ResponseReturnValue:
    """Store what was asked; when a rule refuses, the page again with the places as they are."""
    there = _to_what_one_has(meeting)
    try:
        registrations.register(meeting, person, form.wish(live_items(meeting.id)), clock.now())
        db.session.commit()
        if form.is_change:
            flash(_("Uw keuze is bewaard."))
    except Refused as refusal:
        db.session.rollback()
        form = _form(meeting, person)
        form.read(request.form)
        form.refuse(refusal)
        return _page("register", meeting, form.published, failed=True, form=form)
    return there


def _withdraw(meeting: Meeting) -> str | None:
    """Withdraw; a sentence says why not. A second click finds it done."""
    try:
        registrations.withdraw(meeting, signed_in_person(), clock.now())
        db.session.commit()
    except NotRegistered:
        db.session.rollback()
    except Refused as refusal:
        db.session.rollback()
        return sentence(refusal)
    return None


def _why_not(meeting: Meeting) -> str | None:
    try:
        check_withdrawal(meeting, clock.now())
    except Refused as refusal:
        return sentence(refusal)
    return None


def _form(meeting: Meeting, person: Person) -> RegistrationForm:
    published = _published(meeting)
    standing = find_standing(meeting, published, person.id)
    return RegistrationForm(meeting, published, offices_for(person, meeting), standing)


def _own(meeting: Meeting) -> tuple[PublishedMeeting, Standing]:
    """The meeting as readers see it, and what the signed-in person has there, or 404."""
    published = _published(meeting)
    standing = find_standing(meeting, published, signed_in_person().id)
    if standing is None:
        abort(404)
    return published, standing


def _not_now(meeting: Meeting, person: Person | None) -> ResponseReturnValue:
    """Too early, too late or cancelled: the page says which, and what is still possible."""
    published = _published(meeting)
    standing = find_standing(meeting, published, person.id) if person else None
    return _page("not_now", meeting, published, failed=_posted(), standing=standing)


def _sign_in_first(meeting: Meeting) -> ResponseReturnValue:
    if _posted():  # the session ended while the form was open
        return redirect(url_for("account.sign_in", next=request.path), 303)
    return _page("sign_in_first", meeting, _published(meeting))


def _to_what_one_has(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=meeting.slug), 303)


def _page(
    name: str,
    meeting: Meeting,
    published: PublishedMeeting,
    failed: bool = False,
    **context: object,
) -> ResponseReturnValue:
    page = render_template(
        f"registrations/{name}.html",
        meeting=meeting,
        published=published,
        stage=stage_of(meeting, clock.now()),
        page_has_errors=failed,
        **context,
    )
    return page, 422 if failed else 200


def _published(meeting: Meeting) -> PublishedMeeting:
    """What readers see; a meeting that is seen has been announced or published."""
    published = load_published(meeting)
    if published is None:
        abort(404)
    return published


def _posted() -> bool:
    return request.method == "POST"
