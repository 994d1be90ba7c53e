"""A list of many people: the same number of queries and as long a page, whatever their number."""

from __future__ import annotations

import pytest

from kwartaal.db import db
from tests.crowded import fill_meeting

PATHS = ["", "?stand=verwacht", "?zoek=jansen", "?stand=binnen&pagina=2"]


def fill(door, first, last):
    with door.app.app_context():
        fill_meeting(door.meeting.id, first, last, door.organiser.id, door.clock())
        db.session.commit()


def cost(door, browser, count_queries, path):
    """(queries, length of the page)"""
    pages = []
    queries = count_queries(lambda: pages.append(browser.get(door.at(path)).text))
    return queries, len(pages[0])


@pytest.mark.on_both
@pytest.mark.parametrize("path", [*PATHS, "?onderdeel={heat}"])
def test_number_of_queries_and_length_of_the_page_do_not_grow(
    door, browser_of, count_queries, path
):
    organiser = browser_of(door.organiser)
    path = path.format(heat=door.heat.public_id)
    fill(door, 0, 100)
    few, short = cost(door, organiser, count_queries, path)
    fill(door, 100, 1_000)
    many, long = cost(door, organiser, count_queries, path)

    assert (many, long < 1.2 * short) == (few, True)


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_ten_thousand_people_cost_as_many_queries(door, browser_of, count_queries, path):
    organiser = browser_of(door.organiser)
    fill(door, 0, 100)
    few, short = cost(door, organiser, count_queries, path)
    fill(door, 100, 10_000)
    many, long = cost(door, organiser, count_queries, path)

    assert (many, long < 1.2 * short) == (few, True)
