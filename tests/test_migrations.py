"""Every migration up, down and up again on both databases, and the models as its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from config import ROOT
from kwartaal import create_app
from kwartaal.db import Base, db
from tests.conftest import SetClock, config_for, postgres_database

MIGRATIONS = str(ROOT / "migrations")
REVISIONS = [one.revision for one in reversed([*ScriptDirectory(MIGRATIONS).walk_revisions()])]


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application on a database without tables."""
    if request.param == "sqlite":
        path: Path = tmp_path_factory.mktemp("migrations") / "empty.sqlite"
        yield create_app(config_for(f"sqlite:///{path}"), SetClock())
        return
    with postgres_database() as url:
        yield create_app(config_for(url), SetClock())


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_revisions_are_numbered_in_one_line() -> None:
    assert REVISIONS == sorted(REVISIONS)


def test_each_migration_can_be_undone_and_done_again(app: Flask) -> None:
    before: list[set[str]] = []
    undone: list[set[str]] = []
    with app.app_context():
        for revision in REVISIONS:
            before.append(tables(app))
            upgrade(MIGRATIONS, revision)
            downgrade(MIGRATIONS, "-1")
            undone.append(tables(app))
            upgrade(MIGRATIONS, revision)

    assert undone == before


def test_migrated_schema_is_that_of_the_models(app: Flask) -> None:
    with app.app_context():
        upgrade(MIGRATIONS)
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_everything_can_be_undone(app: Flask) -> None:
    with app.app_context():
        upgrade(MIGRATIONS)
        downgrade(MIGRATIONS, "base")

    assert tables(app) == set()
