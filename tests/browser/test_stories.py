"""What people come for, done as they do it: on a phone, with and without JavaScript."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

MAIL_SECONDS = 20
WHO = {
    "raadslid@papendrecht.example": True,
    "ondernemer@bedrijf.example": False,
    "gast@gorinchem.example": True,
}


def open_meeting(page: Page) -> str:
    """From the home page to the form; returns the title of the meeting."""
    page.goto("/")
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Meld u aan").click()
    return title


def open_form(page: Page) -> None:
    """Straight to the form, for who may have been registered before."""
    page.goto("/")
    page.get_by_role("link", name="Bekijk het programma").click()
    page.goto(page.url.split("#")[0].rstrip("/") + "/aanmelden")


def rounds(page: Page) -> list[object]:
    return [group for group in page.locator("fieldset").all() if group.get_by_role("radio").count()]


def choose_free_workshops(page: Page) -> list[str]:
    """The first workshop with places in each round; returns their titles."""
    chosen = []
    for group in rounds(page):
        card = group.locator("label.kw-choice", has_text=re.compile(r"Nog \d+ plek")).first
        card.get_by_role("radio").check()
        chosen.append(card.locator(".kw-choice__title").inner_text())
    return chosen


def newest_mail(page: Page, address: str, subject: str) -> None:
    """Open the newest mail to an address with such a subject, waiting for the worker."""
    until = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < until:
        page.goto(f"/postvak/?aan={address}")
        link = page.locator("main").get_by_role("link", name=re.compile(subject)).first
        if link.count():
            link.click()
            return
        time.sleep(0.5)
    raise AssertionError(f"geen mail met {subject!r} aan {address}")


def own_feed(page: Page) -> str:
    """The bytes of the personal feed, fetched as a calendar program does: without a cookie."""
    page.goto("/kalender/")
    make = page.get_by_role("button", name="Maak mijn agenda-adres")
    if make.count():
        make.click()
    address = page.locator("#own-address").input_value()
    return urllib.request.urlopen(address).read().decode().replace("\r\n ", "")


@pytest.mark.parametrize(("email", "scripts"), WHO.items())
def test_register_on_a_phone_then_withdraw(visitor: Visitor, email: str, scripts: bool) -> None:
    page = visitor(email, width=390, scripts=scripts)
    began = time.monotonic()
    title = open_meeting(page)
    chosen = choose_free_workshops(page)
    page.get_by_role("button", name="Meld mij aan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent aangemeld")
    assert time.monotonic() - began < 60

    page.goto("/mijn/")
    for workshop in chosen:
        expect(page.locator("main")).to_contain_text(workshop)
    feed = own_feed(page)
    assert all(workshop.split(":")[0] in feed for workshop in chosen)
    newest_mail(page, email, re.escape(f"U bent aangemeld: {title}"))
    expect(page.locator("main")).to_contain_text(title)
    expect(page.get_by_role("link", name="bijeenkomst.ics")).to_have_count(1)

    page.goto("/mijn/")
    page.get_by_role("link", name=re.compile(rf"^Meld u af\W+{re.escape(title)}")).click()
    page.get_by_role("button", name="Ja, meld mij af").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent afgemeld")
    assert "STATUS:CANCELLED" in own_feed(page)


def test_first_in_line_gets_the_place_and_a_mail(visitor: Visitor) -> None:
    """raadslid@sliedrecht has a place in the full workshop; the first who waits gets it."""
    page = visitor("raadslid@sliedrecht.example", width=390)
    page.goto("/mijn/")
    page.get_by_role("link", name="Meld u af").first.click()
    page.get_by_role("button", name="Ja, meld mij af").click()

    newest_mail(page, "", "U hebt een plek")


def test_full_workshop_offers_the_waiting_list_and_keeps_what_was_chosen(visitor: Visitor) -> None:
    page = visitor("ondernemer@bedrijf.example", width=390)
    open_form(page)
    first, second = rounds(page)
    full = first.locator("label.kw-choice", has_text="Vol").first
    full.get_by_role("radio").check()
    second.locator("label.kw-choice", has_text="Nog").first.get_by_role("radio").check()
    page.get_by_role("button", name="Meld mij aan").click()

    assert page.title().startswith("Fout:")
    page.get_by_label(re.compile("Zet mij op de wachtlijst")).first.check()
    page.get_by_role("button", name=re.compile("Meld mij aan")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent aangemeld")
    expect(page.locator("main")).to_contain_text(re.compile("wachtlijst", re.IGNORECASE))


def test_register_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor("raadslid@papendrecht.example", width=1280)
    open_form(page)
    page.keyboard.press("Tab")
    tabs = press_until(page, lambda: focused(page, "type") == "radio")
    page.keyboard.press("ArrowDown")
    press_until(page, lambda: "Meld mij aan" in focused_text(page))
    page.keyboard.press("Enter")

    # The second round was skipped: the form says so, and its summary has the focus.
    assert tabs < 40
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.title().startswith(("Fout:", "U bent aangemeld"))


def focused(page: Page, attribute: str) -> str:
    return page.evaluate(f"document.activeElement.getAttribute('{attribute}') || ''")


def focused_text(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText || ''")


def press_until(page: Page, arrived: Callable[[], bool]) -> int:
    """Press Tab until it is so; returns how often."""
    for count in range(80):
        if arrived():
            return count
        page.keyboard.press("Tab")
    raise AssertionError("not reached with Tab")


def test_griffie_changes_and_publishes_the_concept(visitor: Visitor) -> None:
    griffie, outsider = visitor("griffie@kwartaal.example", width=1280), visitor()
    griffie.goto("/beheer/bijeenkomsten/")
    row = griffie.locator("main").get_by_role("row").filter(has_text="Concept").first
    row.get_by_role("link").first.click()
    concept = griffie.url.rstrip("/").split("/")[-1]
    title = griffie.get_by_role("heading", level=1).inner_text()
    before = texts_of(outsider, concept)

    griffie.goto(f"/beheer/bijeenkomsten/{concept}/agenda/")
    first = griffie.locator("main").get_by_role("link", name=re.compile("Wijzig")).first
    first.click()
    griffie.get_by_label("Titel", exact=True).fill("Kennismaken aan tafel")
    griffie.get_by_role("button", name=re.compile("Bewaar")).first.click()
    griffie.goto(f"/beheer/bijeenkomsten/{concept}/publiceren/")
    griffie.get_by_role("button", name="Publiceer", exact=True).click()

    after = texts_of(outsider, concept)
    assert [title in text for text in before] == [False] * len(before)
    assert "Kennismaken aan tafel" in after[1]
    assert all(title in text for text in after)


def texts_of(page: Page, slug: str) -> list[str]:
    """What an outsider gets: meeting page, agenda page, public feed."""
    paths = (f"/bijeenkomsten/{slug}/", f"/bijeenkomsten/{slug}/agenda/", "/kalender/openbaar.ics")
    return [page.request.get(path).text().replace("\r\n ", "") for path in paths]


def test_two_browsers_tick_presence_at_once(visitor: Visitor) -> None:
    one, two = (visitor("organisator@kwartaal.example", width=390) for _ in range(2))
    for page in (one, two):
        page.goto("/beheer/aanwezigheid/")
        page.locator("main").get_by_role("link", name="Kwartaalbijeenkomst").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aanwezigheid")
    names = [mark_first(one, 0), mark_first(two, 1)]

    one.reload()
    for name in names:
        row = one.get_by_role("row").filter(has_text=name)
        expect(row.get_by_role("button", name=re.compile("Ongedaan maken"))).to_have_count(1)


def mark_first(page: Page, number: int) -> str:
    """Tick one person who is still expected; returns the name."""
    rows = page.get_by_role("row").filter(has=page.get_by_role("button", name="Is binnen"))
    name = rows.nth(number).get_by_role("rowheader").inner_text()
    rows.nth(number).get_by_role("button", name="Is binnen").click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row.get_by_role("button", name=re.compile("Ongedaan maken"))).to_have_count(1)
    return name
