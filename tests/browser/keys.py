"""A page worked with the keyboard alone: Tab to what has a name, then Enter, Space or text."""

from __future__ import annotations

import re

from playwright.sync_api import Page

MOST_TABS = 160  # a page of the desk has some sixty stops
# What a screen reader would call where the focus is, with the group it stands in.
NAME = """() => {
    const here = document.activeElement;
    const group = here.closest("fieldset")?.querySelector("legend")?.innerText || "";
    const own = here.getAttribute("aria-label")
        || [...(here.labels || [])].map(one => one.innerText).join(" ") || here.textContent;
    return `${here.matches("input, select, textarea") ? group : ""} ${own}`
        .replace(/\\s+/g, " ").trim();
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has a name like this pattern."""
    met = []
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        met.append(page.evaluate(NAME))
        if re.search(name, met[-1]):
            return
    raise AssertionError(f"Tab does not reach {name!r}, but {sorted(set(met))}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Follow a link or press a button, and wait for the page it leads to."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press(key)


def unfold(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def type_into(page: Page, name: str, text: str) -> None:
    """Put a text in a field, in the place of what stood there.

    In a date or time it is typed part by part, so a day is best the same either way: 02022028.
    """
    tab_to(page, name)
    if page.evaluate("['text', 'textarea'].includes(document.activeElement.type)"):
        page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page: Page, name: str, key: str = "ArrowDown") -> None:
    """Another radio of the group that Tab reaches at this one."""
    tab_to(page, name)
    page.keyboard.press(key)
