"""The desk's pages in the states that no link leads to: with mistakes, with changes, in conflict.

One clerk does everything on one copied meeting; each page is looked at as it then stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.states import (
    CLERK,
    KEYS,
    State,
    copied_meeting,
    fill,
    open_child,
    publish_again,
    send,
    wrong_in,
)
from tests.browser.test_documents import a_file
from tests.document_samples import a_pdf

pytestmark = pytest.mark.browser

DAY = "2028-02-10"
OTHER_DAY = "2028-05-18"
WORDS_AFTERWARDS = {
    "vlugschrift/": "Vlugschrift",
    "verslag/": "Wij spraken over",
    "terugkoppeling/dordrecht/": "Dordrecht",
}


def programme_states(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}programma/")
    yield "Programma bewerken", KEYS
    item = open_child(page, f"{desk}programma/", "Wijzig")
    fill(page, title="")
    send(page)
    yield "Vul een titel in", KEYS
    page.goto(f"{item}sprekers/")
    send(page)
    yield ("Vul een naam in.",)
    page.goto(f"{item}sprekers/?zoek=van")
    yield "van", KEYS
    page.goto(f"{item}grotere-zaal/")
    yield ("zaal",)
    page.goto(f"{item}tweede-sessie/")
    yield ("tweede sessie",)
    page.goto(f"{desk}nieuw-kwartaal/")
    fill(page, title="")
    send(page)
    yield ("Vul",)


def agenda_states(page: Page, desk: str) -> Iterator[State]:
    for number in range(2):
        page.goto(f"{desk}agenda/nieuw/")
        fill(page, title=f"Punt {number} over wonen")
        send(page)
    page.get_by_role("button", name=re.compile("Maak er een subpunt van")).last.click()
    yield "Agenda bewerken", KEYS
    page.get_by_role("link", name=re.compile("^Wijzig")).last.click()
    point = page.url.split("#")[0]
    yield from two_clerks(page)
    page.goto(f"{point}overzetten/")
    yield ("agenda",)
    page.goto(f"{point}spreker/?zoek=niemand")
    yield ("niemand",)
    page.goto(f"{desk}agenda/nieuw/")
    send(page)
    yield "Vul een titel in", KEYS


def two_clerks(page: Page) -> Iterator[State]:
    """The same point, saved in another window first."""
    other = page.context.new_page()
    other.goto(page.url)
    fill(other, text="De eerste tekst.")
    send(other)
    other.close()
    fill(page, text="De tweede tekst.")
    send(page)
    yield "De eerste tekst.", "De tweede tekst.", KEYS


def document_states(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}stukken/")
    files = [a_file("Notitie.pdf", a_pdf(2, tagged=False)), a_file("virus.exe", b"MZ")]
    page.locator("main [name=files]").set_input_files(files)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("row", name="virus.exe").wait_for()
    yield "Geweigerd", KEYS
    page.get_by_role("link", name=re.compile(r"Wijzig\W+Notitie")).click()
    page.locator("main [name=title]").fill("")
    page.get_by_role("button", name="Bewaar").first.click()
    yield "Vul een titel in", KEYS
    page.locator("main form[action*=vervangen] [type=file]").set_input_files(files[1:])
    page.locator("main form[action*=vervangen] button").click()
    page.get_by_text("Dit soort bestand kan niet.").first.wait_for()
    yield ("Dit soort bestand kan niet.",)


def publication_states(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}publiceren/")
    yield "Publiceer", KEYS
    publish_again(page, desk)
    item = open_child(page, f"{desk}programma/", "Wijzig")
    fill(page, title="Een andere naam")
    send(page)
    page.goto(f"{desk}publiceren/")
    yield "Een andere naam", KEYS
    page.goto(f"{desk}voorbeeld/?als=raad")
    yield ("Een andere naam",)
    page.goto(f"{desk}publiceren/later/")
    fill(page, publish_at__date="2020-01-01", publish_at__time="12:00")
    send(page)
    yield "Dit moment is al voorbij.", KEYS
    fill(page, publish_at__date="2028-02-09", publish_at__time="12:00", note="Let op de zaal.")
    send(page)
    yield ("Publiceren is gepland op", "Over deze versie: Let op de zaal.")
    publish_again(page, desk)
    page.goto(f"{desk}publiceren/vergelijken/")
    yield "Een andere naam", KEYS
    page.goto(f"{desk}publiceren/intrekken/")
    yield "Trek versie 2 in", KEYS
    send(page)
    yield ("ingetrokken",)
    page.goto(f"{desk.replace('/beheer', '')}agenda/versie/2/")
    yield ("ingetrokken",)
    page.goto(f"{item}")
    yield ("Een andere naam",)


def moving_states(page: Page, desk: str) -> Iterator[State]:
    page.goto(f"{desk}verplaatsen/")
    fill(page, starts_at__date="2020-01-01", ends_at__date="2020-01-01")
    send(page)
    yield "Er gaat nog iets mis", KEYS
    fill(page, starts_at__date="2028-02-17", ends_at__date="2028-02-17")
    send(page)
    yield "17 februari 2028", KEYS
    send(page)
    yield ("17 februari 2028",)
    open_child(page, f"{desk}workshops/", "Annuleer")
    send(page)
    yield "Vul in waarom", KEYS
    fill(page, reason="De spreker is ziek.")
    send(page)
    yield "Annuleer de workshop", KEYS
    send(page)
    yield ("Gaat niet door",)
    page.goto(desk.replace("/beheer", ""))
    yield ("De spreker is ziek.",)


def afterwards_states(page: Page, desk: str) -> Iterator[State]:
    page.goto("/beheer/bijeenkomsten/?toon=geweest")
    # The first of all: of the last one the demo has told everything already.
    page.locator("main a[href*='/beheer/bijeenkomsten/kwartaalbijeenkomst']").last.click()
    held = page.url.split("#")[0]
    page.goto(f"{held}na-afloop/")
    yield "Na afloop", KEYS
    page.goto(f"{held}na-afloop/opname/")
    fill(page, address="http://onveilig.example/")
    send(page)
    yield "https", KEYS
    page.goto(f"{held}na-afloop/verslag/")
    fill(page, text="")
    send(page)
    yield "Er gaat nog iets mis", KEYS
    fill(page, text="# Opening\n\nWij spraken over *wonen*.")
    send(page)
    page.get_by_role("button", name="Maak definitief").click()
    page.goto(f"{held}na-afloop/vlugschrift/wijzig/")
    yield "Bewaar concept", KEYS
    fill(page, title="")
    send(page)
    yield "Er gaat nog iets mis", KEYS
    fill(page, title="Vlugschrift van de bijeenkomst")
    send(page)
    yield ("Vlugschrift van de bijeenkomst",)
    send(page)
    yield "Haal van de site", KEYS
    public = held.replace("/beheer", "")
    for page_name in ("vlugschrift/", "verslag/", "terugkoppeling/dordrecht/"):
        page.goto(f"{public}{page_name}")
        yield (WORDS_AFTERWARDS[page_name],)


def year_states(page: Page, desk: str) -> Iterator[State]:
    page.goto("/beheer/reeksen/kwartaalbijeenkomsten/vooraankondiging/")
    send(page)
    yield "Er gaat nog iets mis", KEYS
    page.goto("/reeksen/kwartaalbijeenkomsten/jaar/2028/")
    yield ("2028",)


def states(page: Page, desk: str) -> Iterator[State]:
    for part in (
        programme_states,
        agenda_states,
        document_states,
        publication_states,
        moving_states,
        afterwards_states,
        year_states,
    ):
        yield from part(page, desk)


def test_every_state_of_the_desk_is_accessible_and_fits(visitor: Visitor) -> None:
    page = visitor(CLERK, width=1280)
    desk = copied_meeting(page, DAY)

    assert wrong_in(page, states(page, desk)) == {}


def test_without_scripts_a_clerk_orders_sends_chooses_and_publishes(visitor: Visitor) -> None:
    page = visitor(CLERK, width=320, scripts=False)
    desk = copied_meeting(page, OTHER_DAY)
    for title in ("Eerste punt", "Tweede punt"):
        page.goto(f"{desk}agenda/nieuw/")
        fill(page, title=title)
        send(page)
    page.get_by_role("button", name=re.compile("Zet eerder.*Tweede punt")).press("Enter")
    points = page.locator(".kw-row__what").all_inner_texts()
    page.get_by_role("link", name=re.compile("^Wijzig")).first.click()
    other = page.context.new_page()
    other.goto(page.url)
    fill(other, text="De eerste tekst.")
    send(other)
    fill(page, text="De tweede tekst.")
    send(page)
    both = page.content()
    send(page)  # without a choice the own text stays
    page.goto(f"{desk}stukken/")
    files = [a_file(f"Bijlage {n}.pdf", a_pdf(1, text=str(n))) for n in range(2)]
    page.locator("main [name=files]").set_input_files(files)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("2 stukken zijn bewaard.").wait_for()
    publish_again(page, desk)
    page.goto(f"{desk.replace('/beheer', '')}agenda/")

    assert [one.splitlines()[0] for one in points] == ["Tweede punt", "Eerste punt"]
    assert "De eerste tekst." in both
    assert "De tweede tekst." in both
    read = page.inner_text("main")
    assert [one for one in ("De tweede tekst.", "Bijlage 0", "Bijlage 1") if one not in read] == []
