"""Files on disk: all of a batch or nothing of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask

from kwartaal import file_store
from kwartaal.file_store import INCOMING, LongerThanAllowed, receiving


def on_disk(app: Flask) -> dict[str, bytes]:
    folder: Path = app.config["FILES_DIR"]
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def received(batch: file_store.Batch, data: bytes, most: int = 100) -> str:
    name = batch.new_name()
    batch.write(name, io.BytesIO(data), most)
    return name


def test_a_file_waits_until_it_is_placed_and_stays_when_it_is_kept(app: Flask):
    with app.app_context(), receiving() as batch:
        name = received(batch, b"abc")
        waiting = on_disk(app)
        batch.store()
        batch.keep()

    assert waiting == {f"{INCOMING}/{name}": b"abc"}
    assert on_disk(app) == {f"{name[:2]}/{name[2:4]}/{name}": b"abc"}


def test_what_is_not_kept_is_gone(app: Flask):
    with app.app_context(), receiving() as batch:
        received(batch, b"abc")

    assert on_disk(app) == {}


def test_a_transaction_that_fails_takes_the_placed_files_along(app: Flask):
    with app.app_context(), pytest.raises(RuntimeError), receiving() as batch:
        received(batch, b"abc")
        received(batch, b"def")
        batch.store()
        raise RuntimeError("the commit fails")

    assert on_disk(app) == {}


@pytest.mark.parametrize("data", [b"", b"x" * 100])
def test_as_much_as_is_allowed_comes_in(app: Flask, data: bytes):
    with app.app_context(), receiving() as batch:
        name = received(batch, data)

        assert on_disk(app) == {f"{INCOMING}/{name}": data}


def test_one_byte_more_does_not(app: Flask):
    with app.app_context(), pytest.raises(LongerThanAllowed), receiving() as batch:
        received(batch, b"x" * 101)

    assert on_disk(app) == {}


def test_a_second_name_outlives_the_first(app: Flask):
    with app.app_context():
        with receiving() as batch:
            first = received(batch, b"abc")
            batch.store()
            batch.keep()
        with receiving() as batch:
            second = batch.duplicate(first)
            batch.store()
            batch.keep()
        file_store.remove([first])

        assert file_store.path_of(second).read_bytes() == b"abc"


def test_a_second_name_that_is_not_kept_leaves_the_first(app: Flask):
    with app.app_context():
        with receiving() as batch:
            first = received(batch, b"abc")
            batch.store()
            batch.keep()
        with receiving() as batch:
            batch.duplicate(first)
            batch.store()

        assert [file_store.path_of(first).read_bytes(), len(on_disk(app))] == [b"abc", 1]


def test_of_a_file_that_is_gone_there_is_no_second(app: Flask):
    with app.app_context(), receiving() as batch:
        name = batch.duplicate("ab" * 16)
        batch.store()

        assert (file_store.path_of(name).exists(), on_disk(app)) == (False, {})


def test_removing_twice_is_no_mistake(app: Flask):
    with app.app_context():
        with receiving() as batch:
            name = received(batch, b"abc")
            batch.store()
            batch.keep()
        file_store.remove([name])
        file_store.remove([name])

    assert on_disk(app) == {}
