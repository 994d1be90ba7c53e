"""The calendar's pages and states that no link leads to, and frames on another site."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.browser.conftest import Visitor
from tests.browser.faults import faults

pytestmark = pytest.mark.browser

OUTSIDE = (
    "/kalender/?kies=reeks-kwartaalbijeenkomsten",
    "/insluiten/?weergave=maand",
    "/insluiten/lijst?gemeente=alblasserdam",
    "/insluiten/maand?maand=2000-01",
    "/insluiten/maand?maand=2021-11",
    "/insluiten/lijst?reeks=niets",
)


def test_states_for_everybody_are_accessible_and_fit(visitor: Visitor) -> None:
    page, found = visitor(width=1280), {}
    for path in OUTSIDE:
        page.goto(path)
        found[path] = list(faults(page))

    assert found == dict.fromkeys(OUTSIDE, [])


def test_own_feeds_are_accessible_and_fit_from_the_first_to_the_end(visitor: Visitor) -> None:
    page = visitor("gast@gorinchem.example", width=1280)
    found: list[str] = []
    add_feed(page, "")
    found += faults(page)
    add_feed(page, "Telefoon 📱 met een lange naam die niet breekt"[:40])
    found += faults(page)
    page.goto("/kalender/?kies=eigen-2")
    found += faults(page)
    page.goto("/mijn/")
    found += faults(page, ())
    page.goto("/mijn/agenda/")
    for _ in range(2):
        page.get_by_role("button", name="Beëindig").first.click()
    found += faults(page)
    page.goto("/kalender/")
    found += faults(page)

    assert found == []
    assert page.get_by_role("button", name="Maak mijn agenda-adres").is_visible()


def add_feed(page: Page, name: str) -> None:
    page.goto("/mijn/agenda/nieuw")
    page.get_by_label("Naam", exact=False).first.fill(name)
    page.get_by_role("button", name="Maak dit abonnement").click()


@pytest.fixture(scope="module")
def elsewhere(region: str) -> Iterator[str]:
    """Another site, with frames of a month, the list and the home page."""
    paths = {"month": "/insluiten/maand", "list": "/insluiten/lijst", "home": "/"}
    frames = "".join(
        f'<iframe title="{title}" src="{region}{path}" width="320" height="600"></iframe>'
        for title, path in paths.items()
    )
    page = f"<!doctype html><title>x</title>{frames}".encode()

    def answer(_environ: object, start: Callable[..., object]) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return [page]

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://localhost:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("scripts", [True, False])
def test_frame_on_another_site_turns_months_and_its_links_leave_it(
    visitor: Visitor, region: str, elsewhere: str, scripts: bool
) -> None:
    page = visitor(scripts=scripts)
    page.goto(elsewhere)
    month = page.frame_locator("iframe[title=month]")
    before = month.locator("caption").inner_text()

    month.get_by_role("link", name="Volgende maand").click()
    # A month without meetings shows no table on a phone.
    month.locator("caption", has_not_text=before).wait_for(state="attached")
    framed = [frame.url.removeprefix(region).partition("?")[0] for frame in page.frames[1:]]
    cookies = page.context.cookies()
    page.frame_locator("iframe[title=list]").get_by_role("link").first.click()
    page.wait_for_url(f"{region}/bijeenkomsten/**")

    assert framed == ["/insluiten/maand", "/insluiten/lijst", "chrome-error://chromewebdata/"]
    assert cookies == []


def test_data_for_search_engines_is_no_script_to_the_policy(visitor: Visitor) -> None:
    page = visitor()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/bijeenkomsten/")
    page.locator(".kw-meeting__title a").first.click()

    data = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    )

    assert data["name"] == page.locator("h1").inner_text()
    assert said == []
