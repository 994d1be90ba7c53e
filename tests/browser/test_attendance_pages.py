"""The attendance pages in a real browser: accessible in every state, by keyboard, without scripts.

The meeting that was held has everybody: late, left, excused, walk-ins. At the coming one two
browsers stand at two doors.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.faults import faults, keyboard_faults

pytestmark = pytest.mark.browser

ORGANISER, GRIFFIE = "organisator@kwartaal.example", "griffie@kwartaal.example"
STATES = ("", "?stand=afgemeld", "?stand=weg", "?zoek=ja", "?zoek=bestaatniet")


def attendance(page: Page, shown: str) -> str:
    """The address of the list of the first meeting that is shown."""
    page.goto(f"/beheer/aanwezigheid/?toon={shown}")
    return page.locator("main table a").first.get_attribute("href") or ""


def rows(page: Page) -> list[str]:
    """Name and stand of everybody in the list, as they read."""
    lines = page.locator("#attendance tbody tr").all_inner_texts()
    return [re.sub(r"\s+", " ", line) for line in lines]


def test_every_state_is_accessible_and_fits(visitor: Visitor) -> None:
    page = visitor(ORGANISER, width=1280)
    at = attendance(page, "geweest")
    paths = [f"{at}{state}" for state in STATES]
    page.goto(at)
    workshop = page.locator("select[name=onderdeel] option").last.get_attribute("value")
    paths.append(f"{at}?onderdeel={workshop}&stand=binnen")
    page.goto(f"{at}?stand=laat")
    paths.append(page.locator("#attendance tbody a").first.get_attribute("href") or "")
    wrong = {}
    for path in paths:
        page.goto(path)
        wrong[path] = list(faults(page))

    assert {path: one for path, one in wrong.items() if one} == {}


def test_wrong_note_is_accessible_and_reached_by_keyboard(visitor: Visitor) -> None:
    page = visitor(ORGANISER, width=390)
    page.goto(f"{attendance(page, 'geweest')}?stand=weg")
    person = page.locator("#attendance tbody a").first.get_attribute("href") or ""
    page.goto(person)
    page.get_by_role("button", name="Noteer", exact=True).click()

    assert page.title().startswith("Fout:")
    assert list(faults(page)) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(person)
    assert keyboard_faults(page) == []


def test_at_the_door_with_the_keyboard_alone(visitor: Visitor) -> None:
    """Type, arrow down, Enter; the field has the focus again, and says who is inside."""
    page = visitor(ORGANISER, width=390)
    page.goto(f"{attendance(page, 'komend')}?stand=verwacht")
    before = page.locator("#attendance tbody tr").count()
    name = page.locator("#attendance tbody a").nth(3).inner_text()
    page.get_by_label("Zoek op naam of organisatie").press_sequentially(name.split(",")[0])
    expect(page.locator("#status-message")).to_have_text(re.compile("gevonden"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#status-message")).to_have_text(re.compile("is (te laat )?binnen"))

    assert page.evaluate("document.activeElement.id") == "zoek"
    assert name not in " ".join(rows(page))
    page.locator("#laatst").get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("#status-message")).to_have_text(re.compile("wordt nog verwacht"))
    page.get_by_label("Zoek op naam of organisatie").fill("")
    expect(page.locator("#attendance tbody tr")).to_have_count(before)


def test_on_a_phone_who_is_found_stands_below_the_search(visitor: Visitor) -> None:
    """In the upper two thirds of the screen: below that is the keyboard."""
    page = visitor(ORGANISER, width=390)
    page.goto(attendance(page, "komend"))
    name = page.locator("#attendance tbody a").nth(5).inner_text()
    page.get_by_label("Zoek op naam of organisatie").press_sequentially(name.split(",")[0])
    expect(page.locator("#status-message")).to_have_text(re.compile("gevonden"))
    button = page.locator("#attendance tbody button").first.bounding_box()

    assert button
    assert (button["y"] > 0, button["y"] + button["height"] < 600) == (True, True)


def test_without_a_network_the_list_stays_and_the_button_works_again(visitor: Visitor) -> None:
    page = visitor(ORGANISER, width=390)
    page.goto(f"{attendance(page, 'komend')}?stand=verwacht")
    button = page.locator("#attendance tbody button").nth(2)
    page.context.set_offline(True)
    button.click()
    expect(page.locator("#status-message")).to_have_text(re.compile("^Geen verbinding."))
    expect(page.locator("#status-message")).to_be_in_viewport()
    wrong = list(faults(page))
    page.context.set_offline(False)
    button.click()
    expect(page.locator("#status-message")).to_have_text(re.compile("is (te laat )?binnen"))

    assert wrong == []
    expect(page.locator("#status-message")).to_have_class("kw-visually-hidden")


def test_a_visitor_is_let_in_without_scripts(visitor: Visitor) -> None:
    """Looked up where everybody is looked up; a new name, an organisation, and that is all."""
    page = visitor(ORGANISER, width=320, scripts=False)
    page.goto(attendance(page, "komend"))
    page.get_by_label("Zoek op naam of organisatie").fill("Wies Zonderling")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_role("link", name="Zet een bezoeker zonder aanmelding op de lijst").click()
    page.get_by_label("Organisatie").select_option("Papendrecht")
    page.get_by_role("button", name="Zet op de lijst").click()

    expect(page.locator("#laatst")).to_contain_text("Wies Zonderling is binnen.")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_two_browsers_at_two_doors_see_the_same(visitor: Visitor) -> None:
    here, there = visitor(ORGANISER), visitor(GRIFFIE)
    at = attendance(here, "komend")
    here.goto(f"{at}?zoek=b")
    there.goto(f"{at}?zoek=b")
    for number in range(5):
        for page in (here, there):
            button = page.locator("#attendance .kw-table__actions button").nth(number)
            if "Is binnen" in button.inner_text():
                button.click()
                expect(button).to_have_text(re.compile("Ongedaan maken"))
    here.reload()
    there.reload()

    assert rows(here) == rows(there)
    assert sum("Binnen" in row for row in rows(here)) == 5
