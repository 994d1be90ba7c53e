"""Pages in the states that no link leads to: looked at as they stand, and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.faults import faults, keyboard_faults
from tests.browser.test_pages import next_meeting

CLERK = "griffie@kwartaal.example"
KEYS = "works by keyboard, too"  # what is looked at with the Tab key as well
State = tuple[str, ...]  # words that stand on the page then, and perhaps KEYS


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"main [name='{name.replace('__', '-')}']").last.fill(value)


def send(page: Page) -> None:
    """Press the one primary button of the page."""
    page.locator("main button.nl-button--primary").last.click()


def open_child(page: Page, desk: str, name: str) -> str:
    """The page behind a link of the first workshop; returns its address."""
    page.goto(desk)
    page.locator(".kw-row--child").first.get_by_role("link", name=re.compile(name)).click()
    return page.url.split("#")[0]


def copied_meeting(page: Page, day: str, title: str = "alle standen") -> str:
    """The address at the desk of a copy of the next meeting."""
    page.goto(f"/beheer/bijeenkomsten/{next_meeting(page)}/nieuw-kwartaal/")
    fill(page, title=f"Kwartaalbijeenkomst: {title}", day=day)
    page.get_by_role("button", name="Maak het concept").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    return f"{page.url.split('/gegevens')[0].rstrip('/')}/".replace(
        page.url.split("/beheer")[0], ""
    )


def publish_again(page: Page, desk: str) -> None:
    page.goto(f"{desk}publiceren/")
    page.get_by_role("button", name="Publiceer", exact=True).click()
    page.get_by_text("is gepubliceerd").first.wait_for()


# Words on the page, and what stands in its fields.
READ = """() => [document.querySelector("main").innerText,
    ...[...document.querySelectorAll("main textarea, main input:not([type=hidden])")]
        .map(one => one.value)].join("\\n")"""
# Where Tab begins: an error summary and an anchor have moved that.
TO_THE_TOP = "document.body.tabIndex = -1; document.body.focus(); document.body.tabIndex = null"


def unread(page: Page, state: State) -> list[str]:
    """Which words of a state do not stand on the page."""
    page.wait_for_load_state()
    read = page.evaluate(READ).replace("\u00a0", " ")
    return [f"not read: {one}" for one in state if one != KEYS and one not in read]


def wrong_on(page: Page, state: State) -> list[str]:
    """What is wrong with the page in a state, at every width."""
    wrong = unread(page, state)
    if KEYS in state:
        page.evaluate(TO_THE_TOP)
        wrong += keyboard_faults(page)
    wrong += faults(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return wrong


def wrong_without_scripts(page: Page, state: State) -> list[str]:
    """The same at the width the page has; axe is a script, and does not end without."""
    wrong = unread(page, state)
    page.evaluate(TO_THE_TOP)
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wrong + keyboard_faults(page) + [f"{sideways} px sideways"] * (sideways > 0)


def wrong_in(page: Page, states: Iterator[State], scripts: bool = True) -> dict[State, list[str]]:
    """Of every state what is wrong in it; the states are reached one after the other."""
    look = wrong_on if scripts else wrong_without_scripts
    found = {(str(number), *state): look(page, state) for number, state in enumerate(states, 1)}
    return {state: wrong for state, wrong in found.items() if wrong}
