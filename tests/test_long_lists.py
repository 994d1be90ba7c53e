"""Pages with all items of a meeting ask as much of the database for ten as for a thousand.

Each page has its own test at two sizes, which runs always; this one is for the large number.
"""

from __future__ import annotations

import pytest

from kwartaal.db import db
from kwartaal.models.person import Person
from tests.factories import staff
from tests.long_meetings import PAGES, SIZES, publish_long_meeting, slug_of


@pytest.mark.long
def test_a_thousand_items_take_as_many_queries_as_ten(app, save, clock, browser_of, count_queries):
    clerk = staff()
    save(clerk)
    with app.app_context():
        for size in SIZES:
            publish_long_meeting(size, db.session.get_one(Person, clerk.id), clock())
    desk = browser_of(clerk)
    desk.get("/beheer/")  # the session is noted as seen once

    counts = {
        page: {count_queries(lambda p=path, s=size: asked(desk, p, s)) for size in SIZES}
        for page, path in PAGES.items()
    }

    assert {page: len(found) for page, found in counts.items()} == dict.fromkeys(PAGES, 1)


def asked(browser, path, size):
    answer = browser.get(path.format(slug=slug_of(size)))
    assert answer.status_code == 200
