"""Mails about a cancelled part that wait for the next version, to go with it as one mail.

They are rows of the outbox that are due by themselves: without a version they go at that moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import joinedload

from kwartaal.db import db
from kwartaal.models.outbox import MailKind, OutboxMail, pending, to_speakers
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import Choice, Registration, live_registrations

CANCELLED = OutboxMail.kind == MailKind.WORKSHOP_CANCELLED
AS_IT_IS = {"synchronize_session": False}  # rows that are loaded are not read again


def kept_cancellations(
    meeting_id: int, until: datetime | None = None
) -> dict[int, list[OutboxMail]]:
    """Those about a meeting, by person; only those that still wait then, given a moment.

    One query.
    """
    then = (OutboxMail.due_at >= until,) if until is not None else ()
    statement = (
        select(OutboxMail)
        .options(joinedload(OutboxMail.person))
        .where(CANCELLED, OutboxMail.meeting_id == meeting_id, *_waiting(), *then)
        .order_by(OutboxMail.id)
    )
    kept: defaultdict[int, list[OutboxMail]] = defaultdict(list)
    for mail in db.session.scalars(statement):
        kept[mail.person_id].append(mail)
    return dict(kept)


def still_told(kept: dict[int, list[OutboxMail]], meeting_id: int) -> list[list[OutboxMail]]:
    """Those of who is still registered, or is told as a speaker; a query when there are any."""
    here = {one.person_id for one in live_registrations(meeting_id)} if kept else set()
    return [
        mails
        for person_id, mails in kept.items()
        if person_id in here or any(mail.is_to_speaker for mail in mails)
    ]


def send_together(meeting_id: int, people: Collection[int], now: datetime) -> None:
    """All that waits for these people, ids, about a meeting goes now: one mail each.

    The moment of now is theirs alone, so that nothing joins such a mail later.
    """
    if people:
        whose = (OutboxMail.person_id.in_(people), OutboxMail.meeting_id == meeting_id)
        hastening = update(OutboxMail).where(*whose, *_waiting())
        together = hastening.values(due_at=now, digest_at=now)
        db.session.execute(together, execution_options=AS_IT_IS)


def drop_kept(item_id: int, now: datetime) -> frozenset[int]:
    """The part is on again before these people, by id, read that it was off."""
    dropping = update(OutboxMail).where(CANCELLED, OutboxMail.item_id == item_id, *_waiting())
    gone = dropping.values(dropped_at=now).returning(OutboxMail.person_id)
    return frozenset(db.session.scalars(gone, execution_options=AS_IT_IS))


def tell_cancellations_again(meeting_id: int, now: datetime) -> None:
    """Let those go now that had nothing to tell when they were due.

    Then the whole meeting was cancelled or closed to their readers; it is on, or open, again. Not
    to who left meanwhile, and came back for something else. What is still not true is dropped once
    more.
    """
    off = select(ProgrammeItem.id).where(
        ProgrammeItem.id == OutboxMail.item_id,
        ProgrammeItem.cancelled_at <= OutboxMail.created_at,
    )
    stayed = (
        select(Choice.id)
        .join(Choice.registration)
        .where(
            Choice.item_id == OutboxMail.item_id,
            Choice.ended_as.is_not(None),  # which withdrawing from the meeting takes away
            Registration.person_id == OutboxMail.person_id,
        )
    )
    again = update(OutboxMail).where(
        CANCELLED,
        OutboxMail.meeting_id == meeting_id,
        OutboxMail.digest_at.is_not(None),
        OutboxMail.dropped_at.is_not(None),
        OutboxMail.sent_at.is_(None),
        off.exists(),
        or_(stayed.exists(), to_speakers(MailKind.WORKSHOP_CANCELLED)),
    )
    db.session.execute(
        again.values(dropped_at=None, due_at=now, digest_at=now), execution_options=AS_IT_IS
    )


def _waiting() -> tuple[ColumnElement[bool], ...]:
    """Conditions of a mail that waits for another.

    Not one that a worker has, or had when it died: that may be read.
    """
    return OutboxMail.digest_at.is_not(None), OutboxMail.claimed_until.is_(None), *pending()
