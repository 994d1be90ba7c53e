"""The same thing done at the same moment by several threads, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

from kwartaal.db import db

T = TypeVar("T")


def at_once(app: Flask, number: int, do: Callable[[], T]) -> list[T | Exception]:
    """What each got, or why it failed; every thread is let go when all are ready."""
    barrier = Barrier(number)

    def _one(_number: int) -> T | Exception:
        with app.app_context():
            barrier.wait(10)
            try:
                return do()
            except Exception as error:
                return error
            finally:
                db.session.rollback()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(_one, range(number)))
