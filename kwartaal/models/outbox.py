"""The outbox: every mail is a row in the transaction of what it tells about."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Uuid,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db, enum_type
from kwartaal.models.account import EmailChange, SignInLink
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import Publication


class MailKind(StrEnum):
    """One template each, in kwartaal/templates/mail/."""

    SIGN_IN = "sign_in"
    EMAIL_CHANGE_CONFIRM = "email_change_confirm"
    EMAIL_CHANGE_NOTICE = "email_change_notice"
    REGISTERED = "registered"  # confirmation, also after a change
    PLACE_GIVEN = "place_given"  # from the waiting list of an item
    MEETING_PLACE_GIVEN = "meeting_place_given"  # from the waiting list of the meeting
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    MOVED = "moved"
    WORKSHOP_CANCELLED = "workshop_cancelled"
    REGISTRATION_OPEN = "registration_open"
    CHANGED = "changed"  # what a version changed for this person
    CHANGE_RETRACTED = "change_retracted"  # the correction after that version was retracted
    CALENDAR_BY_MAIL = "calendar_by_mail"  # appointments come with the mails from now on
    CALENDAR_BY_FEED = "calendar_by_feed"  # the personal feed holds them from now on
    RESTORED = "restored"  # the meeting is on again
    WORKSHOP_RESTORED = "workshop_restored"
    CLOSED = "closed"  # a meeting that not everybody may see any more
    OPENED = "opened"  # everybody may see it (again)
    PLAN_REFUSED = "plan_refused"  # to who planned a publication that was not carried out


TO_SPEAKER = "s"  # so begins the key of a mail to who speaks, whether registered or not


class OutboxMail(Model):
    """One mail to one person. Text and tokens are made when it is sent."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        Index(
            "ix_outbox_mail_due_at_pending",
            "due_at",
            sqlite_where=db.text("sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL"),
            postgresql_where=db.text(
                "sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL"
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    kind: Mapped[MailKind] = mapped_column(enum_type(MailKind))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # Names the state change; a change that is told once stays told once.
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    address: Mapped[str | None] = mapped_column(String(254))  # None: the person's own address
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))
    publication_id: Mapped[int | None] = mapped_column(ForeignKey("publication.id"), index=True)
    sign_in_link_id: Mapped[int | None] = mapped_column(
        ForeignKey("sign_in_link.id", ondelete="CASCADE")
    )
    email_change_id: Mapped[int | None] = mapped_column(
        ForeignKey("email_change.id", ondelete="CASCADE")
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What is gathered for a person about a meeting at one moment is one mail: the daily mail, or
    # that about a version and what waited for it (decision 0035). None: it is a mail of its own.
    digest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(400), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # no longer true when due
    # METHOD of the appointment that went along: what stands in the reader's calendar by mail.
    appointment: Mapped[str | None] = mapped_column(String(10))

    person: Mapped[Person] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    item: Mapped[ProgrammeItem | None] = relationship()
    publication: Mapped[Publication | None] = relationship()
    sign_in_link: Mapped[SignInLink | None] = relationship()
    email_change: Mapped[EmailChange | None] = relationship()

    def gather_at(self, moment: datetime) -> None:
        """Be one mail with all that is gathered for the person about the meeting at that moment.

        That is the daily mail, or the moment of publishing a version.
        """
        self.due_at = self.digest_at = moment

    @property
    def is_to_speaker(self) -> bool:
        """Whether it goes to who speaks at the meeting, and need not be registered."""
        return self.dedupe_key.startswith(f"{self.kind}:{TO_SPEAKER}")

    def tells(self, key: str) -> bool:
        """Whether this mail is about the state change that `key` names."""
        return self.dedupe_key == f"{self.kind}:{key}"


def go_at_once(whose: ColumnElement[bool], now: datetime) -> None:
    """Let gathered mails go now, still as one; not those a worker has."""
    hastening = update(OutboxMail).where(whose, *free(now), OutboxMail.digest_at.is_not(None))
    db.session.execute(
        hastening.values(due_at=now),
        execution_options={"synchronize_session": False},
    )


def count_gathered(publication_id: int, now: datetime) -> int:
    """How many mails about a version wait for a daily mail that is still to come."""
    statement = select(func.count()).where(
        OutboxMail.publication_id == publication_id, OutboxMail.digest_at > now, *pending()
    )
    return db.session.scalar(statement) or 0


def was_told_before(mail: OutboxMail) -> bool:
    """Whether an earlier confirmation of the same registration went out, and it still held."""
    earlier = (
        select(OutboxMail.kind)
        .where(
            OutboxMail.kind.in_((MailKind.REGISTERED, MailKind.WITHDRAWN)),
            OutboxMail.person_id == mail.person_id,
            OutboxMail.meeting_id == mail.meeting_id,
            OutboxMail.id < mail.id,
            OutboxMail.sent_at.is_not(None),
        )
        .order_by(OutboxMail.id.desc())
        .limit(1)
    )
    return db.session.scalar(earlier) == MailKind.REGISTERED


def was_told(mail: OutboxMail, kind: MailKind) -> bool:
    """Whether its reader got a mail of another kind before, about the same, or is getting it."""
    statement = (
        select(OutboxMail.id)
        .where(
            OutboxMail.kind == kind,
            OutboxMail.person_id == mail.person_id,
            OutboxMail.meeting_id == mail.meeting_id,
            OutboxMail.item_id.is_not_distinct_from(mail.item_id),
            OutboxMail.id < mail.id,
            or_(OutboxMail.sent_at.is_not(None), OutboxMail.claimed_until.is_not(None)),
        )
        .limit(1)
    )
    return db.session.scalar(statement) is not None


def last_told(mail: OutboxMail) -> MailKind | None:
    """What its reader was told last about the registration for the meeting, or is being told.

    The invitation to register says nothing about that.
    """
    statement = (
        select(OutboxMail.kind)
        .where(
            OutboxMail.person_id == mail.person_id,
            OutboxMail.meeting_id == mail.meeting_id,
            OutboxMail.kind != MailKind.REGISTRATION_OPEN,
            OutboxMail.id != mail.id,
            or_(OutboxMail.sent_at.is_not(None), OutboxMail.claimed_until.is_not(None)),
        )
        .order_by(OutboxMail.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def has_appointment(person_id: int, meeting_id: int, method: str) -> bool:
    """Whether the last mail with an appointment about a meeting carried this METHOD.

    What a worker is sending at this moment is not known yet, and does not count.
    """
    last = (
        select(OutboxMail.appointment)
        .where(
            OutboxMail.person_id == person_id,
            OutboxMail.meeting_id == meeting_id,
            OutboxMail.appointment.is_not(None),
        )
        .order_by(OutboxMail.sent_at.desc(), OutboxMail.id.desc())
        .limit(1)
    )
    return db.session.scalar(last) == method


def to_speakers(kind: MailKind) -> ColumnElement[bool]:
    """The condition of a mail of one kind to who speaks: what `is_to_speaker` is of a row."""
    return OutboxMail.dedupe_key.startswith(f"{kind}:{TO_SPEAKER}", autoescape=True)


def pending(mail: type[OutboxMail] = OutboxMail) -> tuple[ColumnElement[bool], ...]:
    """Conditions of a mail that still has to go."""
    return mail.sent_at.is_(None), mail.failed_at.is_(None), mail.dropped_at.is_(None)


def free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions of a mail that still has to go, and that no worker has."""
    return *pending(), or_(OutboxMail.claimed_until.is_(None), OutboxMail.claimed_until <= now)


def enqueue(
    kind: MailKind, person: Person, key: str, now: datetime, **about: object
) -> OutboxMail | None:
    """Put a mail in the outbox, in the transaction of what it tells; due at once.

    `key` names the state change. People without any address get no mail (None).
    """
    if not person.mail_address and "address" not in about:
        return None
    mail = OutboxMail(
        kind=kind, person=person, dedupe_key=f"{kind}:{key}", created_at=now, due_at=now, **about
    )
    db.session.add(mail)
    return mail


def mails_made(meeting_id: int, moment: datetime, *kinds: MailKind) -> list[OutboxMail]:
    """The mails that one act about a meeting put in the outbox, with the person; one query."""
    statement = (
        select(OutboxMail)
        .options(joinedload(OutboxMail.person))
        .where(
            OutboxMail.kind.in_(kinds),
            OutboxMail.meeting_id == meeting_id,
            OutboxMail.created_at == moment,
        )
        .order_by(OutboxMail.id)
    )
    return list(db.session.scalars(statement))


def drop_told_changes(publication_id: int, now: datetime) -> list[OutboxMail]:
    """Drop the mails about a version that no worker has taken up; returns the others that count.

    Those are the mails that were sent, and those that a worker is sending at this moment.
    """
    about = (OutboxMail.publication_id == publication_id, OutboxMail.kind == MailKind.CHANGED)
    dropping = update(OutboxMail).where(*about, *free(now)).values(dropped_at=now)
    db.session.execute(dropping, execution_options={"synchronize_session": False})
    statement = (
        select(OutboxMail)
        .where(*about, OutboxMail.failed_at.is_(None), OutboxMail.dropped_at.is_(None))
        .order_by(OutboxMail.id)
    )
    return list(db.session.scalars(statement, execution_options={"populate_existing": True}))


def count_about(publication_id: int, now: datetime) -> tuple[int, int]:
    """How many mails about a version went, or are going, and how many can still be dropped."""
    about = (OutboxMail.publication_id == publication_id, OutboxMail.kind == MailKind.CHANGED)
    counted = (OutboxMail.failed_at.is_(None), OutboxMail.dropped_at.is_(None))
    all_, still = (
        db.session.scalar(select(func.count()).select_from(OutboxMail).where(*about, *which)) or 0
        for which in (counted, free(now))
    )
    return all_ - still, still


def was_sent(person_id: int, publication_id: int) -> bool:
    """Whether somebody got the mail about what a version changed."""
    statement = select(OutboxMail.id).where(
        OutboxMail.kind == MailKind.CHANGED,
        OutboxMail.person_id == person_id,
        OutboxMail.publication_id == publication_id,
        OutboxMail.sent_at.is_not(None),
    )
    return db.session.scalar(statement) is not None
