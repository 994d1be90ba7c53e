"""What long programmes and agendas cost: the public pages and those of the desk.

At 10, 100 and 1,000 items, of which half stand in the programme and half on the agenda. Each page
beside as many bytes of the reference, and once more as seconds per item: where that number does not
grow, neither do the queries.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask, session

from bench.servers import Server, Target, fetch, interleaved
from kwartaal.db import db
from kwartaal.domain import publications
from kwartaal.models.agenda import agenda_of
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.person import Person
from kwartaal.models.programme import programme_of
from kwartaal.sessions import start_session
from tests.factories import a_meeting, a_round, a_workshop, an_agenda_item, an_item, staff

SIZES = (10, 100, 1000)
PER_ROUND = 25
DESK = "/beheer/bijeenkomsten/{slug}/"
PAGES = {
    "pagina": "/bijeenkomsten/{slug}/",
    "agenda": "/bijeenkomsten/{slug}/agenda/",
    "programma bewerken": DESK + "programma/",
    "agenda bewerken": DESK + "agenda/",
    "vergelijking": DESK + "publiceren/vergelijken/",
}
Row = tuple[str, str, str, str, str]


def fill(app: Flask) -> str:
    """A meeting of each size in two versions, and a clerk; returns the clerk's cookie."""
    with app.app_context():
        clerk = staff()
        db.session.add(clerk)
        for size in SIZES:
            meeting = _long_meeting(size)
            db.session.commit()
            _publish(meeting.id, clerk.id)
            _rename_half(meeting.id)
            _publish(meeting.id, clerk.id)
        cookie = _signed_in(app, clerk)
        db.engine.dispose()
    return cookie


def rows(name: str, product: Server, reference: Server, cookie: str) -> list[Row]:
    """A row per page and size, and one per page with its time per item at each size."""
    found: list[Row] = []
    for what, path in PAGES.items():
        seconds: list[float] = []
        for size in SIZES:
            page = Target(product.url(path.format(slug=f"lang-{size}")), {"Cookie": cookie})
            status, _headers, sent = fetch(page.url, page.headers)
            assert status == 200, (page.url, status)
            rate, least = interleaved(page, Target(reference.url(f"/bytes/{sent}"), {}))
            seconds.append(1 / rate)
            found.append(
                (f"{what}, {size}", name, f"{rate:.1f}", f"{least:.0f}", f"{rate / least:.3f}")
            )
        found.append(_per_item(what, name, seconds))
    return found


def _per_item(what: str, name: str, seconds: list[float]) -> Row:
    """Milliseconds per item at each size; the ratio is that of the largest to the middle one."""
    each = [1000 * one / size for one, size in zip(seconds, SIZES, strict=True)]
    told = " · ".join(f"{one:.2f}" for one in each)
    return (f"{what}, ms per onderdeel", name, told, "", f"{each[-1] / each[-2]:.2f}")


def _long_meeting(size: int) -> Meeting:
    start = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=40)
    meeting = a_meeting(
        starts_at=start, state=MeetingState.CONCEPT, slug=f"lang-{size}", maximum=None
    )
    half = size // 2
    rounds = [a_round(meeting, title=f"Ronde {n}") for n in range(-(-half // PER_ROUND))]
    for number, one in enumerate(rounds):
        one.starts_at = start + timedelta(minutes=10 * number)
        one.ends_at = one.starts_at + timedelta(minutes=10)
    parts = [a_workshop(rounds[n // PER_ROUND], 500, title=f"Workshop {n}") for n in range(half)]
    points = [an_agenda_item(meeting, title=f"Punt {n}", position=n + 1) for n in range(half)]
    db.session.add_all([meeting, an_item(meeting), *rounds, *parts, *points])
    return meeting


def _rename_half(meeting_id: int) -> None:
    for row in (*programme_of(meeting_id)[::2], *agenda_of(meeting_id)[::2]):
        row.title = f"{row.title} anders"


def _publish(meeting_id: int, clerk_id: int) -> None:
    meeting, clerk = db.session.get_one(Meeting, meeting_id), db.session.get_one(Person, clerk_id)
    publications.publish(meeting, clerk, datetime.now(UTC))
    db.session.commit()


def _signed_in(app: Flask, clerk: Person) -> str:
    """A cookie with which somebody is signed in."""
    with app.test_request_context():
        start_session(db.session.merge(clerk), datetime.now(UTC))
        db.session.commit()
        answer = app.response_class()
        app.session_interface.save_session(app, session, answer)
    return answer.headers["Set-Cookie"].partition(";")[0]
