"""Two clerks at one programme item: both texts are shown, and one is chosen."""

from __future__ import annotations

import pytest

from kwartaal.db import db
from kwartaal.models.meeting import MeetingState
from kwartaal.models.programme import ProgrammeItem
from tests.desk_pages import hidden, moment, shown
from tests.factories import a_meeting, an_item, staff

LONG = "Van Anna. " * 60 + "Einde."


@pytest.fixture
def clerks(save, browser_of):
    """Two browsers, each of a clerk of its own."""
    people = staff(), staff()
    save(*people)
    return [browser_of(person) for person in people]


@pytest.fixture
def item(save):
    meeting = a_meeting(slug="maart", state=MeetingState.CONCEPT)
    item = an_item(meeting, title="Opening")
    save(meeting, item)
    return item


def form_of(item, **changes):
    values = {
        "title": "Opening",
        "kind": "plenary",
        "sign_up": "none",
        **moment("starts_at", item.starts_at),
        **moment("ends_at", item.ends_at),
    }
    return values | changes


def description(app, item):
    with app.app_context():
        return db.session.get_one(ProgrammeItem, item.id).description


@pytest.mark.on_both
@pytest.mark.parametrize(("choice", "outcome"), [({"take": "description"}, LONG), ({}, "Van Bert")])
def test_the_second_sees_both_texts_whole_and_chooses(app, clerks, item, choice, outcome):
    anna, bert = clerks
    page = f"/beheer/bijeenkomsten/maart/programma/{item.public_id}/"
    seen = hidden(bert.get(page), "seen")
    anna.post(page, data=form_of(item, description=LONG, seen=seen))

    second = form_of(item, description="Van Bert")
    answer = bert.post(page, data=second | {"seen": seen})
    kept = description(app, item)
    again = bert.post(page, data=second | choice | {"seen": hidden(answer, "seen")})

    assert (answer.status_code, shown(answer, "description")) == (422, "Van Bert")
    assert "Van Anna. Einde.</p>" in answer.text
    assert (kept, again.status_code, description(app, item)) == (LONG, 303, outcome)
