"""The documents of a meeting at the desk: the list, and one document.

Who prepares the meeting but may not read a closed document sees nothing of it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock, file_store
from kwartaal.blueprints.documents.forms import DocumentForm, Offer, ReplaceForm, UploadForm
from kwartaal.blueprints.documents.reception import MEGABYTE, SHORT_WARNINGS, WARNINGS
from kwartaal.blueprints.documents.routes import bp
from kwartaal.db import db
from kwartaal.domain import document_acts
from kwartaal.domain import documents as rules
from kwartaal.fields import KwartaalForm
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.agenda import agenda_of, numbered
from kwartaal.models.document import (
    Document,
    delete_document,
    document_kinds,
    documents_of,
)
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import all_organisations
from kwartaal.models.published import Reader, reader_of
from kwartaal.models.published_documents import held_by_publications, newest_published
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import (
    Permission,
    allowed,
    meeting_to_prepare,
    requires,
    signed_in_person,
    viewer,
)
from kwartaal.uploads import ACCEPTED

Answer = str | tuple[str, int] | Response
PAGE = "/beheer/bijeenkomsten/<slug>/stukken/"
ONE = f"{PAGE}<uuid:key>/"


@dataclass(frozen=True)
class Group:
    """Documents that stand together; `id` is for anchors."""

    heading: str
    id: str
    documents: list[Document]

    @property
    def has_order(self) -> bool:
        """What readers of the next version will not see has none."""
        return self.id not in ("nowhere", "published-only")


@bp.get(PAGE)
@requires(Permission.MANAGE_MEETINGS)
def desk(slug: str) -> Answer:
    meeting = meeting_to_prepare(slug)
    return list_page(meeting, upload_form(meeting, offer_for(meeting)))


@bp.route(ONE, methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def edit(slug: str, key: uuid.UUID) -> Answer:
    meeting, document = _load(slug, key)
    offer = offer_for(meeting, with_owners=True)
    form = DocumentForm(offer, document)
    if meeting.state != MeetingState.CONCEPT and not allowed(Permission.PUBLISH):
        form.leave_openness()  # opening counts at once for what is published
    if form.validate_on_submit():
        with refusals_at(form):
            description = form.description(offer)
            document_acts.change(document, description, signed_in_person(), clock.now())
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard.", title=document.title))
            return to_list(meeting, key)
    return document_page(meeting, document, form, new_replace_form())


@bp.post(f"{ONE}verplaatsen")
@requires(Permission.MANAGE_MEETINGS)
def move(slug: str, key: uuid.UUID) -> Response:
    """One up or down, from where the page showed it: a second click in time is none."""
    meeting, document = _load(slug, key)
    groups = groups_of(meeting)
    group = next(one.documents for one in groups if document in one.documents)
    if request.form.get("from", type=int) == group.index(document):
        with refusals_flashed():
            rules.move(document, group, earlier=request.form.get("to") == "earlier")
            db.session.commit()
            place = next(one for one in groups_of(meeting) if document in one.documents)
            number = place.documents.index(document) + 1
            flash(_("‘%(title)s’ is nu nummer %(number)s.", title=document.title, number=number))
    return to_list(meeting, key)


@bp.post(f"{ONE}intrekken")
@requires(Permission.MANAGE_MEETINGS)
def withdraw(slug: str, key: uuid.UUID) -> Response:
    """What readers may know is taken from them by who publishes."""
    meeting, document = _load(slug, key)
    if not _may_withdraw(document):
        abort(404)
    with refusals_flashed():
        document_acts.withdraw(document, signed_in_person(), clock.now())
        db.session.commit()
        flash(_("‘%(title)s’ is ingetrokken.", title=document.title))
    return to_list(meeting, key)


@bp.post(f"{ONE}terugzetten")
@requires(Permission.MANAGE_MEETINGS)
def put_back(slug: str, key: uuid.UUID) -> Response:
    meeting, document = _load(slug, key)
    if not _may_withdraw(document):
        abort(404)
    document_acts.put_back(document, signed_in_person(), clock.now())
    db.session.commit()
    flash(_("‘%(title)s’ is teruggezet.", title=document.title))
    return to_list(meeting, key)


@bp.post(f"{ONE}verwijderen")
@requires(Permission.MANAGE_MEETINGS)
def remove(slug: str, key: uuid.UUID) -> Response:
    """For good, with its files: only what was never published."""
    meeting, document = _load(slug, key)
    names = [version.storage_name for version in document.versions]
    with refusals_flashed():
        rules.check_removable(document, _was_published(document))
        delete_document(document)
        db.session.commit()
        file_store.remove(names)
        flash(_("Het stuk is verwijderd."))
        return to_list(meeting)
    return to_list(meeting, key)


def offer_for(meeting: Meeting, with_owners: bool = False) -> Offer:
    """What the visitor can choose for a document of this meeting."""
    reader = _reader(meeting)
    agenda = numbered(agenda_of(meeting.id))
    return Offer(
        [(number, item) for number, item in agenda if reader.sees(item)],
        document_kinds(),
        all_organisations() if with_owners else (),
    )


def upload_form(meeting: Meeting, offer: Offer) -> UploadForm:
    """Open where the meeting is for everybody, closed elsewhere."""
    openness = Openness.OPENBAAR if meeting.is_public else Openness.BESLOTEN
    return UploadForm(offer, data={"openness": openness})


def new_replace_form() -> ReplaceForm:
    """The empty form on the page of a document, which holds another form too."""
    return ReplaceForm(formdata=None, prefix="replace")


def list_page(meeting: Meeting, form: UploadForm, **context: object) -> tuple[str, int]:
    return form_page(
        "documents/desk.html",
        form,
        frame=meeting_frame(meeting),
        groups=groups_of(meeting),
        **_about_uploads(),
        **context,
    )


def document_page(
    meeting: Meeting, document: Document, form: KwartaalForm, replace_form: ReplaceForm
) -> tuple[str, int]:
    page, status = form_page(
        "documents/edit.html",
        form,
        replace_form=replace_form,
        frame=meeting_frame(meeting),
        document=document,
        may_withdraw=_may_withdraw(document),
        newest=newest_published([document.id]).get(document.id, 0),
        was_published=_was_published(document),
        **_about_uploads(),
    )
    return page, 422 if replace_form.errors else status


def _was_published(document: Document) -> bool:
    """Also when that version was retracted: somebody may have read it."""
    return bool(held_by_publications([document.id]))


def groups_of(meeting: Meeting) -> list[Group]:
    """What the visitor may read, as it stands: with the meeting, under each point, nowhere.

    What was published and has lost its point is apart: it stays in versions that readers have.
    """
    reader = _reader(meeting)
    readable = [one for one in documents_of(meeting.id) if reader.sees_document(one)]
    agenda = agenda_of(meeting.id)
    groups = [
        Group(_("Bij de hele bijeenkomst"), "meeting", [d for d in readable if not d.under_item])
    ]
    for number, item in numbered(agenda):
        own = [one for one in readable if one.agenda_item_id == item.id]
        heading = _("Agendapunt %(number)s", number=number)
        groups.append(Group(f"{heading}: {item.title}", f"point-{number}", own))
    on_agenda = {item.id for item in agenda}
    lost = [d for d in readable if d.under_item and d.agenda_item_id not in on_agenda]
    held = held_by_publications(one.id for one in lost)
    drafts, out = ([d for d in lost if (d.id in held) == was_out] for was_out in (False, True))
    groups.append(Group(_("Nergens: het agendapunt is weg"), "nowhere", drafts))
    groups.append(Group(_("Alleen in gepubliceerde versies"), "published-only", out))
    return [group for group in groups if group.documents]


def load_document(meeting: Meeting, key: uuid.UUID) -> Document:
    """A document of the meeting that the visitor may read, or 404."""
    found = (one for one in documents_of(meeting.id) if one.public_id == key)
    document = next(found, None)
    if document is None or not _reader(meeting).sees_document(document):
        abort(404)
    return document


def to_list(meeting: Meeting, key: uuid.UUID | None = None) -> Response:
    anchor = f"document-{key}" if key else None
    return redirect(url_for("documents.desk", slug=meeting.slug, _anchor=anchor), 303)


def _load(slug: str, key: uuid.UUID) -> tuple[Meeting, Document]:
    meeting = meeting_to_prepare(slug)
    return meeting, load_document(meeting, key)


def _reader(meeting: Meeting) -> Reader:
    return reader_of(meeting, viewer(), clock.today())


def _may_withdraw(document: Document) -> bool:
    """And put back: at once, also in versions that are out, so it is like publishing."""
    return allowed(Permission.PUBLISH) or not held_by_publications([document.id])


def _about_uploads() -> dict[str, object]:
    most = current_app.config["MAX_CONTENT_LENGTH"] // MEGABYTE
    scans = bool(current_app.config["CLAMD_URL"])
    return {
        "accepted": ACCEPTED,
        "megabytes": most,
        "scans": scans,
        "all_warnings": WARNINGS,
        "all_short_warnings": SHORT_WARNINGS,
    }
