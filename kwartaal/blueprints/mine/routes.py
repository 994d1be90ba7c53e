"""Mijn bijeenkomsten, and one's own contact data and mails."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kwartaal import clock
from kwartaal.blueprints.mine.forms import ContactForm
from kwartaal.blueprints.mine.overview import overview_of
from kwartaal.db import db
from kwartaal.domain import calendar_choice, own_details
from kwartaal.feeds.addresses import of_person
from kwartaal.models.calendar import feeds_of
from kwartaal.permissions import signed_in, signed_in_person, viewer

bp = Blueprint("mine", __name__)
CHOICE_PAGES = {"kalender": "calendar.show", "agenda": "calendar.own"}


@bp.get("/mijn/")
@signed_in
def show() -> str:
    person_id, config = signed_in_person().id, current_app.config
    feeds = feeds_of(person_id)
    return render_template(
        "mine/show.html",
        own=overview_of(viewer(), person_id, clock.now(), clock.today()),
        feeds=feeds,
        address=of_person(feeds[0], config["BASE_URL"], config["SECRET_KEY"]) if feeds else None,
        fetched=any(feed.last_fetched_at for feed in feeds),
    )


@bp.route("/mijn/gegevens", methods=["GET", "POST"])
@signed_in
def contact() -> ResponseReturnValue:
    form = ContactForm(obj=signed_in_person())
    if form.validate_on_submit():
        own_details.change_contact(signed_in_person(), form.phone.data, form.contact_email.data)
        db.session.commit()
        flash(_("Uw gegevens zijn bewaard."))
        return redirect(url_for(".show"), 303)
    wrong = bool(form.errors)
    page = render_template("mine/contact.html", form=form, page_has_errors=wrong)
    return page, 422 if wrong else 200


@bp.post("/mijn/berichten/wijzigingen")
@signed_in
def digest() -> ResponseReturnValue:
    """Choose mails about changes at once or once a day; the button says which."""
    daily = request.form.get("daily") == "yes"
    own_details.want_digest(signed_in_person(), daily, clock.now())
    db.session.commit()
    if daily:
        flash(_("U krijgt per bijeenkomst voortaan hooguit één mail per dag over wijzigingen."))
    else:
        flash(_("U krijgt wijzigingen voortaan meteen."))
    return redirect(url_for(".show"), 303)


@bp.post("/mijn/agenda")
@signed_in
def calendar_way() -> ResponseReturnValue:
    """Into the calendar with mails or in the feed; the button says which. Back to its page.

    Who would be left with an empty calendar reads that first.
    """
    by_mail, page = request.form.get("wanted") == "mail", request.form.get("page", "")
    certain = request.form.get("certain") == "yes"
    try:
        told = calendar_choice.choose(signed_in_person(), by_mail, clock.now(), certain)
    except calendar_choice.NotSubscribed:
        db.session.rollback()
        return redirect(url_for("calendar.subscribe_first", page=page), 303)
    db.session.commit()
    _say_moved(by_mail, told)
    return redirect(url_for(CHOICE_PAGES.get(page, ".show")), 303)


def _say_moved(by_mail: bool, told: int) -> None:
    if by_mail:
        flash(_("Uw bijeenkomsten komen voortaan via e-mail in uw agenda."))
    else:
        flash(_("Uw bijeenkomsten komen voortaan via uw abonnement in uw agenda."))
    if told:
        sent = ngettext("U krijgt daarover %(num)s mail.", "U krijgt daarover %(num)s mails.", told)
        flash(sent, "info")


@bp.post("/mijn/berichten")
@signed_in
def announcements() -> ResponseReturnValue:
    """Switch "aanmelden is open" mails on or off; the button says to which."""
    wanted = request.form.get("wanted") == "yes"
    own_details.want_announcements(signed_in_person(), wanted)
    db.session.commit()
    if wanted:
        flash(_("U krijgt weer een e-mail als aanmelden open is."))
    else:
        flash(_("U krijgt geen e-mail meer als aanmelden open is."))
    return redirect(url_for(".show"), 303)
