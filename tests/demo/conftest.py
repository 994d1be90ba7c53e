"""The demo region, loaded once on each database; tests only read it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from kwartaal import create_app, demo
from kwartaal.db import db
from tests.conftest import SetClock, config_for, migrate, postgres_database

FILES = TemporaryDirectory()  # of all regions together: names on disk are random


@pytest.fixture(scope="session")
def empty_copy(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory):
    """Makes migrated, empty SQLite databases: empty_copy() is the address of a new one."""

    def copy() -> str:
        path = tmp_path_factory.mktemp("demo") / "kwartaal.sqlite"
        shutil.copy(sqlite_template, path)
        return f"sqlite:///{path}"

    return copy


@pytest.fixture(
    scope="package", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def region(request: pytest.FixtureRequest, empty_copy) -> Iterator[Flask]:
    """The application on a database that holds the demo region."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            app = load(empty_copy())
        else:
            url = stack.enter_context(postgres_database())
            migrate(create_app(config_for(url), SetClock()))
            app = load(url)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def stored(region: Flask) -> Iterator[Session]:
    """A session to read the region with."""
    with region.app_context():
        yield db.session()
        db.session.rollback()


def load(url: str, clock: SetClock | None = None) -> Flask:
    """Load the region into an empty database; says how long it took."""
    files = Path(FILES.name)
    settings = {"DEMO": True, "WTF_CSRF_ENABLED": False, "FILES_DIR": files}
    app = create_app(config_for(url, **settings), clock or SetClock())
    begun = time.perf_counter()
    with app.app_context():
        demo.load()
    print(f"demo region on {url.partition(':')[0]}: {time.perf_counter() - begun:.1f} s")
    return app
