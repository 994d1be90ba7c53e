"""Sending files in: several for a meeting, or one in place of an older one.

The good ones go in, and for each of the others a row says why it did not. Sent again, the same
form adds nothing twice. Files are judged before the transaction begins (decision 0018).
"""

from __future__ import annotations

import uuid
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.documents.desk import (
    ONE,
    PAGE,
    Answer,
    document_page,
    list_page,
    load_document,
    offer_for,
    to_list,
    upload_form,
)
from kwartaal.blueprints.documents.forms import (
    DocumentForm,
    ReplaceForm,
    UploadForm,
    document_key,
    sent_files,
)
from kwartaal.blueprints.documents.reception import WARNINGS, Received, receive
from kwartaal.blueprints.documents.routes import bp
from kwartaal.db import begin_writing, db
from kwartaal.domain import document_acts
from kwartaal.domain import documents as rules
from kwartaal.file_store import Batch, receiving
from kwartaal.forms import refusals_at
from kwartaal.models.document import Document, documents_of
from kwartaal.models.meeting import Meeting
from kwartaal.permissions import (
    Permission,
    allowed,
    meeting_at_desk,
    meeting_to_prepare,
    prepares_first,
    requires,
    signed_in_person,
)
from kwartaal.translations import sentence
from kwartaal.uploads.names import title_from
from kwartaal.uploads.refusals import TooManyFiles

# Each PDF takes about half a second on a small machine; a worker may be given up after 30.
MOST_FILES = 25
# A request may hold several files of the largest size; only of who may send them.
FULL_FILES = 8
MOST_NAMED = 3  # what is said after a redirect travels in a cookie
ENDPOINTS = ("documents.upload", "documents.replace")


@bp.url_value_preprocessor
def _let_more_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before the form is read, which happens where its token is checked."""
    if endpoint in ENDPOINTS and allowed(Permission.MANAGE_MEETINGS):
        request.max_content_length = FULL_FILES * current_app.config["MAX_CONTENT_LENGTH"]


@bp.post(PAGE)
@requires(Permission.MANAGE_MEETINGS)
@prepares_first
def upload(slug: str) -> Answer:
    meeting = meeting_at_desk(slug)
    form = upload_form(meeting, offer_for(meeting))
    if not form.validate() or not _is_not_too_many(form):
        return list_page(meeting, form)
    with receiving() as batch:
        received = [receive(batch, sent) for sent in sent_files(form.files)]
        begin_writing()
        meeting = meeting_to_prepare(slug)
        with refusals_at(form):
            good = _add(meeting, form, received, batch)
            batch.store()
            db.session.commit()
            batch.keep()
            if good == len(received):
                return _done(meeting, received)
            form.files.errors = [_not_all(good)]
            form.key.data = uuid.uuid4()  # what is sent from here is something new
            return list_page(meeting, form, received=received)
    return list_page(meeting_at_desk(slug), form)


@bp.post(f"{ONE}vervangen")
@requires(Permission.MANAGE_MEETINGS)
@prepares_first
def replace(slug: str, key: uuid.UUID) -> Answer:
    """The next version under the same entry."""
    load_document(meeting_at_desk(slug), key)
    form = ReplaceForm(prefix="replace")
    with receiving() as batch:
        received = receive(batch, form.files.data) if form.validate() else None
        if received and received.refusal:
            form.files.errors = [received.refusal]
        begin_writing()
        meeting = meeting_to_prepare(slug)
        document = load_document(meeting, key)
        if received and received.file:
            with refusals_at(form):
                is_new = document.latest.sha256 != received.file.sha256
                if is_new:
                    document_acts.replace(document, received.file, signed_in_person(), clock.now())
                    batch.store()
                    db.session.commit()
                    batch.keep()
                _say_replaced(document, is_new)
                _warn([received])
                return redirect(url_for(".edit", slug=meeting.slug, key=key), 303)
            meeting = meeting_at_desk(slug)
            document = load_document(meeting, key)
    offer = offer_for(meeting, with_owners=True)
    return document_page(meeting, document, DocumentForm(offer, document, formdata=None), form)


def _say_replaced(document: Document, is_new: bool) -> None:
    """The same file again, as when a form is sent twice, is no version."""
    if is_new:
        flash(_("‘%(title)s’ heeft een nieuwe versie.", title=document.title))
    else:
        flash(_("Dit bestand was er al."), "info")


def _warn(received: list[Received]) -> None:
    """Tell at once what is better mended in the files that were kept; each reason once."""
    for warning, mended in WARNINGS.items():
        names = [one.name for one in received if warning in one.warnings]
        if len(names) > MOST_NAMED:
            about = _("%(count)s bestanden", count=len(names))
        else:
            about = ", ".join(names)
        if names:
            flash(f"{about}: {mended}", "warning")


def _is_not_too_many(form: UploadForm) -> bool:
    if len(form.files.data) <= MOST_FILES:
        return True
    form.files.errors = [sentence(TooManyFiles(maximum=MOST_FILES))]
    return False


def _add(meeting: Meeting, form: UploadForm, received: list[Received], batch: Batch) -> int:
    """Add the good ones; returns how many those are. What is there already is let go of."""
    offer, person, now = offer_for(meeting), signed_in_person(), clock.now()
    documents = documents_of(meeting.id)
    known = {document.public_id for document in documents}
    good = [(index, one.file) for index, one in enumerate(received) if one.file]
    for index, file in good:
        key = document_key(form.key.data, index, file.sha256)
        if key in known:
            batch.drop(file.storage_name)
            continue
        description = form.description(title_from(file.name), offer)
        document = rules.add(meeting, description, file, documents, person, now)
        document.public_id = key
        documents.append(document)
        db.session.add(document)
    return len(good)


def _not_all(good: int) -> str:
    if good:
        return _("Niet alle bestanden zijn bewaard. In de lijst staat waarom.")
    return _("Er is niets bewaard. In de lijst staat waarom.")


def _done(meeting: Meeting, received: list[Received]) -> Response:
    count = len(received)
    flash(
        ngettext(
            "%(num)s stuk is bewaard. Kijk de titel na.",
            "%(num)s stukken zijn bewaard. Kijk de titels na.",
            count,
        )
    )
    _warn(received)
    return to_list(meeting)
