"""Meetings as readers see them: stored as a draft and then published by a clerk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from kwartaal.db import begin_writing, db
from kwartaal.domain import publications
from kwartaal.domain.snapshots import content_hash
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import programme_of
from kwartaal.models.publication import Publication
from tests.conftest import NOON
from tests.factories import an_item, staff
from tests.letting_go import commit_and_let_go


def store(app: Flask, meeting: Meeting, *parts: object, now: datetime = NOON) -> Meeting:
    """Store and publish a meeting; without parts it gets one item, as a programme must have."""
    publish(app, _stored(app, meeting, *(parts or (an_item(meeting, title="Opening"),))), now)
    return meeting


def on_the_site(app: Flask, meeting: Meeting) -> None:
    """Let readers see a meeting as it is stored, without the checks and the log of publishing."""
    with app.app_context():
        content = publications.snapshot(_again(meeting), programme_of(meeting.id), [])
        db.session.add(
            Publication(
                meeting_id=meeting.id,
                number=1,
                published_at=NOON,
                publisher=_clerk(),
                content=content,
                content_hash=content_hash(content),
            )
        )
        db.session.commit()


def store_announced(app: Flask, meeting: Meeting) -> Meeting:
    """Store a meeting and announce it, whatever its draft holds."""
    _stored(app, meeting)
    with app.app_context():
        begin_writing()
        publications.announce(_again(meeting), _clerk(), NOON)
        db.session.commit()
    return meeting


def publish(app: Flask, meeting: Meeting, now: datetime = NOON) -> None:
    """Publish the draft as it is stored now."""
    with app.app_context():
        begin_writing()
        publications.publish(_again(meeting), _clerk(), now)
        db.session.commit()


def cancel(app: Flask, meeting: Meeting, reason: str) -> None:
    with app.app_context():
        begin_writing()
        publications.cancel(_again(meeting), reason, _clerk(), NOON)
        db.session.commit()


def change(app: Flask, table: type[Any], row_id: int, **columns: object) -> None:
    """Write columns of a stored row, as a clerk or the registration operation would."""
    with app.app_context():
        row: Any = db.session.get_one(table, row_id)
        for name, value in columns.items():
            setattr(row, name, value)
        db.session.commit()


def mails(app: Flask) -> list[tuple[MailKind, int]]:
    """(kind, id of the person) of every mail in the outbox."""
    with app.app_context():
        rows = db.session.execute(sa.select(OutboxMail.kind, OutboxMail.person_id))
        return [(kind, person_id) for kind, person_id in rows]


def _stored(app: Flask, meeting: Meeting, *parts: object) -> Meeting:
    meeting.state = MeetingState.CONCEPT
    with app.app_context():
        db.session.add_all((meeting, *parts))
        commit_and_let_go()
    return meeting


def _again(meeting: Meeting) -> Meeting:
    return db.session.get_one(Meeting, meeting.id)


def _clerk() -> Person:
    clerk = staff()
    db.session.add(clerk)
    db.session.flush()
    return clerk
