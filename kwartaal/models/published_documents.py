"""Documents as readers see them: where a publication froze them, with the openness of now."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column

from kwartaal.db import Model, db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document, DocumentVersion
from kwartaal.models.openness import Openness
from kwartaal.models.publication import Publication

Frozen = Mapping[str, Any]
EMPTY: Frozen = {"agenda": ()}


class PublicationDocument(Model):
    """Which document version stands in which publication, so that one query can tell.

    Follows from the publication's content, and is written together with it. While a publication
    names a version, the database refuses to delete that version. A publication that was retracted
    keeps its rows, and counts as if it never was.
    """

    __tablename__ = "publication_document"
    __table_args__ = (Index("ix_publication_document_document_version_id", "document_version_id"),)

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="CASCADE"), primary_key=True
    )
    document_version_id: Mapped[int] = mapped_column(
        ForeignKey("document_version.id"), primary_key=True
    )
    # As in the content, where a row may be gone later; None: with the meeting as a whole.
    agenda_item_id: Mapped[int | None]


@dataclass(frozen=True)
class EarlierFile:
    """A version that was published, with what its address needs."""

    number: int
    version_id: uuid.UUID
    file_name: str


@dataclass(frozen=True)
class LiveDocument:
    """What counts today of a document: its row, and its versions that were published."""

    row: Document
    published: tuple[EarlierFile, ...] = ()

    @property
    def newest(self) -> int:
        return max((one.number for one in self.published), default=0)


@dataclass(frozen=True)
class PublishedDocument:
    """A line in a list of documents. Of one that is not for this reader only the date is known."""

    title: str | None
    dated_on: date | None
    kind: str | None = None
    reference: str = ""
    owner: str = ""
    number: int = 0
    version_id: uuid.UUID | None = None
    file_name: str = ""
    media_type: str = ""
    size: int = 0
    pages: int | None = None
    is_closed: bool = False
    is_withdrawn: bool = False
    is_replaced: bool = False
    earlier: tuple[EarlierFile, ...] = ()  # published before this version, the last first

    @property
    def can_be_read(self) -> bool:
        return self.title is not None and not self.is_withdrawn


def holds_documents(content: Mapping[str, Any]) -> bool:
    return next(documents_in(content), None) is not None


def documents_in(content: Mapping[str, Any]) -> Iterator[tuple[Frozen, int | None]]:
    """Every document in a publication's content, with the id of the agenda item it stands under."""
    yield from ((frozen, None) for frozen in content.get("documents", ()))
    for item in content["agenda"]:
        yield from _below(item)


def _below(item: Mapping[str, Any]) -> Iterator[tuple[Frozen, int | None]]:
    yield from ((frozen, item["id"]) for frozen in item.get("documents", ()))
    for child in item.get("items", ()):
        yield from _below(child)


def keep_documents(publication: Publication) -> None:
    """Write down which versions stand in a publication; its content is complete."""
    items = {
        uuid.UUID(frozen["version_id"]): item for frozen, item in documents_in(publication.content)
    }
    if not items:
        return
    db.session.flush()
    ids = select(DocumentVersion.id, DocumentVersion.public_id).where(
        DocumentVersion.public_id.in_(items)
    )
    db.session.add_all(
        PublicationDocument(
            publication_id=publication.id,
            document_version_id=version_id,
            agenda_item_id=items[public_id],
        )
        for version_id, public_id in db.session.execute(ids)
    )


def published_under(version: DocumentVersion) -> list[int | None]:
    """The agenda items under which a version is or was published; [] when it never was.

    What stood only in publications that were retracted is not published.
    """
    statement = (
        select(PublicationDocument.agenda_item_id)
        .join(Publication)
        .where(
            PublicationDocument.document_version_id == version.id,
            Publication.retracted_at.is_(None),
        )
        .distinct()
    )
    return list(db.session.scalars(statement))


