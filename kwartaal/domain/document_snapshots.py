"""Which document versions a publication freezes, and where each of them stands.

The shape is in decision 0018: a list `documents` in the meeting and in an agenda item, left out
where it is empty. A withdrawn document stays in the list, so that versions can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kwartaal.models.document import Document

Content = dict[str, Any]


def with_documents(content: Content, documents: Sequence[Document], item_id: int | None) -> Content:
    """The content of the meeting (without an item) or of one agenda item, with its documents.

    `documents` are all of the meeting, in order. Those whose item was thrown away stand nowhere.
    """
    own = [_document(one) for one in standing_at(documents, item_id)]
    return content | {"documents": own} if own else content


def standing_at(documents: Sequence[Document], item_id: int | None) -> list[Document]:
    """The documents of one agenda item, or without an item those of the whole meeting."""
    return [one for one in documents if _stands_at(one, item_id)]


def _stands_at(document: Document, item_id: int | None) -> bool:
    if item_id is None:
        return not document.under_item
    return document.agenda_item_id == item_id


def _document(document: Document) -> Content:
    version = document.latest
    return {
        "id": document.id,
        "public_id": str(document.public_id),
        "title": document.title,
        "kind": document.kind.name if document.kind else None,
        "reference": document.reference,
        "date": document.dated_on.isoformat() if document.dated_on else None,
        "owner": document.owned_by,
        "withdrawn": document.is_withdrawn,
        "version": version.number,
        "version_id": str(version.public_id),
        "file_name": version.file_name,
        "media_type": version.media_type,
        "size": version.size,
        "pages": version.pages,
    }
