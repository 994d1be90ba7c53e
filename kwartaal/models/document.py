"""Documents of a meeting: one entry with its versions. The files lie outside the database."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    Uuid,
    select,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from kwartaal.db import Model, UtcDateTime, db, enum_type
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Person


class DocumentKind(Model):
    """What a document is, such as a raadsvoorstel; data (docs/mission.md A-1 to A-20)."""

    __tablename__ = "document_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int] = mapped_column(default=0)


class Document(Model):
    """One entry in the list of documents. Its texts are a draft; readers see a publication.

    Openness and withdrawal are read live, in every version that is out.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("owner_id IS NULL OR owner_name = ''", name="one_owner"),
        CheckConstraint("agenda_item_id IS NULL OR under_item", name="under_item"),
        Index("ix_document_meeting_id_position", "meeting_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    agenda_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="SET NULL"), index=True
    )
    # True without an agenda item: its item was thrown away. The document then stands nowhere, so
    # that what lay under a closed point does not come out as a document of the whole meeting.
    under_item: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(160))
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("document_kind.id"))
    reference: Mapped[str] = mapped_column(String(80), default="")  # the kenmerk
    dated_on: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    owner_name: Mapped[str] = mapped_column(String(120), default="")  # of whom, if no organisation
    openness: Mapped[Openness] = mapped_column(enum_type(Openness), default=Openness.OPENBAAR)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    meeting: Mapped[Meeting] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()
    kind: Mapped[DocumentKind | None] = relationship()
    owner: Mapped[Organisation | None] = relationship()
    versions: Mapped[list[DocumentVersion]] = relationship(
        back_populates="document",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="DocumentVersion.number",
    )

    @property
    def latest(self) -> DocumentVersion:
        return self.versions[-1]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_closed(self) -> bool:
        """Whether not everybody may read it: for itself, its agenda item or its meeting."""
        if any(one.openness != Openness.OPENBAAR for one in (self, self.meeting)):
            return True
        return self.agenda_item is not None and not self.agenda_item.is_open

    @property
    def owned_by(self) -> str:
        """Whose document it is, in words; "" when nobody said."""
        return self.owner.name if self.owner else self.owner_name


class DocumentVersion(Model):
    """One file. The database refuses to change it: a better one is the next version."""

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("size > 0", name="size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    number: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(150))  # as shown; nothing on disk is called so
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int | None]
    warnings: Mapped[list[str]] = mapped_column(JSON, default=list)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploader_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    storage_name: Mapped[str] = mapped_column(String(32), unique=True)

    document: Mapped[Document] = relationship(back_populates="versions")
    uploader: Mapped[Person] = relationship()


def documents_of(meeting_id: int) -> list[Document]:
    """Every document of the draft in order, withdrawn ones too, with versions; two queries."""
    statement = (
        select(Document)
        .options(
            joinedload(Document.kind),
            joinedload(Document.owner),
            joinedload(Document.agenda_item).joinedload(AgendaItem.parent),
            selectinload(Document.versions),
        )
        .where(Document.meeting_id == meeting_id)
        .order_by(Document.position, Document.id)
    )
    return list(db.session.scalars(statement))


def find_file(public_id: uuid.UUID) -> DocumentVersion | None:
    """One version with its document, meeting and agenda item, whoever may read it; one query."""
    document = joinedload(DocumentVersion.document)
    item = document.joinedload(Document.agenda_item)
    statement = (
        select(DocumentVersion)
        .options(document.joinedload(Document.meeting), item.joinedload(AgendaItem.parent))
        .where(DocumentVersion.public_id == public_id)
    )
    return db.session.scalars(statement).one_or_none()


def versions_with(public_ids: list[uuid.UUID]) -> dict[uuid.UUID, DocumentVersion]:
    """Versions by the id in their address; one query."""
    statement = select(DocumentVersion).where(DocumentVersion.public_id.in_(public_ids))
    return {version.public_id: version for version in db.session.scalars(statement)}


def document_kinds() -> list[DocumentKind]:
    return list(db.session.scalars(select(DocumentKind).order_by(DocumentKind.position)))


def add_documents(documents: Iterable[Document]) -> None:
    """Keep documents, new or moved, with their versions."""
    db.session.add_all(documents)


def delete_document(document: Document) -> None:
    """Take an entry out of the database; its files are for the caller."""
    db.session.delete(document)


def storage_names_of(meeting_id: int) -> list[str]:
    """The names on disk of all files of a meeting."""
    statement = (
        select(DocumentVersion.storage_name).join(Document).where(Document.meeting_id == meeting_id)
    )
    return list(db.session.scalars(statement))


def stored_among(storage_names: Collection[str]) -> set[str]:
    """Of these names on disk those that a version has."""
    named = DocumentVersion.storage_name
    return set(db.session.scalars(select(named).where(named.in_(storage_names))))
