"""Loading the demo region: all or nothing, once, the same on the same day, never in production."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from config import UnsafeSettings
from kwartaal import create_app, demo
from kwartaal.db import Base, db
from kwartaal.models.installation import InstallationFact, holds_demo
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Office, Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import Choice, Registration
from kwartaal.models.venue import Venue
from kwartaal.serving import prepare, refuse_demo_data
from tests.conftest import NOON, SetClock, config_for
from tests.demo.conftest import load
from tests.factories import a_person


def counts(app: Flask) -> dict[str, int]:
    """How many rows every table has."""
    with app.app_context():
        return {
            table.name: db.session.scalars(sa.select(sa.func.count()).select_from(table)).one()
            for table in Base.metadata.sorted_tables
        }


def story(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is told of the region, without the identifiers that are drawn at random."""
    statements = {
        "people": sa.select(Person.sort_key, Person.email, Person.phone),
        "offices": sa.select(Person.sort_key, Organisation.slug, Office.starts_on, Office.ends_on)
        .join(Office.person)
        .join(Office.organisation),
        "meetings": sa.select(Meeting.slug, Meeting.starts_at, Meeting.calendar_revised_at),
        "choices": sa.select(
            Meeting.slug, Person.sort_key, ProgrammeItem.title, Choice.state, Choice.changed_at
        )
        .join(Choice.item)
        .join(Choice.registration)
        .join(Meeting, Meeting.id == Choice.meeting_id)
        .join(Person, Person.id == Registration.person_id),
    }
    with app.app_context():
        return {
            name: sorted((tuple(row) for row in db.session.execute(statement)), key=str)
            for name, statement in statements.items()
        }


def empty_app(url: str, **settings: object) -> Flask:
    return create_app(config_for(url, DEMO=True, **settings), SetClock())


@pytest.mark.parametrize("region", ["sqlite"], indirect=True)
def test_two_loads_on_one_day_tell_the_same(region: Flask, empty_copy) -> None:
    evening = SetClock(NOON + timedelta(hours=9))

    assert story(region) == story(load(empty_copy(), evening))


def test_a_second_start_keeps_what_was_done_since(region: Flask) -> None:
    before = counts(region)

    prepare(region, demo.load)

    assert counts(region) == before


def test_loading_again_changes_nothing(region: Flask) -> None:
    before = counts(region)

    with region.app_context():
        demo.load()

    assert counts(region) == before


def test_a_load_that_fails_leaves_nothing(empty_copy) -> None:
    app = empty_app(empty_copy())
    with app.app_context():
        # In the way of the venues, which come after all people.
        db.session.add(Venue(slug="landvast", name="Landvast", town="Alblasserdam"))
        db.session.commit()
        before = counts(app)

        with pytest.raises(IntegrityError):
            demo.load()

    assert counts(app) == before


def test_invented_people_never_join_real_ones(empty_copy) -> None:
    app = empty_app(empty_copy())
    with app.app_context():
        db.session.add(a_person())
        db.session.commit()

        with pytest.raises(UnsafeSettings, match="staan al personen"):
            demo.load()

        assert not holds_demo()


def test_production_refuses_a_loaded_region(region: Flask) -> None:
    url = region.config["SQLALCHEMY_DATABASE_URI"]
    production = create_app(config_for(url, KWARTAAL_ENV="production"), SetClock())

    with pytest.raises(UnsafeSettings, match="verzonnen gegevens"):
        refuse_demo_data(production)


def test_the_installation_remembers_the_day(region: Flask) -> None:
    with region.app_context():
        facts = [(one.name, one.value) for one in db.session.scalars(sa.select(InstallationFact))]

    assert facts == [("demo_loaded", "2027-03-10")]


@pytest.mark.long
@pytest.mark.parametrize("week", range(0, 104, 4))
def test_it_loads_in_every_season(empty_copy, week: int) -> None:
    moment = datetime(2026, 1, 4, 23, 50, tzinfo=UTC) + timedelta(weeks=week)

    app = load(empty_copy(), SetClock(moment))

    with app.app_context():
        waiting = db.session.scalar(sa.select(sa.func.sum(ProgrammeItem.waiting)))
        coming = db.session.scalars(sa.select(Meeting.taken).where(Meeting.taken > 0)).all()
    assert (waiting, sorted(coming)) == (6, [110, 120])