def published_title(version: DocumentVersion) -> str | None:
    """What a version was called in the newest publication it stands in; None when in none."""
    statement = (
        select(Publication.content)
        .join(PublicationDocument, PublicationDocument.publication_id == Publication.id)
        .where(
            PublicationDocument.document_version_id == version.id,
            Publication.retracted_at.is_(None),
        )
        .order_by(Publication.published_at.desc(), Publication.number.desc())
        .limit(1)
    )
    content = db.session.scalar(statement)
    titles = {one["version_id"]: one["title"] for one, _item in documents_in(content or EMPTY)}
    return titles.get(str(version.public_id))


def held_by_publications(document_ids: Iterable[int]) -> set[int]:
    """Of these documents those that any publication holds, a retracted one too; one query."""
    statement = (
        select(DocumentVersion.document_id)
        .join(PublicationDocument)
        .where(DocumentVersion.document_id.in_(list(document_ids)))
        .distinct()
    )
    return set(db.session.scalars(statement))


def newest_published(document_ids: Iterable[int]) -> dict[int, int]:
    """The number of the newest version that was published, by document; one query."""
    statement = (
        select(DocumentVersion.document_id, func.max(DocumentVersion.number))
        .join(PublicationDocument)
        .join(Publication)
        .where(
            Publication.retracted_at.is_(None),
            DocumentVersion.document_id.in_(list(document_ids)),
        )
        .group_by(DocumentVersion.document_id)
    )
    return {document_id: number for document_id, number in db.session.execute(statement)}


def live_documents(meeting_id: int) -> dict[int, LiveDocument]:
    """Every document of a meeting by id, as it is today; two queries."""
    statement = (
        select(Document)
        .options(joinedload(Document.agenda_item).joinedload(AgendaItem.parent))
        .where(Document.meeting_id == meeting_id)
    )
    rows = db.session.scalars(statement).all()
    files = _published_files(meeting_id) if rows else {}
    return {row.id: LiveDocument(row, tuple(files.get(row.id, ()))) for row in rows}


def _published_files(meeting_id: int) -> dict[int, list[EarlierFile]]:
    """The versions in publications that were not retracted, by document, newest first."""
    version = DocumentVersion
    statement = (
        select(version.document_id, version.number, version.public_id, version.file_name)
        .join(PublicationDocument)
        .join(Publication)
        .where(Publication.meeting_id == meeting_id, Publication.retracted_at.is_(None))
        .distinct()
        .order_by(version.document_id, version.number.desc())
    )
    files: dict[int, list[EarlierFile]] = {}
    for document_id, number, public_id, name in db.session.execute(statement):
        files.setdefault(document_id, []).append(EarlierFile(number, public_id, name))
    return files


def read_document(
    frozen: Frozen, live: LiveDocument | None, sees: bool
) -> PublishedDocument | None:
    """A document as one reader sees it; None when not even its date is for this reader.

    A row that is gone cannot say that the document is open.
    """
    dated_on = date.fromisoformat(frozen["date"]) if frozen["date"] else None
    if live is None:
        return None
    if not sees:
        shows_date = live.row.openness == Openness.DATUM and not live.row.is_withdrawn
        return PublishedDocument(None, dated_on, is_closed=True) if shows_date else None
    return PublishedDocument(
        title=frozen["title"],
        dated_on=dated_on,
        kind=frozen["kind"],
        reference=frozen["reference"],
        owner=frozen["owner"],
        number=frozen["version"],
        version_id=uuid.UUID(frozen["version_id"]),
        file_name=frozen["file_name"],
        media_type=frozen["media_type"],
        size=frozen["size"],
        pages=frozen["pages"],
        is_closed=live.row.is_closed,
        is_withdrawn=live.row.is_withdrawn or frozen["withdrawn"],
        is_replaced=frozen["version"] < live.newest,
        earlier=tuple(one for one in live.published if one.number < frozen["version"]),
    )
