"""An empty database for each test, of each kind: a fresh copy, or one that is swept."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from kwartaal import create_app
from kwartaal.db import Base
from tests.conftest import SetClock, config_for, migrate, postgres_database


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the route tests that say on PostgreSQL what others say there to CI.

    Who names a test or a file gets all of it.
    """
    if os.environ.get("CI") == "true" or config.args != config.getini("testpaths"):
        return
    config.hook.pytest_deselected(items=[item for item in items if _says_nothing_new(item)])
    items[:] = [item for item in items if not _says_nothing_new(item)]


def _says_nothing_new(item: pytest.Item) -> bool:
    return _is_route_test_on_postgres(item) and not item.get_closest_marker("on_both")


def _is_route_test_on_postgres(item: pytest.Item) -> bool:
    case = getattr(item, "callspec", None)
    on_postgres = case is not None and case.params.get("database_url") == "postgresql"
    return on_postgres and item.nodeid.startswith("tests/blueprints/")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file; every test copies it."""
    path = tmp_path_factory.mktemp("database") / "template.sqlite"
    migrate(create_app(config_for(f"sqlite:///{path}"), SetClock()))
    # Copies take the file alone, so everything must be in it.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """One migrated database per test process; emptied before each test."""
    with postgres_database() as url:
        migrate(create_app(config_for(url), SetClock()))
        yield url


@pytest.fixture(scope="session")
def empty_postgres(postgres_url: str) -> Iterator[Callable[[], None]]:
    """Deletes every row, over a connection that stays.

    Most tests fill few tables, and asking which ones is much faster than deleting from all.
    TRUNCATE would make new files for each table: fifty times slower.
    """
    engine = sa.create_engine(postgres_url, connect_args={"options": "-c lock_timeout=10s"})
    names = [table.name for table in Base.metadata.sorted_tables]
    filled = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in names
    )

    def empty() -> None:
        with engine.begin() as connection:
            found = connection.exec_driver_sql(filled).scalars().all()
            # No foreign keys and no triggers meanwhile: the log refuses to be emptied otherwise.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for name in found:
                connection.exec_driver_sql(f'DELETE FROM "{name}"')

    yield empty
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file per test process, made anew for each test."""
    return tmp_path_factory.mktemp("sqlite") / "kwartaal.sqlite"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database of each kind."""
    if request.param == "sqlite":
        path: Path = request.getfixturevalue("sqlite_path")
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    request.getfixturevalue("empty_postgres")()
    url: str = request.getfixturevalue("postgres_url")
    return url
