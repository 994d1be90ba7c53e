"""What long programmes and agendas cost: the public pages and those of the desk.

At 10, 100 and 1,000 items, of which half stand in the programme and half on the agenda. Each page
beside as many bytes of the reference, and once more as milliseconds per item.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, session

from bench.servers import Server, Target, fetch, interleaved
from kwartaal.db import db
from kwartaal.models.person import Person
from kwartaal.sessions import start_session
from tests.factories import staff
from tests.long_meetings import PAGES, SIZES, publish_long_meeting, slug_of

Row = tuple[str, str, str, str, str]


def fill(app: Flask) -> str:
    """A meeting of each size in two versions, and a clerk; returns the clerk's cookie."""
    now = datetime.now(UTC)
    with app.app_context():
        clerk = staff()
        db.session.add(clerk)
        db.session.commit()
        for size in SIZES:
            publish_long_meeting(size, clerk, now)
        clerk_id = clerk.id
        db.engine.dispose()
    return _signed_in(app, clerk_id, now)


def rows(name: str, product: Server, reference: Server, cookie: str) -> list[Row]:
    """A row per page and size, and one per page with its time per item at each size."""
    return [
        row
        for what, path in PAGES.items()
        for row in _page_rows(what, name, path, product, reference, cookie)
    ]


def _page_rows(
    what: str, name: str, path: str, product: Server, reference: Server, cookie: str
) -> list[Row]:
    found: list[Row] = []
    rates: list[float] = []
    for size in SIZES:
        page = Target(product.url(path.format(slug=slug_of(size))), {"Cookie": cookie})
        status, _headers, sent = fetch(page.url, page.headers)
        assert status == 200, (page.url, status)
        rate, least = interleaved(page, Target(reference.url(f"/bytes/{sent}"), {}))
        rates.append(rate)
        numbers = f"{rate:.1f}", f"{least:.0f}", f"{rate / least:.3f}"
        found.append((f"{what}, {size} onderdelen", name, *numbers))
    return [*found, _per_item(what, name, rates)]


def _per_item(what: str, name: str, rates: list[float]) -> Row:
    """Milliseconds per item at each size; the ratio is that of the largest to the middle one."""
    each = [1000 / rate / size for rate, size in zip(rates, SIZES, strict=True)]
    told = " · ".join(f"{one:.2f}" for one in each)
    return (f"{what}, ms per onderdeel", name, told, "", f"{each[-1] / each[-2]:.2f}")


def _signed_in(app: Flask, person_id: int, now: datetime) -> str:
    """A cookie with which somebody is signed in."""
    with app.test_request_context():
        start_session(db.session.get_one(Person, person_id), now)
        db.session.commit()
        answer = app.response_class()
        app.session_interface.save_session(app, session, answer)
        db.engine.dispose()
    return answer.headers["Set-Cookie"].partition(";")[0]
