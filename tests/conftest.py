"""Databases, the application with a clock that tests set, and clients that are somebody.

Route tests run on SQLite and on PostgreSQL. No application context is left open around a test's
requests: every request gets its own, as in the real server.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import Engine, make_url

from config import ROOT, Config, engine_options
from kwartaal import create_app, limits, passwords
from kwartaal.clock import Clock
from kwartaal.db import db
from kwartaal.models.account import UserSession
from kwartaal.models.person import Person
from kwartaal.sessions import _hash as session_hash
from tests.letting_go import commit_and_let_go

pytest_plugins = ["tests.databases", "tests.scheduling"]
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1/postgres")
NOON = datetime(2027, 3, 10, 11, 0, tzinfo=UTC)  # a Wednesday, 12.00 in Amsterdam


def pytest_collection_finish() -> None:
    """Python need not look for garbage among what stays, and seldom among what tests make.

    A search goes through all models and modules each time, which took a sixth of the whole time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@dataclass
class SetClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def pass_(self, **spans: float) -> None:
        self.moment += timedelta(**spans)


def config_for(url: str, **changes: object) -> Config:
    """Settings of a test application on one database."""
    settings: dict[str, object] = {
        "SECRET_KEY": "test-" * 10,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
        "BASE_URL": "http://127.0.0.1:5000",
        "TESTING": True,
    }
    return Config(**(settings | changes))  # type: ignore[arg-type]


@sa.event.listens_for(Engine, "connect")
def _forget_power_cuts(connection: Any, record: object) -> None:
    """SQLite need not wait for the disk in this process; the servers that tests start do wait."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


def migrate(app: Flask) -> None:
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.engine.dispose()


@contextmanager
def postgres_database() -> Iterator[str]:
    """A new database that is dropped afterwards; yields its address."""
    admin = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    name = f"kwartaal_test_{uuid.uuid4().hex[:12]}"
    try:
        with admin.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    except sa.exc.OperationalError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("PostgreSQL antwoordt niet: deze test is overgeslagen")
    yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.dispose()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once, not once per application and test process."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    folder = run / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture
def make_app(
    database_url: str,
    clock: Clock,
    tmp_path: Path,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[Callable[..., Flask]]:
    """The application with other settings: make_app(DEMO=True)."""
    made: list[Flask] = []

    def make(**changes: object) -> Flask:
        files = {"MAIL_DIR": tmp_path / "mail", "FILES_DIR": tmp_path / "files"}
        made.append(create_app(config_for(database_url, **(files | changes)), clock))
        made[-1].jinja_env.bytecode_cache = compiled_templates
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def apps() -> dict[str, Flask]:
    """The application per database: making one, and its first pages, costs more than a test."""
    return {}


@pytest.fixture
def app(
    database_url: str,
    clock: Clock,
    tmp_path: Path,
    apps: dict[str, Flask],
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[Flask]:
    """The application, as if it had just started."""
    if database_url not in apps:
        apps[database_url] = create_app(config_for(database_url, WTF_CSRF_ENABLED=False), clock)
        apps[database_url].extensions["first config"] = dict(apps[database_url].config)
        apps[database_url].jinja_env.bytecode_cache = compiled_templates
    app = apps[database_url]
    app.config.clear()
    app.config.update(app.extensions["first config"])
    app.config.update(MAIL_DIR=tmp_path / "mail", FILES_DIR=tmp_path / "files")
    app.extensions["clock"] = clock
    app.extensions.pop("feeds", None)
    limits.init_app(app)
    yield app
    if database_url.startswith("sqlite"):  # the file goes; on PostgreSQL connections are kept
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of nobody."""
    return app.test_client()


@pytest.fixture
def save(app: Flask) -> Callable[..., None]:
    """Store objects and let go of them: their columns stay readable, ids are known."""

    def _save(*objects: object) -> None:
        with app.app_context():
            db.session.add_all(objects)
            commit_and_let_go()

    return _save


@pytest.fixture
def browser_of(app: Flask, clock: SetClock) -> Callable[[Person], FlaskClient]:
    """A browser that is signed in as a stored person."""

    def _browser(person: Person) -> FlaskClient:
        token = uuid.uuid4().hex
        with app.app_context():
            now = clock()
            db.session.add(
                UserSession(
                    token_hash=session_hash(token),
                    person_id=person.id,
                    created_at=now,
                    last_seen_at=now,
                )
            )
            db.session.commit()
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = token
        return browser

    return _browser


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Password hashes that take no time, for tests that need many of them."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "NOBODYS_HASH", quick.hash("niemand"))


@pytest.fixture
def count_queries(
    statements_of: Callable[[Callable[[], object]], list[str]],
) -> Callable[[Callable[[], object]], int]:
    """How many statements a call sends to the database."""
    return lambda call: len(statements_of(call))


@pytest.fixture
def statements_of(app: Flask) -> Callable[[Callable[[], object]], list[str]]:
    """The statements that a call sends to the database.

    `read_rows` goes past SQLAlchemy: who takes a connection and sends nothing by it, sent one so.
    """

    def _statements(call: Callable[[], object]) -> list[str]:
        statements: list[str] = []
        known: list[int] = []

        def note(*args: object) -> None:
            statements.append(str(args[2]))

        def note_start(*args: object) -> None:
            known.append(len(statements))

        def note_end(*args: object) -> None:
            if known and len(statements) == known.pop():
                statements.append("read_rows")

        with app.app_context():
            engine: Engine = db.engine
        listening = [
            (engine, "before_cursor_execute", note),
            (engine.pool, "checkout", note_start),
            (engine.pool, "checkin", note_end),
        ]
        for target, name, listener in listening:
            sa.event.listen(target, name, listener)
        try:
            call()
        finally:
            for target, name, listener in listening:
                sa.event.remove(target, name, listener)
        return statements

    return _statements


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, one for a whole test process: Playwright runs a loop that allows no other."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is niet gevonden")
        pytest.skip("Chromium is niet gevonden: deze test is overgeslagen")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
