"""What a clerk changes, done with the keyboard alone: at 1280 px, and at 320 px without JavaScript.

Every page on the way is looked at: first what an act would do, then what it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.keys import choose, press, type_into
from tests.browser.known_meetings import WAYS, known_meeting, open_meeting_of_a_body
from tests.browser.states import CLERK, KEYS, State, wrong_in

pytestmark = pytest.mark.browser

Story = Callable[[Page, str], Iterator[State]]


def year(page: Page, desk: str) -> Iterator[State]:
    page.goto("/beheer/reeksen/kwartaalbijeenkomsten/vooraankondiging/")
    yield "Vooraankondiging", "Datum 4", KEYS
    press(page, "^Kijk de data na")
    yield "Vul minstens één datum in.", KEYS
    day = "02022030" if page.viewport_size == {"width": 320, "height": 900} else "03032030"
    type_into(page, "^Datum 1 Datum", day)
    press(page, "^Kijk de data na")
    yield "Vooraankondiging 2030: kijk het na", KEYS
    press(page, "^Wijzig iets")
    yield "Vooraankondiging 2030", "Datum 4", KEYS
    press(page, "^Kijk de data na")
    press(page, "^Kondig 1 bijeenkomst aan")
    yield "1 bijeenkomst is aangekondigd.", KEYS


def openness(page: Page, desk: str) -> Iterator[State]:
    """Closing the meeting of a body to who came in while it was open, and opening it again."""
    for key, said in (
        ("ArrowUp", "ziet de bijeenkomst niet meer"),  # from the first to the last of three
        ("ArrowDown", "ziet de bijeenkomst weer"),
    ):
        page.goto(f"{desk}gegevens/")
        choose(page, "^Openbaarheid", key)
        press(page, "^Bewaar")
        yield "Openbaarheid: kijk het na", said, KEYS
        press(page, "^Wijzig iets")
        yield "Gegevens", "Openbaarheid", KEYS
        press(page, "^Bewaar")
        press(page, "^Bewaar")
        yield "De gegevens zijn bewaard.", KEYS


def cancelling_items(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}workshops/")
    yield "Onderdelen annuleren of herstellen", KEYS
    for name in ("^Annuleer: Waar bouwen we", "^Annuleer: Inloop met lunch"):
        page.goto(f"{desk}workshops/")
        press(page, name)
        yield "Waarom gaat dit onderdeel niet door?", KEYS
        type_into(page, "^Waarom gaat", "De spreker is ziek.")
        press(page, "^Bekijk wat er verandert")
        yield "Om wie het gaat", "De spreker is ziek.", KEYS
        press(page, "^Annuleer (de workshop|dit onderdeel)")
        yield "Gaat niet door", "Herstel", KEYS
    for name in ("^Herstel: Waar bouwen we", "^Herstel: Inloop met lunch"):
        page.goto(f"{desk}workshops/")
        press(page, name)
        yield "Herstel", KEYS
        press(page, "^Bekijk wat er verandert")
        yield "kijk het na", KEYS
        press(page, "^Herstel dit onderdeel")
        yield "gaat weer door.", KEYS


def ordering(page: Page, desk: str) -> Iterator[State]:
    for title in ("Eerste punt", "Tweede punt"):
        page.goto(f"{desk}agenda/")
        press(page, "^Voeg een agendapunt toe")
        type_into(page, "^Titel", title)
        press(page, "^Bewaar")
    press(page, "^Zet eerder: Tweede punt")
    yield "‘Tweede punt’ is nu punt", KEYS
    press(page, "^Maak er een subpunt van: Eerste punt")
    yield "‘Eerste punt’ is nu punt", KEYS
    page.goto(f"{desk}programma/")
    press(page, "^Zet later: Waar bouwen we")
    yield "‘Waar bouwen we de komende tien jaar?’ staat nu", KEYS
    press(page, "^Zet eerder: Waar bouwen we")
    yield "‘Waar bouwen we de komende tien jaar?’ staat nu voor", KEYS


def moving(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}publiceren/")
    press(page, "^Verplaats de bijeenkomst")
    day = "04042030" if page.viewport_size == {"width": 320, "height": 900} else "05052030"
    type_into(page, "^Begin.*Datum", day)
    type_into(page, "^Einde.*Datum", day)
    press(page, "^Bekijk wat er verandert")
    yield "Om wie het gaat", KEYS
    press(page, "^Verplaats de bijeenkomst")
    yield "2030", KEYS


def cancelling_the_meeting(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}publiceren/")
    press(page, "^Annuleer de bijeenkomst")
    type_into(page, "^Waarom gaat", "De zaal staat onder water.")
    press(page, "^Bekijk wat er verandert")
    yield "De zaal staat onder water.", "Er gaan", KEYS
    press(page, "^Annuleer de bijeenkomst")
    yield "geannuleerd", KEYS
    press(page, "^Herstel de bijeenkomst")
    press(page, "^Bekijk wat er verandert")
    yield "Herstel de bijeenkomst: kijk het na", KEYS
    press(page, "^Herstel de bijeenkomst")
    yield "De bijeenkomst gaat weer door.", KEYS


STORIES: tuple[Story, ...] = (year, cancelling_items, ordering, moving, cancelling_the_meeting)


@pytest.mark.parametrize("way", WAYS)
def test_a_clerk_changes_a_meeting_with_the_keyboard_alone(visitor: Visitor, way: str) -> None:
    width, scripts = WAYS[way]
    desk = known_meeting(visitor, f"anders met toetsen {width}", f"2029-{width // 160:02}-13")
    page = visitor(CLERK, width=width, scripts=scripts)
    states = (state for story in STORIES for state in story(page, desk))

    assert wrong_in(page, states, scripts) == {}


@pytest.mark.parametrize("way", WAYS)
def test_a_clerk_opens_and_closes_a_meeting_with_the_keyboard_alone(
    visitor: Visitor, way: str
) -> None:
    width, scripts = WAYS[way]
    desk = open_meeting_of_a_body(visitor, f"2029-{width // 160:02}-11")
    page = visitor(CLERK, width=width, scripts=scripts)

    assert wrong_in(page, openness(page, desk), scripts) == {}
