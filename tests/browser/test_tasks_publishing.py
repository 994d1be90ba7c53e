"""What a clerk tells readers, done with the keyboard alone: at 1280 px, and at 320 px without
JavaScript. Every page on the way is looked at: first what an act would do, then what it did.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DATABASE, Visitor
from tests.browser.faults import faults, keyboard_faults
from tests.browser.keys import choose, press, type_into, unfold
from tests.browser.known_meetings import PEOPLE, WAYS, address_of_document, known_meeting
from tests.browser.states import CLERK, KEYS, State, wrong_in

pytestmark = pytest.mark.browser

WORKER_SECONDS = 30
NOTE = "Neem een jas mee."


def rename_first_workshop(page: Page, desk: str, new: str) -> None:
    page.goto(f"{desk}programma/")
    first = page.locator(".kw-row--child .kw-row__what").first
    title = first.evaluate("one => one.firstChild.textContent.trim()")
    press(page, f"^Wijzig: {re.escape(title)}")
    type_into(page, "^Titel", new)
    press(page, "^Bewaar")


def letters(page: Page, desk: str) -> Iterator[State]:
    rename_first_workshop(page, desk, "Een heel andere naam")
    page.goto(f"{desk}publiceren/")
    type_into(page, "^Wat wilt u over deze versie zeggen", NOTE)
    press(page, "^Bekijk wie welke mail krijgt")
    yield "De mails over de wijzigingen", NOTE, "Een heel andere naam", KEYS
    press(page, "^Terug")
    yield NOTE, "Publiceer later", KEYS
    press(page, "^Publiceer$")
    yield "Versie 2 is gepubliceerd.", KEYS


def versions(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}publiceren/")
    press(page, "^Versie 2")
    unfold(page, "^Wat is er gewijzigd")
    yield "Een heel andere naam", "Controlegetal", KEYS
    page.goto(f"{desk}publiceren/")
    press(page, "^Vergelijk twee versies")
    yield "Van versie 1 naar versie 2", "Een heel andere naam", KEYS
    choose(page, "^Van$")
    choose(page, "^Naar$")
    press(page, "^Vergelijk")
    yield "Van versie", KEYS
    public = desk.removeprefix("/beheer")
    page.goto(f"{public}programma/versie/2/")
    unfold(page, "^Wat is er gewijzigd")
    yield "Een heel andere naam", "Versies van programma en agenda", KEYS


def retracting(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}publiceren/")
    press(page, "^Trek de versie in")
    yield "Trek versie 2 in", KEYS
    press(page, "^Trek versie 2 in")
    yield "ingetrokken", KEYS
    public = desk.removeprefix("/beheer")
    for kind in ("agenda", "programma"):
        page.goto(f"{public}{kind}/versie/2/")
        yield "Deze versie is ingetrokken", KEYS
    page.goto(f"{desk}publiceren/")
    press(page, "^Publiceer$")
    yield "Versie 4 is gepubliceerd.", KEYS


def withdraw(page: Page, desk: str) -> None:
    page.goto(f"{desk}stukken/")
    press(page, "^Wijzig: Routekaart")
    unfold(page, "^Trek dit stuk in")
    press(page, "^Trek in: Routekaart")


def withdrawing_a_document(page: Page, desk: str) -> Iterator[State]:
    withdraw(page, desk)
    yield "ingetrokken", KEYS
    press(page, "^Wijzig: Routekaart")
    yield "Dit stuk is ingetrokken", KEYS
    press(page, "^Zet terug")
    yield "Routekaart", KEYS
    withdraw(page, desk)


def its_moment_comes(database: Path, page: Page) -> None:
    """The plan is due, and its refusal stands on the page once the worker has been by."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute("UPDATE planned_publication SET publish_at = '2026-01-01 12:00:00'")
    until = time.monotonic() + WORKER_SECONDS
    while "ging niet door" not in page.inner_text("main"):
        assert time.monotonic() < until
        page.reload()


def a_refused_plan(page: Page, desk: str, database: Path) -> Iterator[State]:
    """The moment typed stays while one reads the mails; what was planned is changed after it."""
    rename_first_workshop(page, desk, "Nog een naam")
    page.goto(f"{desk}publiceren/")
    press(page, "^Publiceer later")
    type_into(page, "^Wanneer.*Datum", "02022029")
    type_into(page, "^Wanneer.*Tijd", "1200P")
    press(page, "^Bekijk wie welke mail krijgt")
    yield "De mails over de wijzigingen", KEYS
    press(page, "^Terug")
    yield "Later publiceren", "12:00", "2029-02-02", KEYS
    press(page, "^Plan het publiceren")
    yield "Publiceren is gepland op vrijdag 2 februari 2029, 12.00 uur", KEYS
    rename_first_workshop(page, desk, "Een heel andere naam")
    yield "Zoals het concept nu is, wordt er dan niets gepubliceerd.", KEYS
    its_moment_comes(database, page)
    yield "Het geplande publiceren ging niet door.", "Ik heb dit gezien", KEYS
    page.goto("/beheer/")
    yield "Het geplande publiceren ging niet door.", KEYS
    page.goto(f"{desk}publiceren/")
    yield "Het geplande publiceren ging niet door", "Ik heb dit gezien", KEYS
    page.goto(f"{desk}programma/")
    press(page, "^Ik heb dit gezien")
    yield "Gezien op", KEYS


def taken_back(page: Page, desk: str, document: str) -> Iterator[State]:
    """What a reader finds at an address that worked before (410)."""
    public = desk.removeprefix("/beheer")
    for address in (f"{public}agenda/versie/2/", f"{public}programma/versie/2/", document):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 410
        yield "ingetrokken", KEYS


def publishing(page: Page, desk: str, database: Path) -> Iterator[State]:
    yield from letters(page, desk)
    yield from versions(page, desk)
    yield from retracting(page, desk)
    yield from withdrawing_a_document(page, desk)
    yield from a_refused_plan(page, desk, database)


@pytest.mark.parametrize("way", WAYS)
def test_a_clerk_publishes_with_the_keyboard_alone(
    visitor: Visitor, region_folder: Path, way: str
) -> None:
    width, scripts = WAYS[way]
    desk = known_meeting(visitor, f"met toetsen {width}", f"2029-{width // 160:02}-10")
    document = address_of_document(visitor, desk)
    page, reader = (visitor(who, width=width, scripts=scripts) for who in (CLERK, None))
    states = publishing(page, desk, region_folder / DATABASE)

    assert wrong_in(page, states, scripts) == {}
    assert wrong_in(reader, taken_back(reader, desk, document), scripts) == {}


def mail(page: Page) -> Iterator[State]:
    page.goto(f"/postvak/?aan={PEOPLE[0]}")
    yield "Postvak", KEYS
    press(page, "^U bent aangemeld")
    yield "Bekijk deze mail met opmaak", KEYS
    press(page, "^Bekijk deze mail met opmaak")


@pytest.mark.parametrize("way", WAYS)
def test_a_mail_is_read_with_the_keyboard_alone(visitor: Visitor, way: str) -> None:
    """Nothing runs in a mail with markup, so axe reads a copy of it."""
    width, scripts = WAYS[way]
    known_meeting(visitor, f"mail met toetsen {width}", f"2029-{width // 160:02}-12")
    page, copy = visitor(None, width=width, scripts=scripts), visitor(None)

    wrong = wrong_in(page, mail(page), scripts)
    by_keyboard = keyboard_faults(page)
    copy.set_content(page.content())

    assert (wrong, by_keyboard, list(faults(copy))) == ({}, [], [])
