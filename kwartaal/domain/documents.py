"""The documents of a meeting: added, described, replaced, withdrawn.

Texts, shelf and order are a draft until published. Openness and withdrawal count at once, also for
versions that are out already. Callers hold the meeting's row, have the file on disk, commit.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kwartaal.domain import ordering
from kwartaal.domain.document_refusals import (
    AlreadyWithdrawn,
    DocumentWasPublished,
    TwoOwners,
    WithdrawnIsFixed,
)
from kwartaal.domain.meetings import check_changeable
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document, DocumentKind, DocumentVersion
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Person


@dataclass(frozen=True)
class StoredFile:
    """A file that was judged and lies on disk; `name` is how it is shown."""

    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None
    warnings: tuple[str, ...]
    storage_name: str


@dataclass(frozen=True)
class Shelf:
    """Where a document stands: with the whole meeting, under a point, or nowhere.

    Nowhere is for what lay under a point that is no longer on the agenda.
    """

    item: AgendaItem | None = None
    nowhere: bool = False


@dataclass(frozen=True)
class Description:
    """What a form says about a document."""

    title: str
    openness: Openness
    shelf: Shelf = Shelf()
    kind: DocumentKind | None = None
    reference: str = ""
    dated_on: date | None = None
    owner: Organisation | None = None
    owner_name: str = ""


def add(
    meeting: Meeting,
    description: Description,
    file: StoredFile,
    documents: Sequence[Document],
    uploader: Person,
    now: datetime,
) -> Document:
    """A new entry at the end of the list, with its first version; raises CancelledIsFixed."""
    check_changeable(meeting)
    document = Document(meeting=meeting, position=ordering.next_position(documents))
    _write(document, description)
    _add_version(document, file, uploader, now)
    return document


def change(document: Document, description: Description) -> None:
    """Describe a document anew; raises CancelledIsFixed or TwoOwners."""
    check_changeable(document.meeting)
    _write(document, description)


def replace(document: Document, file: StoredFile, uploader: Person, now: datetime) -> None:
    """The next version of the same entry; the ones before stay.

    Raises CancelledIsFixed or WithdrawnIsFixed.
    """
    check_changeable(document.meeting)
    if document.is_withdrawn:
        raise WithdrawnIsFixed
    _add_version(document, file, uploader, now)


def withdraw(document: Document, now: datetime) -> None:
    """Let nobody outside read the document any more, in no version; raises AlreadyWithdrawn.

    Also when the meeting is cancelled: what should not be read must be able to go.
    """
    if document.is_withdrawn:
        raise AlreadyWithdrawn(title=document.title)
    document.withdrawn_at = now


def put_back(document: Document) -> None:
    """Undo a withdrawal."""
    document.withdrawn_at = None


def move(document: Document, group: Sequence[Document], *, earlier: bool) -> None:
    """One up or down among the documents that stand together; raises CancelledIsFixed."""
    check_changeable(document.meeting)
    ordering.step(group, document, earlier=earlier)


def check_removable(document: Document, was_published: bool) -> None:
    """Only what never stood in a publication goes for good; raises DocumentWasPublished."""
    if was_published:
        raise DocumentWasPublished(title=document.title)


def _write(document: Document, description: Description) -> None:
    if description.owner is not None and description.owner_name:
        raise TwoOwners
    shelf = description.shelf
    document.title = description.title
    document.openness = description.openness
    document.kind = description.kind
    document.reference = description.reference
    document.dated_on = description.dated_on
    document.owner = description.owner
    document.owner_name = description.owner_name
    if not shelf.nowhere:
        document.agenda_item = shelf.item
        document.under_item = shelf.item is not None


def _add_version(document: Document, file: StoredFile, uploader: Person, now: datetime) -> None:
    number = document.latest.number + 1 if document.versions else 1
    document.versions.append(
        DocumentVersion(
            public_id=uuid.uuid4(),
            number=number,
            file_name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            pages=file.pages,
            warnings=list(file.warnings),
            uploaded_at=now,
            uploader=uploader,
            storage_name=file.storage_name,
        )
    )
