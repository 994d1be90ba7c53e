"""/mijn/agenda: one's own feeds, each with a name, choices and a secret address of its own."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.calendar.choosing import own_subscription
from kwartaal.blueprints.calendar.forms import PER_ITEM, PER_MEETING, OwnFeedForm
from kwartaal.blueprints.calendar.routes import bp
from kwartaal.db import db
from kwartaal.domain import calendar_feeds as rules
from kwartaal.feeds.qr_code import qr_code
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.calendar import MOST_FEEDS, CalendarFeed, feeds_of, find_own_feed
from kwartaal.permissions import signed_in, signed_in_person


@bp.get("/mijn/agenda/")
@signed_in
def own() -> str:
    feeds = feeds_of(signed_in_person().id)
    subscriptions = [own_subscription(feed) for feed in feeds]
    codes = [qr_code(one.device) for one in subscriptions]
    shown = list(zip(feeds, subscriptions, codes, strict=True))
    fetched = any(feed.last_fetched_at for feed in feeds)
    return render_template("calendar/own.html", feeds=shown, most=MOST_FEEDS, fetched=fetched)


@bp.get("/mijn/agenda/overstappen")
@signed_in
def subscribe_first() -> ResponseReturnValue:
    """What happens to who goes over to a feed that no program has read; nothing has happened."""
    person = signed_in_person()
    feeds = feeds_of(person.id)
    if not person.calendar_by_mail or any(feed.last_fetched_at for feed in feeds):
        return redirect(url_for(".own"), 303)
    page = request.args.get("page", "")
    return render_template("calendar/subscribe_first.html", feeds=feeds, page=page)


@bp.route("/mijn/agenda/nieuw", methods=["GET", "POST"])
@signed_in
def add_own() -> ResponseReturnValue:
    form = OwnFeedForm()
    if form.validate_on_submit():
        with refusals_at(form):
            feed = rules.add(signed_in_person().id, form.wish(), clock.now())
            db.session.commit()
            flash(_("‘%(name)s’ is gemaakt. Abonneer u nu hieronder.", name=feed.name))
            return redirect(url_for(".own"), 303)
    return form_page("calendar/own_form.html", form, feed=None)


@bp.route("/mijn/agenda/<uuid:public_id>", methods=["GET", "POST"])
@signed_in
def change_own(public_id: UUID) -> ResponseReturnValue:
    feed = _own_or_404(public_id)
    name = feed.name
    form = OwnFeedForm(
        data={
            "name": name,
            "events": PER_ITEM if feed.per_item else PER_MEETING,
            "with_deadlines": feed.with_deadlines,
        }
    )
    if form.validate_on_submit():
        with refusals_at(form):
            rules.change(feed, form.wish(), clock.now())
            db.session.commit()
            flash(_("‘%(name)s’ is bewaard. U hoeft niets opnieuw in te stellen.", name=feed.name))
            return redirect(url_for(".own"), 303)
    return form_page("calendar/own_form.html", form, feed=feed, name=name)


@bp.post("/mijn/agenda/<uuid:public_id>/nieuw-adres")
@signed_in
def renew_own(public_id: UUID) -> ResponseReturnValue:
    with refusals_flashed():
        feed = _own_or_404(public_id)
        rules.renew(feed, request.form.get("seen", type=int), clock.now())
        db.session.commit()
        said = _("‘%(name)s’ heeft een nieuw adres. Het oude werkt niet meer.", name=feed.name)
        flash(f"{said} {_('Abonneer u opnieuw met het nieuwe adres.')}")
    return redirect(url_for(".own"), 303)


@bp.post("/mijn/agenda/<uuid:public_id>/beeindigen")
@signed_in
def end_own(public_id: UUID) -> ResponseReturnValue:
    with refusals_flashed():
        feed = _own_or_404(public_id)
        name = feed.name
        now_by_mail = rules.end(feed, clock.now())
        db.session.commit()
        said = _("‘%(name)s’ is beëindigd. Het adres werkt nooit meer.", name=name)
        flash(f"{said} {_('Haal het abonnement ook weg uit uw agendaprogramma.')}")
        if now_by_mail:
            said = _("Uw bijeenkomsten komen voortaan via e-mail in uw agenda.")
            flash(f"{said} {_('U krijgt voor elke bijeenkomst die komt een mail.')}", "info")
    return redirect(url_for(".own"), 303)


def _own_or_404(public_id: UUID) -> CalendarFeed:
    feed = find_own_feed(signed_in_person().id, public_id)
    if feed is None:
        abort(404)
    return feed
