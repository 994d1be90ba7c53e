"""Dragging a row of the programme, and the buttons that do the same without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

GRIFFIE = "griffie@kwartaal.example"
# Workshops of one round change order without changing times, so nothing else clashes.
CODES = ("1A", "1B", "1C")


def open_programme(page: Page) -> None:
    page.goto("/beheer/bijeenkomsten/")
    page.locator("main a", has_text="wonen en werken").first.click()
    page.get_by_role("link", name="Programma", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Programma bewerken")).to_be_visible()


def titles(page: Page) -> list[str]:
    """The workshops of the first round, in order."""
    rows = page.locator(".kw-row")
    return [
        rows.filter(has=page.locator(".kw-row__time", has_text=code))
        .locator(".kw-row__what")
        .inner_text()
        .splitlines()[0]
        for code in CODES
    ]


def button(page: Page, label: str, title: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"{label}\s*: {re.escape(title)}"))


# What a page begins with is not read out by screen readers; what comes in later is.
LISTEN = """addEventListener("DOMContentLoaded", () => {
    const region = document.querySelector("main .kw-messages[role=status]");
    new MutationObserver(() => { document.documentElement.dataset.heard = region.innerText.trim() })
        .observe(region, {childList: true});
})"""


def test_a_row_is_dragged_two_places_and_back(visitor: Visitor) -> None:
    page = visitor(GRIFFIE, width=1280)
    page.set_viewport_size({"width": 1280, "height": 1600})  # no scrolling half-way
    page.add_init_script(LISTEN)
    open_programme(page)
    first, second, third = titles(page)

    page.locator(".kw-row__time", has_text="1A").drag_to(page.locator(".kw-row", has_text=third))

    expect(page.locator(".kw-row", has_text=first).locator(".kw-row__time")).to_have_text("1C")
    assert titles(page) == [second, third, first]
    said = re.compile(f"^‘{re.escape(first)}’ staat nu (voor|na) ‘.*’.$")
    expect(page.locator("html")).to_have_attribute("data-heard", said)
    page.locator(".kw-row__time", has_text="1C").drag_to(page.locator(".kw-row", has_text=second))
    expect(page.locator(".kw-row", has_text=first).locator(".kw-row__time")).to_have_text("1A")


def test_without_scripts_the_buttons_move_a_row(visitor: Visitor) -> None:
    page = visitor(GRIFFIE, width=320, scripts=False)
    open_programme(page)
    first, second, third = titles(page)

    button(page, "Zet later", first).press("Enter")
    assert titles(page) == [second, first, third]

    button(page, "Zet eerder", first).press("Enter")
    assert titles(page) == [first, second, third]
