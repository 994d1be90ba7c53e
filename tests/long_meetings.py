"""Meetings with very many items in two versions, and the pages that show them all."""

from __future__ import annotations

from datetime import datetime, timedelta

from kwartaal.db import db
from kwartaal.domain import publications
from kwartaal.models.agenda import agenda_of
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.person import Person
from kwartaal.models.programme import programme_of
from tests.factories import a_meeting, a_round, a_workshop, an_agenda_item, an_item

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


def slug_of(size: int) -> str:
    return f"lang-{size}"


def publish_long_meeting(size: int, clerk: Person, now: datetime) -> None:
    """Half of the items are workshops, half points of the agenda; half of all got a new title.

    `clerk` is stored. Needs an application context, and commits.
    """
    meeting = _stored(size, now)
    publications.publish(meeting, clerk, now)
    db.session.commit()
    for row in (*programme_of(meeting.id)[::2], *agenda_of(meeting.id)[::2]):
        row.title = f"{row.title} anders"
    publications.publish(meeting, clerk, now)
    db.session.commit()


def _stored(size: int, now: datetime) -> Meeting:
    start, half = now.replace(microsecond=0, second=0) + timedelta(days=40), size // 2
    meeting = a_meeting(
        starts_at=start, state=MeetingState.CONCEPT, slug=slug_of(size), maximum=None
    )
    rounds = [a_round(meeting, title=f"Ronde {n}") for n in range(-(-half // PER_ROUND))]
    for number, one in enumerate(rounds):
        one.starts_at = start + timedelta(minutes=10 * number)
        one.ends_at = one.starts_at + timedelta(minutes=10)
    parts = [a_workshop(rounds[n // PER_ROUND], 500, title=f"Workshop {n}") for n in range(half)]
    points = [an_agenda_item(meeting, title=f"Punt {n}", position=n + 1) for n in range(half)]
    db.session.add_all([meeting, an_item(meeting), *rounds, *parts, *points])
    db.session.commit()
    return meeting
