"""Who speaks at a point, chosen from the people we know by one of their offices."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.agenda.desk import load_point, number_of
from kwartaal.blueprints.agenda.routes import bp
from kwartaal.db import db
from kwartaal.domain import agenda as rules
from kwartaal.forms import refusals_flashed
from kwartaal.models.people_list import (
    EVERYBODY,
    PeopleSearch,
    find_office,
    find_seen,
    people_found,
)
from kwartaal.models.person import Office
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, requires

MOST_FOUND = 10
SHORTEST = 2  # letters; one letter would list half the region


@bp.get("/beheer/bijeenkomsten/<slug>/agenda/<uuid:key>/spreker/")
@requires(Permission.MANAGE_MEETINGS)
def find_speaker(slug: str, key: uuid.UUID) -> str:
    meeting, agenda, item = load_point(slug, key)
    words = request.args.get("zoek", "").strip()[:80]
    return render_template(
        "agenda/speaker.html",
        frame=meeting_frame(meeting),
        item=item,
        number=number_of(item, agenda),
        words=words,
        found=_offices_found(words),
    )


@bp.post("/beheer/bijeenkomsten/<slug>/agenda/<uuid:key>/spreker/")
@requires(Permission.MANAGE_MEETINGS)
def choose_speaker(slug: str, key: uuid.UUID) -> Response:
    """`from` is who stood there on the page: what a colleague wrote meanwhile stays."""
    meeting, _agenda, item = load_point(slug, key)
    office = _chosen_office()
    if request.form.get("from", "") != item.speaker:
        flash(
            _("Iemand anders maakte hier net ‘%(name)s’ van. Kies opnieuw.", name=item.speaker),
            "info",
        )
        return redirect(url_for(".find_speaker", slug=meeting.slug, key=key), 303)
    with refusals_flashed():
        rules.name_speaker(item, office)
        db.session.commit()
        flash(_("‘%(name)s’ staat erbij.", name=item.speaker))
    return redirect(url_for(".edit", slug=meeting.slug, key=key, _anchor=f"item-{key}"), 303)


def _offices_found(words: str) -> list[Office]:
    """The offices that people whose name fits hold today; no addresses."""
    if len(words) < SHORTEST:
        return []
    today = clock.today()
    statement = people_found(EVERYBODY, PeopleSearch(words), today).limit(MOST_FOUND)
    return [office for one in db.session.scalars(statement) for office in one.offices_on(today)]


def _chosen_office() -> Office:
    """The office the form names, of the person the form names; 404 when it is gone or over."""
    who, which = (request.form.get(name, type=uuid.UUID) for name in ("person", "office"))
    person = find_seen(who, EVERYBODY) if who else None
    office = find_office(person, which) if person and which else None
    if office is None or not office.is_held_on(clock.today()):
        abort(404)
    return office
