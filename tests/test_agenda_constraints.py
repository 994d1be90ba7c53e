"""What the database itself refuses about sub-points, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem, agenda_of, numbered
from tests.factories import a_meeting, an_agenda_item


@pytest.fixture
def points(save):
    """A point with a sub-point, and a point of another meeting."""
    meeting = a_meeting()
    first = an_agenda_item(meeting, title="Een")
    second = an_agenda_item(meeting, title="Twee")
    below = an_agenda_item(meeting, title="Onder een", parent=first)
    elsewhere = an_agenda_item(a_meeting(), title="Elders")
    save(first, second, below, elsewhere)
    return {"first": first.id, "second": second.id, "below": below.id, "elsewhere": elsewhere.id}


WRONG = [
    ("second", {"parent_id": "elsewhere", "level": 2}),
    ("second", {"parent_id": "below", "level": 2}),
    ("second", {"parent_id": "below", "level": 2, "parent_level": 2}),
    ("second", {"parent_id": "first"}),
    ("second", {"level": 2}),
    ("first", {"parent_id": "second", "level": 2}),
    ("second", {"parent_id": "second", "level": 2}),
    ("first", {"meeting_id": "elsewhere"}),
]


@pytest.mark.parametrize(("which", "columns"), WRONG)
def test_there_is_one_level_of_subpoints_within_one_meeting(app, points, which, columns):
    with app.app_context():
        values = dict(columns)
        if "parent_id" in values:
            values["parent_id"] = points[values["parent_id"]]
        if "meeting_id" in values:
            values["meeting_id"] = db.session.get_one(AgendaItem, points["elsewhere"]).meeting_id

        with pytest.raises(IntegrityError):
            db.session.execute(
                sa.update(AgendaItem).where(AgendaItem.id == points[which]).values(values)
            )
            db.session.commit()


def test_subpoints_go_with_their_point(app, points):
    with app.app_context():
        db.session.execute(sa.delete(AgendaItem).where(AgendaItem.id == points["first"]))
        db.session.commit()

        assert db.session.get(AgendaItem, points["below"]) is None


def test_the_agenda_is_read_in_order_with_numbers_in_one_query(app, points, count_queries):
    with app.app_context():
        meeting_id = db.session.get_one(AgendaItem, points["first"]).meeting_id
        read: list[tuple[int | str, AgendaItem]] = []
        queries = count_queries(lambda: read.extend(numbered(agenda_of(meeting_id))))

        assert [(number, item.title) for number, item in read] == [
            (1, "Een"),
            ("1.1", "Onder een"),
            (2, "Twee"),
        ]
        assert queries == 1
