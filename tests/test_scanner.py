"""The virus scanner: a real clamd with one signature of our own, and what happens without it."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Config, UnsafeSettings
from kwartaal import scanner
from kwartaal.models.meeting import MeetingState
from tests.desk_pages import key
from tests.document_samples import a_pdf
from tests.factories import a_meeting, staff

# What our own signature looks for; no real scanner knows it.
INFECTION = "kwartaal-heeft-griep"
PAGE = "/beheer/bijeenkomsten/maart/stukken/"


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of a clamd of our own: its socket file and its port."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("clamd is niet gevonden")
        pytest.skip("clamd is niet gevonden: deze test is overgeslagen")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "own.ndb").write_text(f"Kwartaal.Griep:0:*:{INFECTION.encode().hex()}\n")
    port = _free_port()
    config = folder / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {folder}\nLocalSocket {folder}/socket\nTCPSocket {port}\n"
        f"TCPAddr 127.0.0.1\nForeground yes\nStreamMaxLength 2M\nTemporaryDirectory {folder}\n"
        f"LogFile {folder}/log\n"
    )
    with subprocess.Popen([program, f"--config-file={config}"]) as process:
        try:
            _wait_for(folder / "socket", process)
            yield f"unix://{folder}/socket", f"tcp://127.0.0.1:{port}"
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    for _tick in range(300):
        if path.exists():
            return
        assert process.poll() is None, "clamd stopped by itself"
        time.sleep(0.1)
    pytest.fail("clamd does not start")


@pytest.fixture
def desk(save, browser_of):
    person = staff()
    save(person, a_meeting(state=MeetingState.CONCEPT, slug="maart"))
    return browser_of(person)


def upload(browser, *sent):
    files = [(io.BytesIO(data), name) for name, data in sent]
    data = {"key": key(), "openness": "openbaar", "files": files}
    return browser.post(PAGE, data=data, content_type="multipart/form-data")


def on_disk(app):
    return [path for path in app.config["FILES_DIR"].rglob("*") if path.is_file()]


@pytest.mark.parametrize("way", [0, 1], ids=["unix", "tcp"])
def test_a_file_is_clean_or_not(clamd, tmp_path, way):
    clean, infected = tmp_path / "clean", tmp_path / "infected"
    clean.write_bytes(bytes(200_000))
    infected.write_bytes(bytes(100_000) + INFECTION.encode())

    found = [scanner.is_clean(path, clamd[way]) for path in (clean, infected)]

    assert found == [True, False]


def test_an_infected_file_is_refused_by_name_and_gone(app, desk, clamd):
    app.config["CLAMD_URL"] = clamd[0]

    answer = upload(desk, ("Goed.pdf", a_pdf()), ("Ziek.pdf", a_pdf(text=INFECTION)))

    assert "Ziek.pdf" in answer.text
    assert "In dit bestand zit een virus. Het is niet bewaard." in answer.text
    assert len(on_disk(app)) == 1


@pytest.mark.parametrize("url", ["unix:///nergens", "tcp://127.0.0.1:9"])
def test_a_scanner_that_is_down_lets_nothing_in(app, desk, url):
    app.config["CLAMD_URL"] = url

    answer = upload(desk, ("Goed.pdf", a_pdf()))

    assert answer.status_code == 422
    assert "Dit bestand kon niet worden gecontroleerd op virussen." in answer.text
    assert on_disk(app) == []


def test_what_the_scanner_finds_too_large_is_not_let_in(clamd, tmp_path):
    large = tmp_path / "large"
    large.write_bytes(os.urandom(5 << 20))

    with pytest.raises(scanner.ScannerSilent):
        scanner.is_clean(large, clamd[0])


def test_the_desk_says_that_files_are_scanned(app, desk, clamd):
    app.config["CLAMD_URL"] = clamd[0]

    assert "Elk bestand wordt gecontroleerd op virussen." in desk.get(PAGE).text


def test_an_address_of_a_scanner_that_cannot_be_is_refused_at_the_start():
    environ = {"CLAMD_URL": "127.0.0.1:3310", "SECRET_KEY": "x" * 40, "DATABASE_URL": "sqlite://"}

    with pytest.raises(UnsafeSettings, match="CLAMD_URL moet zijn als"):
        Config.from_environment(environ)
