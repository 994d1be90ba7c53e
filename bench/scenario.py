"""What is measured: sixty published meetings, one of sixty items, and people, in a new database."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from config import ROOT, Config, engine_options
from kwartaal import create_app
from kwartaal.clock import system_clock
from kwartaal.db import db
from kwartaal.domain import publications
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.person import Person
from tests.factories import a_council_member, a_meeting, a_round, a_workshop, an_item, staff

SECRET = "bench-" * 8
ITEMS = 60
MEETINGS = 60
PEOPLE = 600


def app_on(url: str) -> Flask:
    """The product on a database, as it is served in production."""
    config = Config(
        SECRET_KEY=SECRET,
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(url),
        BASE_URL="http://127.0.0.1:8000",
    )
    return create_app(config, system_clock)


@contextmanager
def databases(postgres: str) -> Iterator[dict[str, str]]:
    """A new SQLite file and, where a server answers, a new PostgreSQL database."""
    with TemporaryDirectory() as folder:
        found = {"SQLite": f"sqlite:///{Path(folder) / 'bench.sqlite'}"}
        name = f"kwartaal_test_bench_{uuid.uuid4().hex[:8]}"
        admin = sa.create_engine(postgres, isolation_level="AUTOCOMMIT")
        try:
            with admin.connect() as connection:
                connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            url = make_url(postgres).set(database=name)
            found["PostgreSQL"] = url.render_as_string(hide_password=False)
        except sa.exc.OperationalError:
            print("PostgreSQL antwoordt niet: alleen SQLite is gemeten.")
        yield found
        if "PostgreSQL" in found:
            with admin.connect() as connection:
                connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


def _another(meeting: Meeting, days: int) -> Meeting:
    """A meeting like it, some days later."""
    return a_meeting(
        series=meeting.series,
        starts_at=meeting.starts_at + timedelta(days=days),
        state=MeetingState.CONCEPT,
        slug=f"meting-{days}",
        maximum=None,
    )


def fill(app: Flask) -> str:
    """Make the tables, the meeting and the people; returns the meeting's slug."""
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        start = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=30)
        meeting = a_meeting(
            starts_at=start, state=MeetingState.CONCEPT, slug="meting", maximum=None
        )
        round_ = a_round(meeting)
        items = [a_workshop(round_, 500, title=f"Workshop {n}") for n in range(ITEMS // 2)]
        items += [an_item(meeting, title=f"Onderdeel {n}") for n in range(ITEMS // 2 - 1)]
        clerk = staff()
        people = [a_council_member() for _ in range(PEOPLE)]
        others = [_another(meeting, days) for days in range(1, MEETINGS)]
        plenary = [an_item(other, title="Plenair") for other in others]
        db.session.add_all([meeting, *items, clerk, *people, *others, *plenary])
        db.session.commit()
        for one in (meeting, *others):
            publications.publish(
                db.session.get_one(Meeting, one.id),
                db.session.get_one(Person, clerk.id),
                datetime.now(UTC),
            )
        db.session.commit()
        slug = meeting.slug
        db.engine.dispose()
    return slug
