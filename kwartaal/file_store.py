"""Files on disk: in FILES_DIR, under random names in folders of two levels.

A file is written under a temporary name, judged, and moved to its place just before the row that
names it is committed. Whatever goes wrong before that commit, nothing of it stays (decision 0018).
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from flask import current_app

INCOMING = "incoming"
CHUNK = 1 << 20
LEFT_AFTER = timedelta(days=1)


class LongerThanAllowed(Exception):
    """More bytes came than may be kept."""


@dataclass
class Batch:
    """Files on their way in. `place` moves them to where they belong, `keep` lets them stay there.

    `keep` comes after the commit: until then everything is removed when the batch ends.
    """

    folder: Path
    waiting: dict[str, Path] = field(default_factory=dict)
    placed: list[Path] = field(default_factory=list)

    def new_name(self) -> str:
        """A random name, under which one file may come in."""
        name = uuid.uuid4().hex
        incoming = self.folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        self.waiting[name] = incoming / name
        return name

    def write(self, name: str, source: IO[bytes], most: int) -> Path:
        """Copy a file to disk, flushed; returns where it waits. Raises LongerThanAllowed."""
        left = most
        with self.waiting[name].open("xb") as target:
            while chunk := source.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise LongerThanAllowed
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        return self.waiting[name]

    def duplicate(self, storage_name: str) -> str:
        """A second name for a file that is stored already; returns that name.

        The file itself is there once, where the disk can do that: each row has a name of its own to
        throw away. Of a file that is gone there is no second either.
        """
        name, stored = self.new_name(), _path(self.folder, storage_name)
        if not stored.is_file():
            del self.waiting[name]
            return name
        try:
            os.link(stored, self.waiting[name])
        except OSError:
            shutil.copyfile(stored, self.waiting[name])
        return name

    def drop(self, name: str) -> None:
        """Let go of a file that may not come in."""
        self.waiting.pop(name).unlink(missing_ok=True)

    def place(self) -> None:
        """Move every file that waits to its own place, for good on disk."""
        for name, path in self.waiting.items():
            target = _path(self.folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            self.placed.append(target)
            path.rename(target)
            for folder in (target.parent, target.parent.parent, self.folder):
                _flush(folder)
        self.waiting.clear()

    def keep(self) -> None:
        """The rows that name the files are stored."""
        self.placed.clear()


@contextmanager
def receiving() -> Iterator[Batch]:
    """A batch of which nothing stays behind unless it is kept."""
    batch = Batch(_folder())
    try:
        yield batch
    finally:
        for path in (*batch.waiting.values(), *batch.placed):
            path.unlink(missing_ok=True)


def passing_path(name: str) -> Path:
    """Where a file lies that is fetched once and may go: a day later it is thrown away."""
    incoming = _folder() / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    return incoming / name


def path_of(storage_name: str) -> Path:
    """Where a stored file lies."""
    return _path(_folder(), storage_name)


def remove(storage_names: Iterable[str]) -> None:
    """Throw files away, after the commit that took away their rows."""
    for name in storage_names:
        path_of(name).unlink(missing_ok=True)


def forget_left_behind(now: datetime) -> int:
    """Throw away what a process that was killed left half-way; returns how many files.

    Only what still waited: no row can name it, whichever database this folder belongs to. Younger
    than a day may be in use.
    """
    before = (now - LEFT_AFTER).timestamp()
    old = [path for path in (_folder() / INCOMING).glob("*") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    folder: Path = current_app.config["FILES_DIR"]
    return folder


def _path(folder: Path, name: str) -> Path:
    return folder / name[:2] / name[2:4] / name


def _flush(folder: Path) -> None:
    """A new name is on disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
