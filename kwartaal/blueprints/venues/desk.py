"""The desk's pages about venues, and the rooms of one."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.venues.forms import (
    NewRoomForm,
    NewVenueForm,
    RoomForm,
    VenueForm,
    data_of,
    data_of_room,
)
from kwartaal.db import db
from kwartaal.domain import venues as rules
from kwartaal.filters import number, short_date
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.organisation import Organisation, OrganisationKind
from kwartaal.models.room_use import outgrown
from kwartaal.models.usage import is_in_programme, is_visited
from kwartaal.models.venue import Room, Venue
from kwartaal.permissions import Permission, requires, viewer

bp = Blueprint("venues", __name__)

Answer = str | tuple[str, int] | Response


@bp.get("/beheer/locaties/")
@requires(Permission.MANAGE_MEETINGS)
def index() -> str:
    statement = select(Venue).options(selectinload(Venue.rooms)).order_by(Venue.name)
    return render_template("venues/index.html", venues=db.session.scalars(statement).all())


@bp.route("/beheer/locaties/nieuw/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def new() -> Answer:
    form = NewVenueForm(_municipalities())
    if form.validate_on_submit():
        with refusals_at(form):
            venue = rules.add(form.address(), _everything())
            db.session.add(venue)
            db.session.commit()
            flash(_("Locatie ‘%(name)s’ is bewaard. Zet er nu de zalen bij.", name=venue.name))
            return redirect(url_for(".edit", slug=venue.slug), 303)
    return form_page("venues/new.html", form)


@bp.route("/beheer/locaties/<slug>/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def edit(slug: str) -> Answer:
    venue = _venue(slug)
    form = VenueForm(_municipalities(), data=data_of(venue))
    if form.validate_on_submit():
        with refusals_at(form):
            rules.change(venue, form.address(), _everything(), clock.now())
            db.session.commit()
            flash(_("Locatie ‘%(name)s’ is bewaard.", name=venue.name))
            return redirect(url_for(".edit", slug=slug), 303)
    return form_page("venues/edit.html", form, venue=venue)


@bp.post("/beheer/locaties/<slug>/verwijderen")
@requires(Permission.MANAGE_MEETINGS)
def remove(slug: str) -> Response:
    venue = _venue(slug)
    with refusals_flashed():
        rules.check_removable(venue, is_visited(venue.id))
        db.session.delete(venue)
        db.session.commit()
        flash(_("De locatie is verwijderd."))
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".edit", slug=slug), 303)


@bp.route("/beheer/locaties/<slug>/zalen/nieuw/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def new_room(slug: str) -> Answer:
    """The form for a new room; the same form sent twice makes one."""
    venue = _venue(slug)
    form = NewRoomForm()
    if form.validate_on_submit():
        if any(room.public_id == form.key.data for room in venue.rooms):
            return _to_venue(venue)
        with refusals_at(form):
            rules.add_room(venue, form.name.data, form.capacity.data, form.key.data)
            db.session.commit()
            flash(_("De zaal is bewaard."))
            return _to_venue(venue)
    return form_page("venues/room.html", form, venue=venue, room=None)


@bp.route("/beheer/locaties/<slug>/zalen/<uuid:key>/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def edit_room(slug: str, key: uuid.UUID) -> Answer:
    venue = _venue(slug)
    room = _room(venue, key)
    form = RoomForm(data=data_of_room(room))
    if form.validate_on_submit():
        with refusals_at(form):
            rules.change_room(room, form.name.data, form.capacity.data)
            db.session.commit()
            flash(_("De zaal is bewaard."))
            _say_outgrown(room)
            return _to_venue(venue)
    return form_page("venues/room.html", form, venue=venue, room=room)


@bp.post("/beheer/locaties/<slug>/zalen/<uuid:key>/verwijderen")
@requires(Permission.MANAGE_MEETINGS)
def remove_room(slug: str, key: uuid.UUID) -> Response:
    venue = _venue(slug)
    room = _room(venue, key)
    with refusals_flashed():
        rules.remove_room(room, is_in_programme(room.id))
        db.session.commit()
        flash(_("De zaal is verwijderd."))
        return _to_venue(venue)
    return redirect(url_for(".edit_room", slug=slug, key=key), 303)


def _say_outgrown(room: Room) -> None:
    """What no longer fits; a warning, since the room is as large as it is."""
    for item in outgrown(room, viewer(), clock.today(), clock.now()):
        words = {
            "title": item.title,
            "day": short_date(item.starts_at),
            "maximum": number(item.maximum or 0),
            "capacity": number(room.capacity or 0),
        }
        said = _(
            "Let op: ‘%(title)s’ op %(day)s heeft %(maximum)s plekken en past niet meer in deze"
            " zaal van %(capacity)s.",
            **words,
        )
        flash(said, "warning")


def _venue(slug: str) -> Venue:
    return db.session.scalars(select(Venue).where(Venue.slug == slug)).first() or abort(404)


def _room(venue: Venue, key: uuid.UUID) -> Room:
    found = [room for room in venue.rooms if room.public_id == key]
    return found[0] if found else abort(404)


def _everything() -> list[Venue]:
    return list(db.session.scalars(select(Venue)))


def _municipalities() -> list[Organisation]:
    kinds = (OrganisationKind.MUNICIPALITY, OrganisationKind.NEIGHBOUR)
    statement = select(Organisation).where(Organisation.kind.in_(kinds)).order_by(Organisation.name)
    return list(db.session.scalars(statement))


def _to_venue(venue: Venue) -> Response:
    return redirect(url_for(".edit", slug=venue.slug, _anchor="rooms"), 303)
