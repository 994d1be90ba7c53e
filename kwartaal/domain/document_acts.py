"""What is done to a document that readers may know, written down in the log.

The rules are in kwartaal.domain.documents. A line names the meeting, which decides who may read it,
and the document by its key, never its title. Callers hold the meeting's row and commit.
"""

from __future__ import annotations

from datetime import datetime

from kwartaal.domain import documents
from kwartaal.domain.documents import Description, StoredFile
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.document import Document
from kwartaal.models.person import Person


def replace(document: Document, file: StoredFile, actor: Person, now: datetime) -> None:
    """The next version of the same entry; raises CancelledIsFixed or WithdrawnIsFixed."""
    documents.replace(document, file, actor, now)
    _log(AuditAction.DOCUMENT_REPLACED, document, actor, now)


def change(document: Document, description: Description, actor: Person, now: datetime) -> None:
    """Another description; who may read it counts at once. Raises what documents.change raises."""
    before = document.openness
    documents.change(document, description)
    if document.openness != before:
        after = document.openness
        _log(
            AuditAction.DOCUMENT_OPENNESS_CHANGED, document, actor, now, before=before, after=after
        )


def withdraw(document: Document, actor: Person, now: datetime) -> None:
    """Nobody outside reads it any more; raises AlreadyWithdrawn."""
    documents.withdraw(document, now)
    _log(AuditAction.DOCUMENT_WITHDRAWN, document, actor, now)


def put_back(document: Document, actor: Person, now: datetime) -> None:
    """Undo a withdrawal; a second time changes and tells nothing."""
    if document.is_withdrawn:
        documents.put_back(document)
        _log(AuditAction.DOCUMENT_PUT_BACK, document, actor, now)


def _log(
    action: AuditAction, document: Document, actor: Person, now: datetime, **detail: object
) -> None:
    record(
        action,
        now,
        actor,
        f"meeting:{document.meeting.slug}",
        document=str(document.public_id),
        version=document.latest.number,
        **detail,
    )
