"""Who speaks in or leads an item: looked up among the people we know, or by name alone."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.programme.desk import Answer, bp
from kwartaal.blueprints.programme.forms import SpeakerForm, heading_of
from kwartaal.db import db
from kwartaal.domain import speakers as rules
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.meeting import Meeting
from kwartaal.models.people_list import EVERYBODY, PeopleSearch, find_seen, people_found
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, Speaker, programme_of
from kwartaal.models.usage import is_marked
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires

MOST_FOUND = 10
SHORTEST = 2  # letters; one letter would list half the region


@bp.route("/beheer/bijeenkomsten/<slug>/programma/<uuid:key>/sprekers/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def speakers(slug: str, key: uuid.UUID) -> Answer:
    """Who was chosen from the list is in the address (`persoon`); without, one types a name."""
    meeting, item = _load(slug, key)
    person = _chosen()
    form = SpeakerForm(person)
    if form.validate_on_submit():
        if any(speaker.public_id == form.key.data for speaker in item.speakers):
            return _to_speakers(meeting, item)
        with refusals_at(form):
            name = person.full_name if person else form.name.data
            rules.add(item, name, form.part.data, person, form.key.data)
            db.session.commit()
            flash(_("%(name)s staat erbij.", name=name))
            return _to_speakers(meeting, item)
    frame, words = meeting_frame(meeting), request.args.get("zoek", "").strip()[:80]
    return form_page(
        "programme/speakers.html",
        form,
        frame=frame,
        item=item,
        heading=heading_of(item, frame.draft.items),
        chosen=person,
        words=words,
        found=_found(words),
    )


@bp.post("/beheer/bijeenkomsten/<slug>/programma/<uuid:key>/sprekers/<uuid:who>/verplaatsen")
@requires(Permission.MANAGE_MEETINGS)
def move_speaker(slug: str, key: uuid.UUID, who: uuid.UUID) -> Response:
    meeting, item = _load(slug, key)
    speaker = _speaker(item, who)
    if request.form.get("from", type=int) == item.speakers.index(speaker):
        with refusals_flashed():
            rules.move(speaker, earlier=request.form.get("to") == "earlier")
            db.session.commit()
    return _to_speakers(meeting, item)


@bp.post("/beheer/bijeenkomsten/<slug>/programma/<uuid:key>/sprekers/<uuid:who>/verwijderen")
@requires(Permission.MANAGE_MEETINGS)
def remove_speaker(slug: str, key: uuid.UUID, who: uuid.UUID) -> Response:
    meeting, item = _load(slug, key)
    speaker = _speaker(item, who)
    with refusals_flashed():
        rules.remove(speaker, is_marked(speaker.id))
        db.session.commit()
    return _to_speakers(meeting, item)


def _load(slug: str, key: uuid.UUID) -> tuple[Meeting, ProgrammeItem]:
    """A round has no speakers of its own."""
    meeting = meeting_to_prepare(slug)
    items = (one for one in programme_of(meeting.id) if one.kind != ItemKind.ROUND)
    item = next((one for one in items if one.public_id == key), None)
    if item is None:
        abort(404)
    return meeting, item


def _speaker(item: ProgrammeItem, key: uuid.UUID) -> Speaker:
    found = [speaker for speaker in item.speakers if speaker.public_id == key]
    return found[0] if found else abort(404)


def _chosen() -> Person | None:
    """The person that was chosen from the list; 404 when deleted meanwhile."""
    key = request.args.get("persoon", type=uuid.UUID)
    if key is None:
        return None
    return find_seen(key, EVERYBODY) or abort(404)


def _found(words: str) -> list[tuple[Person, str]]:
    """People whose name fits, with what they are now; no addresses."""
    if len(words) < SHORTEST:
        return []
    today = clock.today()
    statement = people_found(EVERYBODY, PeopleSearch(words), today).limit(MOST_FOUND)
    return [
        (person, "; ".join(office.label for office in person.offices_on(today)))
        for person in db.session.scalars(statement)
    ]


def _to_speakers(meeting: Meeting, item: ProgrammeItem) -> Response:
    return redirect(url_for(".speakers", slug=meeting.slug, key=item.public_id), 303)
