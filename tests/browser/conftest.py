"""A real browser at the real server: `start` with the demo region in a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from config import ROOT

PASSWORD = "kwartaal-demo"
DATABASE = "kwartaal.sqlite"
START_SECONDS = 180
SIGNED_IN_SECONDS = 600  # staff that does nothing for half an hour is signed out
WIDTHS = (1280, 390, 320)


@pytest.fixture(scope="session")
def region_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server below keeps its database, files and mails."""
    return tmp_path_factory.mktemp("region")


@pytest.fixture(scope="session")
def region(region_folder: Path) -> Iterator[str]:
    """The address of a server with the demo region; mails go to its own mailbox."""
    folder = region_folder
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "MAIL_URL": f"file:{folder / 'mail'}",
        "FILES_DIR": str(folder / "files"),
        "SECRET_KEY": "browser-" * 6,
        "PORT": str(port),
        "DEMO": "1",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "start"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings)
    try:
        _wait_for(f"http://127.0.0.1:{port}/gezond", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail("De server stopte bij het starten")
        try:
            urllib.request.urlopen(url)
            return
        except OSError:
            time.sleep(0.3)
    pytest.fail("De server startte niet op tijd")


Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, region: str) -> Callable[[str], StorageState]:
    """The cookies of somebody, who signs in seldom: it takes four pages."""
    known: dict[str, tuple[float, StorageState]] = {}

    def cookies_of(email: str) -> StorageState:
        now = time.monotonic()
        if email not in known or now - known[email][0] > SIGNED_IN_SECONDS:
            with closing(chromium.new_context(base_url=region)) as context:
                sign_in(context.new_page(), email)
                known[email] = (now, context.storage_state())
        return known[email][1]

    return cookies_of


@pytest.fixture
def visitor(
    chromium: Browser, region: str, signed_in: Callable[[str], StorageState]
) -> Iterator[Visitor]:
    """visitor("raadslid@…", width=390, scripts=False): a page of a fresh, signed-in browser."""
    contexts: list[BrowserContext] = []

    def visit(email: str | None = None, width: int = 390, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=region,
            viewport={"width": width, "height": 900},
            locale="nl-NL",
            reduced_motion="reduce",
            java_script_enabled=scripts,
            storage_state=signed_in(email) if email else None,
        )
        contexts.append(context)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str) -> None:
    """By password, as the demo's accounts can."""
    page.goto("/inloggen")
    page.get_by_role("link", name="Inloggen met wachtwoord").click()
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    # On a phone the button is in the closed menu.
    page.locator("button", has_text="Uitloggen").first.wait_for(state="attached")
