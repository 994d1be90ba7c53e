"""Who may read which file: asked before anything about it is said."""

from __future__ import annotations

import uuid

from flask import abort, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from kwartaal import clock
from kwartaal.db import db
from kwartaal.errors import TakenBack
from kwartaal.models.agenda import live_agenda
from kwartaal.models.document import Document, DocumentVersion, find_file
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import reader_of
from kwartaal.models.published_documents import published_under
from kwartaal.models.visibility import find_visible, preparable_meetings
from kwartaal.permissions import viewer


def readable_file(public_id: uuid.UUID) -> DocumentVersion:
    """One version of a document as the visitor may read it today, or 404.

    Outside the desk it must stand in a publication. Of one that was withdrawn, whoever else could
    read it learns only that. Who prepares the meeting reads drafts, old and withdrawn files too,
    but nothing that is closed to them.
    """
    version = find_file(public_id)
    if version is None:
        abort(404)
    document = version.document
    is_out = _is_out(version)
    if (is_out and not document.is_withdrawn) or _is_prepared_by_visitor(document):
        return version
    if not is_out:
        abort(404)
    raise TakenBack(
        _("Dit stuk is ingetrokken"),
        _("U kunt het niet meer lezen."),
        (_("Naar de agenda"), url_for("agenda.show", slug=document.meeting.slug)),
    )


def sees(document: Document) -> bool:
    """Whether the visitor may read a document of a meeting that is in sight."""
    return reader_of(document.meeting, viewer(), clock.today()).sees_document(document)


def _is_out(version: DocumentVersion) -> bool:
    """Whether it stands in a publication where this visitor sees it, withdrawn or not."""
    document, today = version.document, clock.today()
    meeting = find_visible(document.meeting_id, viewer(), today)
    if meeting is None or not sees(document):
        return False
    agenda, reader = live_agenda(meeting.id), reader_of(meeting, viewer(), today)
    return any(
        item_id is None or reader.sees(agenda.get(item_id)) for item_id in published_under(version)
    )


def _is_prepared_by_visitor(document: Document) -> bool:
    mine = preparable_meetings(viewer(), clock.today()).where(Meeting.id == document.meeting_id)
    found = db.session.scalar(select(mine.with_only_columns(Meeting.id).exists()))
    return bool(found) and sees(document)
