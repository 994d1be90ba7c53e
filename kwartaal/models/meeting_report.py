"""The report of a meeting in its versions, and where its recording is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    select,
    update,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.person import Person
from kwartaal.models.publication import SHORT_HASH

IS_DRAFT = "made_final_at IS NULL"


class MeetingReport(Model):
    """One version of a report in limited Markdown: a draft, or final and fixed for ever.

    The database refuses to change a final one (a trigger, migration 0022). A correction is the next
    number and says what is different.
    """

    __tablename__ = "meeting_report"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("number = 1 OR correction <> ''", name="correction"),
        CheckConstraint("(made_final_at IS NULL) = (content_hash IS NULL)", name="hash"),
        CheckConstraint("(made_final_at IS NULL) = (made_final_by_id IS NULL)", name="by"),
        Index(
            "uq_meeting_report_meeting_id_draft",
            "meeting_id",
            unique=True,
            sqlite_where=db.text(IS_DRAFT),
            postgresql_where=db.text(IS_DRAFT),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    correction: Mapped[str] = mapped_column(String(400), default="")  # of the version before
    content_hash: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the text, when final
    made_final_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_final_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    made_final_by: Mapped[Person | None] = relationship()

    @property
    def is_final(self) -> bool:
        return self.made_final_at is not None

    @property
    def short_hash(self) -> str:
        """Enough of the hash for people to see that two texts are the same."""
        return (self.content_hash or "")[:SHORT_HASH]


class Recording(Model):
    """Where a meeting can be seen again: an https address elsewhere. At most one per meeting."""

    __tablename__ = "recording"
    __table_args__ = (CheckConstraint("address LIKE 'https://%'", name="https"),)

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(String(500))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


def reports_of(meeting_id: int) -> list[MeetingReport]:
    """Every version, newest first, the draft among them, with who made it final; one query."""
    statement = (
        select(MeetingReport)
        .options(joinedload(MeetingReport.made_final_by))
        .where(MeetingReport.meeting_id == meeting_id)
        .order_by(MeetingReport.number.desc())
    )
    return list(db.session.scalars(statement))


def final_reports(meeting_id: int) -> list[MeetingReport]:
    """What readers may see: the final versions, newest first; one query."""
    return [report for report in reports_of(meeting_id) if report.is_final]


def draft_in(reports: Sequence[MeetingReport]) -> MeetingReport | None:
    """The draft among the versions of one report."""
    return next((report for report in reports if not report.is_final), None)


def keep_report(report: MeetingReport) -> None:
    db.session.add(report)


def finish(report: MeetingReport, content_hash: str, by: Person, now: datetime) -> bool:
    """Make a draft final; False when it is so already. Afterwards nothing of it can change."""
    db.session.flush()
    statement = (
        update(MeetingReport)
        .where(MeetingReport.id == report.id, MeetingReport.made_final_at.is_(None))
        .values(content_hash=content_hash, made_final_at=now, made_final_by_id=by.id)
        .returning(MeetingReport.id)
    )
    finished = db.session.scalars(statement, execution_options={"synchronize_session": False})
    done = finished.first() is not None
    db.session.refresh(report)
    return done


def find_recording(meeting_id: int) -> Recording | None:
    return db.session.get(Recording, meeting_id)


def keep_recording(recording: Recording) -> None:
    """In the place of the one that is there, if there is one."""
    db.session.merge(recording)


def forget_recording(meeting_id: int) -> None:
    recording = find_recording(meeting_id)
    if recording is not None:
        db.session.delete(recording)
