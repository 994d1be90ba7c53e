"""Starting: what refuses to serve and what it says, in a process of its own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from config import ROOT, Config, UnsafeSettings
from kwartaal.models.installation import DEMO_LOADED

SAFE = {
    "KWARTAAL_ENV": "production",
    "SECRET_KEY": "een-lange-willekeurige-waarde-van-veertig",
    "MAIL_URL": "smtp://127.0.0.1:25",
    "BASE_URL": "https://kwartaal.voorbeeld.example",
    "SECURITY_CONTACT": "mailto:griffie@voorbeeld.example",
}


def start(*command: str, **environ: str) -> tuple[bool, str]:
    """(whether it started, what it said last) of a fresh process with only these settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        command or (sys.executable, "-c", "import wsgi; print('gestart')"),
        cwd=ROOT,
        env=kept | environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode == 0, (done.stderr or done.stdout).strip().splitlines()[-1]


@pytest.fixture
def production(tmp_path: Path, sqlite_template: Path) -> dict[str, str]:
    """Safe settings on a migrated, empty database."""
    shutil.copy(sqlite_template, tmp_path / "kwartaal.sqlite")
    return SAFE | {"DATABASE_URL": f"sqlite:///{tmp_path / 'kwartaal.sqlite'}"}


def test_production_starts_on_safe_settings(production: dict[str, str]) -> None:
    assert start(**production) == (True, "gestart")


REFUSED = {
    "SECRET_KEY": ("", "SECRET_KEY ontbreekt of is korter dan 32 tekens."),
    "SECRET_KEY short": ("kort", "SECRET_KEY ontbreekt of is korter dan 32 tekens."),
    "MAIL_URL": ("file:", "MAIL_URL=file: verstuurt niets. Zet smtp:// of smtps://."),
    "MAIL_URL absent": ("", "MAIL_URL=file: verstuurt niets. Zet smtp:// of smtps://."),
    "DEMO": ("1", "KWARTAAL_ENV=production en DEMO=1 gaan niet samen."),
}


@pytest.mark.parametrize("setting", REFUSED)
def test_production_refuses_each_unsafe_setting(production: dict[str, str], setting: str) -> None:
    value, reason = REFUSED[setting]
    unsafe = production | {setting.split()[0]: value}
    if setting == "DEMO":
        unsafe["BASE_URL"] = "http://127.0.0.1:5000"

    started, said = start(**unsafe)

    assert not started
    assert said.startswith("Kwartaal start niet. " + reason)


def test_production_refuses_the_demo_region(production: dict[str, str]) -> None:
    path = production["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO installation_fact VALUES (?, '1')", [DEMO_LOADED])
        connection.commit()

    started, said = start(**production)

    assert not started
    assert said.startswith("Kwartaal start niet. In deze database staan de verzonnen gegevens")


def test_gunicorn_refuses_several_workers_without_redis(production: dict[str, str]) -> None:
    gunicorn = (sys.executable, "-m", "gunicorn", "-w", "2", "-b", "127.0.0.1:0", "wsgi:app")

    started, said = start(*gunicorn, **production)

    assert not started
    assert "2 processen zonder REDIS_URL" in said


DEMO_SETTINGS = {
    "BASE_URL": ("https://kwartaal.voorbeeld.example", "BASE_URL"),
    "TRUSTED_PROXIES": ("1", "TRUSTED_PROXIES"),
}


@pytest.mark.parametrize("setting", DEMO_SETTINGS)
def test_demo_refuses_to_be_reached_from_elsewhere(setting: str) -> None:
    value, named = DEMO_SETTINGS[setting]

    with pytest.raises(UnsafeSettings, match=named):
        Config.from_environment({"DEMO": "1", "SECRET_KEY": "x" * 40, setting: value})
