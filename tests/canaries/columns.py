"""The columns of text in which nobody's words can stand: what is there, the code made itself.

Every other column of text must hold a canary somewhere in the region of the test. So a new column
fails the test until it is named here, or painted and walked with the rest.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kwartaal.db import Base

HASHES = {
    "document_version.sha256",
    "document_version.storage_name",
    "meeting_report.content_hash",
    "person.password_hash",
    "planned_publication.draft_hash",
    "publication.content_hash",
    "user_session.token_hash",
}
NAMES_IN_THE_CODE = {
    "calendar_revision.scope",
    "document_kind.code",
    "document_version.media_type",
    "document_version.warnings",
    "export_choice.columns",
    "installation_fact.name",
    "installation_fact.value",
    "office_kind.code",
    "outbox_mail.dedupe_key",
    "people_import.columns",
    "people_import.contact_only",
}
FIXED = HASHES | NAMES_IN_THE_CODE


def holds_words(column: sa.Column[Any]) -> bool:
    """Whether a column can hold what somebody wrote, in plain text, JSON or packed."""
    if isinstance(column.type, sa.Enum) or str(column) in FIXED:
        return False
    return isinstance(column.type, sa.String | sa.JSON | sa.LargeBinary)


def all_columns() -> list[sa.Column[Any]]:
    return [column for table in Base.metadata.sorted_tables for column in table.columns]


def text_columns(table: type[Base]) -> list[sa.Column[Any]]:
    """The columns of a table that take a plain text."""
    columns: Any = table.__table__.columns
    return [one for one in columns if holds_words(one) and isinstance(one.type, sa.String)]
