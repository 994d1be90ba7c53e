"""The attendance list of 100, 1,000 and 10,000 people against a page of one indexed read."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from bench import servers
from bench.scenario import app_on
from bench.servers import Server, Target
from kwartaal.db import begin_writing, db
from kwartaal.models.account import UserSession
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person, Role
from kwartaal.sessions import _hash as session_hash
from tests.crowded import fill_meeting
from tests.factories import staff

SIZES = (100, 1_000, 10_000)
SLUG = "meting-1"  # nobody registers for it in the other measurements


def rates(url: str, product: Server, reference: Server) -> Iterator[tuple[str, float, float]]:
    """(what, requests per second of the product, of the least it could cost) for each size."""
    app = app_on(url)
    with app.app_context():
        clerk = staff(Role.ORGANISATOR)
        db.session.add(clerk)
        db.session.flush()
        headers = {"Cookie": _cookie(app, clerk)}
        db.session.commit()
        clerk_id = clerk.id
    address, filled = product.url(f"/beheer/bijeenkomsten/{SLUG}/aanwezigheid"), 0
    for size in SIZES:
        _fill(app, filled, size, clerk_id)
        filled = size
        status, _headers, length = servers.fetch(address, headers)
        assert status == 200, (address, status)
        least = Target(reference.url(f"/bytes/{length}"), headers)
        yield f"presentielijst van {size}", *servers.interleaved(Target(address, headers), least)


def _fill(app: Flask, first: int, last: int, clerk_id: int) -> None:
    with app.app_context():
        begin_writing()
        meeting_id = db.session.scalars(sa.select(Meeting.id).where(Meeting.slug == SLUG)).one()
        fill_meeting(meeting_id, first, last, clerk_id, datetime.now(UTC))
        db.session.commit()
        db.engine.dispose()


def _cookie(app: Flask, person: Person) -> str:
    """Of a browser that is signed in."""
    token, now = uuid.uuid4().hex, datetime.now(UTC)
    session = UserSession(token_hash=session_hash(token), person_id=person.id)
    session.created_at = session.last_seen_at = now
    db.session.add(session)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'_user_id': token})}"
