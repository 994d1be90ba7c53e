"""What happens to the documents of a point that moves to the agenda of another meeting.

They go along. One that no publication holds moves as it is, with all its versions. One that was
published stays where it was published, and the other meeting gets a copy of its newest file
(decision 0020). Callers hold both meetings' rows and commit.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence

from kwartaal.domain import ordering
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document, DocumentVersion
from kwartaal.models.openness import Openness, strictest

Pairs = Sequence[tuple[AgendaItem, AgendaItem]]


def of_points(points: Collection[AgendaItem], documents: Sequence[Document]) -> list[Document]:
    """The documents that stand under any of these points."""
    return [one for one in documents if one.agenda_item in points]


def any_closed(documents: Sequence[Document]) -> bool:
    """Whether one of them is closed for itself."""
    return any(one.openness != Openness.OPENBAAR for one in documents)


def take_along(
    pairs: Pairs,
    documents: Sequence[Document],
    there: Sequence[Document],
    held: Collection[int],
    duplicate: Callable[[str], str],
) -> list[Document]:
    """Put the documents of moved points under their copies; returns what stands there now.

    `documents` are those of the meeting the points leave, `there` those of the other, `held` the
    ids of what publications hold, and `duplicate` gives the name on disk of a second copy of a
    file. A document that was withdrawn after it was published stays behind. Nothing becomes more
    open: a document is there as closed as the point it came with.
    """
    last = ordering.next_position(there)
    moved = list(_moved(pairs, documents, held, duplicate))
    for position, document in enumerate(moved, last):
        document.position = position
    return moved


def _moved(
    pairs: Pairs,
    documents: Sequence[Document],
    held: Collection[int],
    duplicate: Callable[[str], str],
) -> Iterator[Document]:
    for item, copy in pairs:
        for document in of_points([item], documents):
            if document.id not in held:
                yield _placed(document, copy)
            elif not document.is_withdrawn:
                yield _placed(_copy(document, duplicate), copy)


def _placed(document: Document, item: AgendaItem) -> Document:
    document.meeting = item.meeting
    document.agenda_item = item
    document.under_item = True
    document.openness = strictest(document.openness, item.openness)
    return document


def _copy(document: Document, duplicate: Callable[[str], str]) -> Document:
    """The same document with an identity of its own, and its newest file as version 1."""
    latest = document.latest
    version = DocumentVersion(
        public_id=uuid.uuid4(),
        number=1,
        file_name=latest.file_name,
        media_type=latest.media_type,
        size=latest.size,
        sha256=latest.sha256,
        pages=latest.pages,
        warnings=list(latest.warnings),
        uploaded_at=latest.uploaded_at,
        uploader=latest.uploader,
        storage_name=duplicate(latest.storage_name),
    )
    return Document(
        title=document.title,
        kind=document.kind,
        reference=document.reference,
        dated_on=document.dated_on,
        owner=document.owner,
        owner_name=document.owner_name,
        openness=document.openness,
        versions=[version],
    )
