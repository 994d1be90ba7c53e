"""One command that serves: database up to date, demo region if asked, mail worker beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Event, Thread

import waitress
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import inspect

from config import UnsafeSettings
from kwartaal.db import db
from kwartaal.dutch import in_dutch
from kwartaal.models.installation import InstallationFact, holds_demo

THREADS = 8
RESTART_SECONDS = 2.0


def prepare(app: Flask, load_demo: Callable[[], None]) -> None:
    """Migrate, and load the demo region into a database that is still empty."""
    with app.app_context():
        upgrade()
        if app.config["DEMO"] and not holds_demo():
            load_demo()


def refuse_demo_data(app: Flask) -> None:
    """Raise UnsafeSettings when a production installation would serve invented people."""
    if app.config["KWARTAAL_ENV"] != "production":
        return
    with app.app_context():
        known = inspect(db.engine).has_table(InstallationFact.__tablename__)
        if known and holds_demo():
            raise UnsafeSettings(
                in_dutch(
                    "In deze database staan de verzonnen gegevens van de demonstratie. "
                    "Gebruik voor productie een nieuwe, lege database."
                )
            )


@contextmanager
def worker_beside() -> Iterator[None]:
    """A mail worker that is started again when it dies, and ends when this process ends."""
    stopping = Event()
    watcher = Thread(target=_keep_worker, args=(stopping,), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stopping.set()
        watcher.join(timeout=10)


def serve(app: Flask, beside: Callable[[], AbstractContextManager[None]] = worker_beside) -> None:
    """Serve on the loopback address until interrupted; what runs beside it ends with it."""
    with beside():
        waitress.serve(
            app,
            host="127.0.0.1",
            port=app.config["PORT"],
            threads=THREADS,
            ident=None,
            # Kept, so that the demo sees that a proxy stands in front; ProxyFix decides on belief.
            clear_untrusted_proxy_headers=False,
        )


def _keep_worker(stopping: Event) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--until-stdin-closes"]
    while not stopping.is_set():
        # The pipe closes with this process, also when it is killed: no worker stays behind.
        with subprocess.Popen(command, stdin=subprocess.PIPE) as child:  # noqa: S603 (our own)
            while child.poll() is None and not stopping.wait(0.2):
                pass
            if child.stdin:
                child.stdin.close()
        stopping.wait(RESTART_SECONDS)
