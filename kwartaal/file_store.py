"""Files on disk: in FILES_DIR, under random names in folders of two levels.

A file is written under a temporary name, judged, and stored just before the row that
names it is committed. The temporary name goes after that commit. Whatever goes wrong before it,
nothing of the file stays; what a killed process left is known by its temporary name.
Source: decision 0018.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Collection, Iterable, Iterator
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
    """Files on their way in. `store` moves them to where they belong, `keep` lets them stay there.

    `keep` comes after the commit: until then everything is removed when the batch ends.
    """

    folder: Path
    waiting: dict[str, Path] = field(default_factory=dict)
    stored: list[Path] = field(default_factory=list)

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
        _second_name(stored, self.waiting[name])
        return name

    def drop(self, name: str) -> None:
        """Let go of a file that may not come in."""
        self.waiting.pop(name).unlink(missing_ok=True)

    def store(self) -> None:
        """Put every file that waits in its own place, for good on disk."""
        for name, path in self.waiting.items():
            target = _path(self.folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            self.stored.append(target)
            _second_name(path, target)
            for folder in (target.parent, target.parent.parent, self.folder):
                _flush(folder)

    def keep(self) -> None:
        """The rows that name the files are stored."""
        self.stored.clear()
        for path in self.waiting.values():
            path.unlink(missing_ok=True)
        self.waiting.clear()


@contextmanager
def receiving() -> Iterator[Batch]:
    """A batch of which nothing stays behind unless it is kept."""
    batch = Batch(_folder())
    try:
        yield batch
    finally:
        for path in (*batch.waiting.values(), *batch.stored):
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


def left_behind(now: datetime) -> list[str]:
    """The names of files that a process which was killed left half-way; `now` is aware.

    Younger than a day may be in use. The age is that of the name, not of the content: a second name
    for a stored file is new.
    """
    before = (now - LEFT_AFTER).timestamp()
    waiting = (_folder() / INCOMING).glob("*")
    return sorted(path.name for path in waiting if path.stat().st_ctime < before)


def forget(left: Iterable[str], named: Collection[str]) -> None:
    """Throw away what was left behind; of what a row names only the temporary name."""
    for name in left:
        if name not in named:
            path_of(name).unlink(missing_ok=True)
        (_folder() / INCOMING / name).unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = current_app.config["FILES_DIR"]
    return folder


def _path(folder: Path, name: str) -> Path:
    return folder / name[:2] / name[2:4] / name


def _second_name(path: Path, target: Path) -> None:
    """Give a file another name as well, or a copy where the disk knows no such names."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _flush(folder: Path) -> None:
    """A new name is on disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
