"""Feeds in full and unchanged, of sixty and of five hundred items, and many personal ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import sqlalchemy as sa
from flask import Flask

from bench.scenario import SECRET
from kwartaal.db import db
from kwartaal.domain import publications
from kwartaal.feeds.tokens import token_of
from kwartaal.models.calendar import ensure_feed, feeds_of
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.person import Person
from tests.factories import a_council_member, a_meeting, an_item

LARGE = 500
PERSONAL = 5_000
POLLED = 500  # of those, the first and the last
ROUNDS = 3
Row = tuple[str, str, str, str, str]


def addresses(slug: str) -> dict[str, str]:
    """What is measured over HTTP, by its name in the table."""
    return {
        "openbare feed van 60": "/kalender/openbaar.ics",
        "feed van één, 60 onderdelen": f"/kalender/bijeenkomst/{slug}.ics",
        "feed van één, 500 onderdelen": "/kalender/bijeenkomst/groot.ics",
    }


def fill_large(app: Flask) -> None:
    """One more published meeting, of five hundred items, in a series of its own."""
    with app.app_context():
        first = db.session.scalars(sa.select(Meeting).order_by(Meeting.id)).first()
        clerk = db.session.scalars(sa.select(Person).where(Person.roles.any())).first()
        large = a_meeting(
            starts_at=first.starts_at, state=MeetingState.CONCEPT, slug="groot", maximum=None
        )
        db.session.add_all([large, *(an_item(large, title=f"Deel {n}") for n in range(LARGE))])
        db.session.flush()
        publications.publish(large, clerk, datetime.now(UTC))
        db.session.commit()
        db.engine.dispose()


def personal_rows(app: Flask, name: str) -> list[Row]:
    """Processor time per poll, in turn, of the first and the last of all personal feeds."""
    tokens = _tokens(app)
    early, late = tokens[:POLLED], tokens[-POLLED:]
    rows = []
    for what, unchanged in (("persoonlijke feed", False), ("dezelfde feed, 304", True)):
        spent = [_polls(app, which, unchanged) for _ in range(ROUNDS) for which in (late, early)]
        last, first = (min(spent[which::2]) for which in (0, 1))
        rows.append(
            (
                f"{what}: 4.501-5.000 naast 1-500",
                name,
                f"{POLLED / last:.0f}",
                f"{POLLED / first:.0f}",
                f"{first / last:.2f}",
            )
        )
    return rows


def _tokens(app: Flask) -> list[str]:
    now = datetime.now(UTC)
    with app.app_context():
        known = [a_council_member() for _ in range(PERSONAL)]
        db.session.add_all(known)
        db.session.flush()
        for person in known:
            ensure_feed(person.id, now)
        feeds = [feed for person in known for feed in feeds_of(person.id)]
        tokens = [token_of(feed, SECRET) for feed in feeds]
        db.session.commit()
        return tokens


def _polls(app: Flask, tokens: Sequence[str], unchanged: bool) -> float:
    """Seconds of this process for one poll of each, with the copy it had before or without."""
    client = app.test_client()
    paths = [f"/kalender/persoonlijk/{token}.ics" for token in tokens]
    sent = [
        {"If-None-Match": client.get(path).headers["ETag"]} if unchanged else {} for path in paths
    ]
    polls: list[Callable[[], object]] = [
        partial(client.get, path, headers=headers)
        for path, headers in zip(paths, sent, strict=True)
    ]
    start = time.process_time()
    for poll in polls:
        poll()
    return time.process_time() - start
