"""The append-only log of publishing, exports, role changes and sign-ins."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db, enum_type
from kwartaal.models.person import Person


class AuditAction(StrEnum):
    """What is written down."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (a name, not a password)
    EMAIL_CHANGE_REQUESTED = "email_change_requested"
    EMAIL_CHANGED = "email_changed"
    EMAIL_CHANGE_STOPPED = "email_change_stopped"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    PUBLISHED = "published"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
    MOVED = "moved"
    WORKSHOP_CANCELLED = "workshop_cancelled"
    RESTORED = "restored"  # a meeting that was cancelled
    WORKSHOP_RESTORED = "workshop_restored"
    INVITED = "invited"
    EXPORTED = "exported"
    IMPORTED = "imported"
    NOT_TOLD = "not_told"  # a version whose changes nobody got a mail about
    VERSION_RETRACTED = "version_retracted"
    PUBLICATION_PLANNED = "publication_planned"
    PLAN_STOPPED = "plan_stopped"
    PLAN_REFUSED = "plan_refused"  # in the name of who planned it
    PLAN_REFUSAL_SEEN = "plan_refusal_seen"
    OPENNESS_CHANGED = "openness_changed"  # of a meeting that readers know
    DOCUMENT_OPENNESS_CHANGED = "document_openness_changed"
    DOCUMENT_REPLACED = "document_replaced"
    DOCUMENT_WITHDRAWN = "document_withdrawn"
    DOCUMENT_PUT_BACK = "document_put_back"
    RECAP_PUBLISHED = "recap_published"
    RECAP_TAKEN_BACK = "recap_taken_back"
    RECORDING_LINKED = "recording_linked"
    RECORDING_REMOVED = "recording_removed"
    REPORT_MADE_FINAL = "report_made_final"
    COUNCIL_TERM_ENDED = "council_term_ended"


class AuditEntry(Model):
    """One line: who did what to what, when. The database refuses to change or delete it."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[AuditAction] = mapped_column(enum_type(AuditAction))
    # Public key of what it is about, such as "meeting:kwartaalbijeenkomst-…"; never a closed title.
    subject: Mapped[str] = mapped_column(String(200), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    actor: Mapped[Person | None] = relationship()


def subject_of(person: Person) -> str:
    """How the log names somebody it is about."""
    return f"person:{person.public_id}"


def record(
    action: AuditAction, now: datetime, actor: Person | None, subject: str = "", **detail: object
) -> AuditEntry:
    """Write one line in the transaction of what it is about."""
    entry = AuditEntry(
        at=now,
        actor_id=actor.id if actor else None,
        action=action,
        subject=subject[:200],
        detail=detail,
    )
    db.session.add(entry)
    return entry
