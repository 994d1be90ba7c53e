"""A calendar program as people use it: vdirsyncer fetches a feed, khal shows what is in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from config import ROOT

# The development lock has both.
MISSING = [tool for tool in ("vdirsyncer", "khal") if find_spec(tool) is None]
VDIRSYNCER = """\
[general]
status_path = "{folder}/status/"
[pair feed]
a = "remote"
b = "local"
collections = null
conflict_resolution = "a wins"
[storage remote]
type = "http"
url = "{address}"
[storage local]
type = "filesystem"
path = "{folder}/events/"
fileext = ".ics"
"""
KHAL = """\
[calendars]
[[feed]]
path = {folder}/events/
readonly = True
[locale]
local_timezone = Europe/Amsterdam
default_timezone = Europe/Amsterdam
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
# khal puts a space behind a state that is not empty.
SHOWN = "{start-long} - {end-long} {title} [{status}]"


def require_calendar_clients() -> None:
    """Leave the calling test module out, in one line, where the programs are not; never in CI."""
    if MISSING and os.environ.get("CI") != "true":
        missing = " en ".join(MISSING)
        pytest.skip(
            f"Overgeslagen, want {missing} ontbreekt: feeds in een agendaprogramma",
            allow_module_level=True,
        )


@dataclass(frozen=True)
class CalendarClient:
    """The calendar of somebody who subscribed to one feed, in a folder of its own."""

    folder: Path

    def sync(self, address: str) -> None:
        """Subscribe to the feed at the address, or fetch it again."""
        settings = self.folder / "vdirsyncer.conf"
        if not settings.exists():
            (self.folder / "events").mkdir()
            settings.write_text(VDIRSYNCER.format(folder=self.folder, address=address))
            self._run("vdirsyncer", "--config", str(settings), "discover")
        self._run("vdirsyncer", "--config", str(settings), "sync")

    def shown(self, first: str, last: str) -> list[str]:
        """What khal lists from one date (2027-03-10) to another: times, title and state.

        Sorted here: khal puts those of one moment in the order of what their files hold.
        """
        settings = self.folder / "khal.conf"
        settings.write_text(KHAL.format(folder=self.folder))
        dates = ("--day-format", "", "--format", SHOWN, "--once", first, last)
        listed = self._run("khal", "--config", str(settings), "list", *dates)
        return sorted(line.replace(" ]", "]") for line in listed.splitlines() if line)

    def files(self) -> dict[str, int]:
        """The stored events, each with the moment it was written."""
        return {path.name: path.stat().st_mtime_ns for path in (self.folder / "events").iterdir()}

    def _run(self, *command: str) -> str:
        here = {"HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)}
        said = self.folder / "said"
        asked = {"command": command, "environment": here, "said": str(said)}
        programs = _programs()
        print(json.dumps(asked), file=programs.stdin, flush=True)
        code = programs.stdout.readline().strip()
        complaint = said.with_suffix(".err").read_text() if code else "the programs do not start"
        assert code == "0", complaint
        return said.with_suffix(".out").read_text()


@cache
def _programs() -> subprocess.Popen[str]:
    """Ends when this process does: nobody writes to it any more."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.warm_programs"],
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
