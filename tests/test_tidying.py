"""What a process that was killed left on disk: gone a day later, unless a row names it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from flask import Flask

from kwartaal import file_store, worker
from kwartaal.file_store import INCOMING, Batch, receiving
from tests.conftest import SetClock
from tests.factories import a_document, a_meeting, a_version
from tests.test_file_store import on_disk

NAME = "ab" * 16
PLACE = f"{NAME[:2]}/{NAME[2:4]}/{NAME}"


@pytest.fixture
def killed(app: Flask, clock: SetClock) -> Callable[[Callable[[Batch], None]], None]:
    """Receive a file in a process of its own that dies after doing something with it."""

    def _killed(does: Callable[[Batch], None]) -> None:
        process = get_context("fork").Process(target=_die_after, args=(app, does))
        process.start()
        process.join()
        assert process.exitcode == 9
        clock.moment = datetime.now(UTC)  # files are as old as they really are

    return _killed


def _die_after(app: Flask, does: Callable[[Batch], None]) -> None:
    with app.app_context(), receiving() as batch:
        batch.new_name()  # makes the folder
        batch.waiting = {NAME: batch.folder / INCOMING / NAME}
        batch.write(NAME, io.BytesIO(b"abc"), 10)
        does(batch)
        os._exit(9)


def tidied(app: Flask) -> dict[str, bytes]:
    worker._tidied_on(app, None)
    return on_disk(app)


def test_a_file_that_was_judged_when_the_process_died_is_gone_a_day_later(app, clock, killed):
    killed(lambda batch: None)

    clock.pass_(hours=23)
    assert f"{INCOMING}/{NAME}" in tidied(app)
    clock.pass_(hours=2)
    assert tidied(app) == {}


def test_a_file_that_is_stored_and_that_no_row_names_is_gone_a_day_later(app, clock, killed):
    killed(Batch.store)
    assert PLACE in on_disk(app)

    clock.pass_(hours=23)
    assert PLACE in tidied(app)
    clock.pass_(hours=2)
    assert tidied(app) == {}


def test_a_file_whose_row_was_committed_stays(app, save, clock, killed):
    killed(Batch.store)
    save(a_document(a_meeting(), versions=[a_version(storage_name=NAME)]))

    clock.pass_(hours=25)

    assert tidied(app) == {PLACE: b"abc"}


def test_a_file_of_another_database_is_let_be(app, clock):
    """One of the two may be a restored copy: only what was on its way in is looked at."""
    with app.app_context(), receiving() as batch:
        name = batch.new_name()
        batch.write(name, io.BytesIO(b"abc"), 10)
        batch.store()
        batch.keep()
    clock.moment = datetime.now(UTC) + timedelta(days=2)

    assert list(tidied(app).values()) == [b"abc"]


def test_an_old_file_that_gets_a_second_name_is_new(app, clock):
    with app.app_context():
        with receiving() as batch:
            name = batch.new_name()
            batch.write(name, io.BytesIO(b"abc"), 10)
            batch.store()
            batch.keep()
        os.utime(file_store.path_of(name), (0, 0))
        with receiving() as batch:
            batch.duplicate(name)

            assert file_store.left_behind(datetime.now(UTC)) == []
