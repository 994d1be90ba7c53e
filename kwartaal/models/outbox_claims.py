"""Which mails go next: what a worker takes out of the outbox, so that no other worker has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import aliased

from kwartaal.db import db
from kwartaal.models.outbox import OutboxMail, free, pending

Taken = Row[int, int, int | None, datetime | None]  # id, person, meeting, gathered at

LEASE = timedelta(minutes=5)
MOST_AT_ONCE = 5  # each may wait half a minute for a mail server; all must fit in the lease


def claim_due(now: datetime) -> list[list[int]]:
    """Take mails that are due and that no other worker has, oldest first; the caller commits.

    Each mail is the ids of its rows: one, or all that were gathered at a moment. Of those the
    oldest counts as the mail, so that no two workers take parts of it.

    The lease returns a mail to the line when its worker dies. SKIP LOCKED keeps workers apart on
    PostgreSQL; on SQLite the write lock does.
    """
    due = (
        select(OutboxMail.id)
        .where(*free(now), OutboxMail.due_at <= now, ~_older_of_digest().exists())
        .order_by(OutboxMail.due_at, OutboxMail.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    taken = sorted(_take(due, now), key=lambda row: row.id)
    return [[row.id, *(_take_with(row, now) if row.digest_at else ())] for row in taken]


def _older_of_digest() -> Select[int]:
    """An older row that still has to go with the same mail."""
    older = aliased(OutboxMail)
    return select(older.id).where(
        *pending(older),
        older.person_id == OutboxMail.person_id,
        older.meeting_id == OutboxMail.meeting_id,
        older.digest_at == OutboxMail.digest_at,
        older.id < OutboxMail.id,
    )


def _take(chosen: Select[int], now: datetime) -> Sequence[Taken]:
    statement = (
        update(OutboxMail)
        .where(OutboxMail.id.in_(chosen))
        .values(claimed_until=now + LEASE, attempts=OutboxMail.attempts + 1)
        .returning(OutboxMail.id, OutboxMail.person_id, OutboxMail.meeting_id, OutboxMail.digest_at)
    )
    return db.session.execute(statement, execution_options={"synchronize_session": False}).all()


def _take_with(first: Taken, now: datetime) -> list[int]:
    """The other rows of the same mail; one that is being dropped just now stays out."""
    others = (
        select(OutboxMail.id)
        .where(
            *free(now),
            OutboxMail.person_id == first.person_id,
            OutboxMail.meeting_id == first.meeting_id,
            OutboxMail.digest_at == first.digest_at,
        )
        .with_for_update(skip_locked=True)
    )
    return sorted(row.id for row in _take(others, now))
