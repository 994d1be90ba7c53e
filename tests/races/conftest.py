"""Servers to race against: gunicorn with two processes, on both databases, with and without guards.

The databases are made for these tests and thrown away; every test opens a meeting of its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from kwartaal import create_app
from kwartaal.db import db
from tests.conftest import SetClock, config_for, migrate, postgres_database
from tests.races import unguarded_app
from tests.races.burst import Answer, burst
from tests.races.crowd import Visitor, gather

PEOPLE = 200
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@dataclass(frozen=True)
class Track:
    """A running server, the application on the same database, and people to send."""

    port: int
    app: Flask
    people: list[Visitor]

    def run(self, requests: Sequence[bytes]) -> list[Answer]:
        """Send all requests at once."""
        return burst(self.port, requests)


@pytest.fixture(scope="session")
def tracks(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[Callable[[str, str], Track]]:
    """The servers of a whole test process: two databases, with guards and without.

    Each is started for the first test that races on it; a start takes as long as a race.
    """
    with ExitStack() as stack:

        @cache
        def running(kind: str, module: str) -> Track:
            folder = tmp_path_factory.mktemp("race")
            guarded = partial(migrated, sqlite_template=sqlite_template)
            prepare = guarded if module == "guarded_app" else unguarded_app.create_schema
            url = stack.enter_context(database(kind, folder, prepare))
            return stack.enter_context(_track(url, module, folder))

        yield running


@pytest.fixture(params=BOTH)
def track(request: pytest.FixtureRequest, tracks: Callable[[str, str], Track]) -> Track:
    """The application as it is."""
    return tracks(request.param, "guarded_app")


@pytest.fixture(params=BOTH)
def unguarded_track(request: pytest.FixtureRequest, tracks: Callable[[str, str], Track]) -> Track:
    """The application with its guards off."""
    return tracks(request.param, "unguarded_app")


@contextmanager
def database(kind: str, folder: Path, prepare: Callable[[str], None]) -> Iterator[str]:
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'race.sqlite'}"
        prepare(url)
        yield url
        return
    with postgres_database() as url:
        prepare(url)
        yield url


def migrated(url: str, sqlite_template: Path) -> None:
    if url.startswith("sqlite"):
        shutil.copy(sqlite_template, url.removeprefix("sqlite:///"))
    else:
        migrate(create_app(config_for(url), SetClock()))


@contextmanager
def _track(url: str, module: str, folder: Path) -> Iterator[Track]:
    app = create_app(config_for(url), SetClock())
    people = gather(app, PEOPLE)
    with server(url, module, folder) as (port, _process):
        yield Track(port, app, people)
    with app.app_context():
        db.engine.dispose()


@contextmanager
def server(url: str, module: str, folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """gunicorn with two processes of eight threads on a socket we opened; yields port and process.

    The process leads a group of its own, so that it can be killed with its workers.
    """
    log = folder / "gunicorn.log"
    with socket.create_server(("127.0.0.1", 0), backlog=2 * PEOPLE) as listening:
        command = [
            *(sys.executable, "-m", "gunicorn", f"tests.races.{module}:make()"),
            *("--config", os.devnull, "--bind", f"fd://{listening.fileno()}"),
            *("--workers", "2", "--worker-class", "gthread", "--threads", "8"),
            *("--no-control-socket", "--preload"),  # the application is made once, not per process
            *("--timeout", "90", "--error-logfile", str(log), "--capture-output"),
        ]
        process = subprocess.Popen(
            command,
            start_new_session=True,
            cwd=folder,
            env=os.environ | {"RACE_DATABASE_URL": url, "PYTHONPATH": str(ROOT)},
            pass_fds=[listening.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port = listening.getsockname()[1]
    try:
        _wait_for(port, process, log)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    hello = b"GET /gezond HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if burst(port, [hello])[0].status == 200:
                return
        except (OSError, IndexError):
            time.sleep(0.2)
    raise AssertionError(f"gunicorn does not answer: {log.read_text()[-2000:]}")
