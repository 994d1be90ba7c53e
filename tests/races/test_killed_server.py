"""A server that is killed in the middle of the rush has kept everything it showed as saved."""

from __future__ import annotations

import os
import signal
import threading
import uuid
from collections.abc import Iterator
from itertools import cycle, product
from pathlib import Path

import pytest

from kwartaal import create_app
from kwartaal.db import db
from kwartaal.models.attendance import MarkKind
from tests.conftest import SetClock, config_for
from tests.races.burst import burst
from tests.races.conftest import BOTH, database, migrated, server
from tests.races.crowd import gather
from tests.races.doors import Doors, open_doors

PEOPLE = 10
ENOUGH = 25  # marks that were answered before the kill


@pytest.fixture(scope="module", params=BOTH)
def address(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("killed")
    with database(request.param, folder, lambda url: migrated(url, sqlite_template)) as url:
        yield url


class Rush:
    """Both clerks marking as fast as they are answered; `saved` are the marks with an answer."""

    def __init__(self, doors: Doors, port: int) -> None:
        self.saved: list[uuid.UUID] = []
        self._doors, self._port = doors, port
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._mark, args=[door]) for door in (0, 1)]

    def __enter__(self) -> Rush:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        for thread in self._threads:
            thread.join()

    def wait(self) -> None:
        assert self._enough.wait(60), "too few marks were answered"

    def _mark(self, door: int) -> None:
        people = self._doors.people[door::2]  # of what both say alike one mark would be kept
        for kind, who in cycle(product((MarkKind.ARRIVED, MarkKind.LEFT), people)):
            key = uuid.uuid4()
            try:
                request = self._doors.say(door, who, kind, key)
                answer = burst(self._port, [request])[0]
            except (OSError, IndexError):  # no answer: the server is gone
                return
            assert answer.status == 303
            self.saved.append(key)
            if len(self.saved) >= ENOUGH:
                self._enough.set()


def test_a_killed_server_kept_what_it_showed_as_saved(address: str, tmp_path: Path) -> None:
    kill_in_the_rush(address, tmp_path)


@pytest.mark.long
def test_fifteen_killed_servers_kept_what_they_showed_as_saved(
    address: str, tmp_path: Path
) -> None:
    """Each starts on what the one before left behind."""
    for _ in range(15):
        kill_in_the_rush(address, tmp_path)


def kill_in_the_rush(url: str, folder: Path) -> None:
    app = create_app(config_for(url), SetClock())
    doors = open_doors(app, gather(app, PEOPLE))
    with server(url, "guarded_app", folder) as (port, process):
        with Rush(doors, port) as rush:
            rush.wait()
            os.killpg(process.pid, signal.SIGKILL)
    stored = doors.stored(rush.saved)
    with app.app_context():
        db.engine.dispose()

    assert (len(rush.saved) >= ENOUGH, set(rush.saved) - stored) == (True, set())
