"""Every page of every role at three widths and by keyboard: axe finds nothing, nothing scrolls
sideways, Tab comes everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, Visitor
from tests.browser.faults import faults, keyboard_faults, violations

pytestmark = pytest.mark.browser

# The griffie's pages hold most: what others see of them is seen then.
ROLES = {
    "griffie": "griffie@kwartaal.example",
    "visitor": None,
    "participant": "raadslid@sliedrecht.example",
    "organisator": "organisator@kwartaal.example",
    "beheerder": "beheerder@kwartaal.example",
    "griffier": "griffier@dordrecht.example",
}
BY_KEYBOARD = ("griffie", "visitor", "participant")
STARTS = ("/", "/bijeenkomsten/", "/kalender/", "/mijn/", "/beheer/", "/postvak/", "/inloggen")
# And the markup of a mail: nothing runs in it, not even axe.
FILES = re.compile(
    r"\.(ics|csv|xlsx|ods|json|eml|txt|pdf|zip)$|/bijlage/|/opmaak/$|^/static/|^/stukken/"
)
MOST_PAGES = 80
SLUGGED = "bijeenkomsten|reeksen|postvak|locaties|organisaties"


def kind_of(path: str) -> str:
    """Addresses that differ only in an id, a slug or a number are one kind of page."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", path)
    path = re.sub(rf"/({SLUGGED})/(?!nieuw/)[^/]+/", r"/\1/<slug>/", path)
    return re.sub(r"\d+", "<n>", path)


def pages(page: Page) -> Iterator[str]:
    """Follow links from the starts; one page of each kind, in the order they are met."""
    queue: list[str] = list(STARTS)
    seen: set[str] = set()
    while queue and len(seen) < MOST_PAGES:
        path = queue.pop(0)
        kind = kind_of(path)
        if kind in seen or FILES.search(path):
            continue
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            continue
        seen.add(kind)
        yield path
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        host = urlsplit(page.url).netloc
        queue += [urlsplit(link).path for link in links if urlsplit(link).netloc == host]


# What kinds of element the page has: each with its parent, by tag, classes and attributes.
ELEMENTS = """() => {
    const valued = ["class", "role", "type"];
    const kind = one => [one.tagName, ...[...one.attributes].map(({name, value}) =>
        valued.includes(name) ? `${name}=${value}` : name).sort()].join(" ");
    const all = [...document.querySelectorAll("main *")];
    return [...new Set(all.map(one => `${kind(one.parentElement)} > ${kind(one)}`))];
}"""


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """The elements that were looked at on each kind of page, by whichever role."""
    return {}


def shows_more(page: Page, path: str, seen: dict[str, set[str]]) -> bool:
    """Whether the page has an element that nobody had on such a page before."""
    elements, before = set(page.evaluate(ELEMENTS)), seen.get(kind_of(path), set())
    seen[kind_of(path)] = before | elements
    return not elements <= before


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_fits_and_works_by_keyboard(
    visitor: Visitor, role: str, seen: dict[str, set[str]]
) -> None:
    page = visitor(ROLES[role], width=1280)
    found, crawled = {}, 0
    for path in pages(page):
        crawled += 1
        # The first page is looked at for what is above and below every page of this role.
        if not shows_more(page, path, seen) and crawled > 1:
            continue
        wrong = keyboard_faults(page) if role in BY_KEYBOARD else []
        wrong += faults(page)
        if wrong:
            found[path] = wrong
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    assert found == {}
    assert crawled > len(STARTS) - 3


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_at_every_width(visitor: Visitor, role: str) -> None:
    page = visitor(ROLES[role], width=1280)
    found = {path: list(faults(page, WIDTHS)) for path in pages(page)}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.long
@pytest.mark.parametrize("role", BY_KEYBOARD)
def test_every_page_works_by_keyboard(visitor: Visitor, role: str) -> None:
    page = visitor(ROLES[role], width=1280)
    found = {path: keyboard_faults(page) for path in pages(page)}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_open_menu_is_accessible_on_a_phone(visitor: Visitor) -> None:
    page = visitor("griffie@kwartaal.example", width=390)
    page.goto("/beheer/")
    page.get_by_role("button", name="Menu").click()

    assert violations(page) == []


# Forms that are sent empty or wrong: the page that answers is a state of its own.
EMPTY_FORMS = {
    "/inloggen": None,
    "/inloggen/wachtwoord": None,
    "/mijn/wachtwoord": "raadslid@sliedrecht.example",
    "/mijn/e-mailadres": "raadslid@sliedrecht.example",
    "/beheer/personen/nieuw": "griffie@kwartaal.example",
    "/beheer/organisaties/nieuw": "griffie@kwartaal.example",
    "/beheer/locaties/nieuw/": "griffie@kwartaal.example",
    "/beheer/reeksen/nieuw/": "griffie@kwartaal.example",
    "/beheer/personen/importeren": "griffie@kwartaal.example",
}


@pytest.mark.parametrize("path", EMPTY_FORMS)
def test_form_with_mistakes_is_accessible(visitor: Visitor, path: str) -> None:
    page = visitor(EMPTY_FORMS[path], width=390)
    page.goto(path)
    page.locator("main form[method=post] button:not([name])").first.click()

    expect(page).to_have_title(re.compile("^Fout:"))
    assert list(faults(page)) == []


MEETING = "/beheer/bijeenkomsten/{}/"
# The same for the forms of the next meeting, and for registering for it.
MEETING_FORMS = {
    MEETING + "programma/nieuw/workshop/": "griffie@kwartaal.example",
    MEETING + "agenda/nieuw/": "griffie@kwartaal.example",
    MEETING + "annuleren/": "griffie@kwartaal.example",
    MEETING + "aanwezigheid/inloop?zoek=niemand": "organisator@kwartaal.example",
    "/bijeenkomsten/{}/aanmelden": "gast@gorinchem.example",
}


def next_meeting(page: Page) -> str:
    """The slug of the meeting on the home page."""
    page.goto("/")
    link = page.get_by_role("link", name="Bekijk het programma").get_attribute("href") or ""
    return link.strip("/").split("/")[-1]


@pytest.mark.parametrize("path", MEETING_FORMS)
def test_form_of_a_meeting_with_mistakes_is_accessible(visitor: Visitor, path: str) -> None:
    page = visitor(MEETING_FORMS[path], width=390)
    page.goto(path.format(next_meeting(page)))
    page.locator("main form[method=post] button:not([name])").last.click()

    expect(page).to_have_title(re.compile("^Fout:"))
    assert list(faults(page)) == []


LIVES = ("Het programma volgt", "Aanmelden kan", "is geweest")


@pytest.mark.parametrize("role", ["visitor", "participant"])
def test_a_meeting_at_every_point_of_its_life_is_accessible(visitor: Visitor, role: str) -> None:
    """The crawl sees one meeting; these are all that are listed."""
    page = visitor(ROLES[role], width=1280)
    page.goto("/bijeenkomsten/")
    years = page.locator("nav.kw-filter a").evaluate_all("all => all.map(a => a.href)")
    found: set[str] = set()
    for year in years:
        page.goto(year)
        links = page.locator(".kw-meetings a").evaluate_all("all => all.map(a => a.href)")
        found |= {urlsplit(link).path for link in links}
    wrong, read = {}, ""
    for path in sorted(found):
        page.goto(path)
        read += page.inner_text("main")
        wrong[path] = list(faults(page))

    assert {path: one for path, one in wrong.items() if one} == {}
    assert [words for words in LIVES if words not in read] == []


def test_a_cancelled_meeting_is_accessible(visitor: Visitor) -> None:
    clerk = visitor("griffie@kwartaal.example", width=1280)
    clerk.goto("/bijeenkomsten/")
    public = clerk.locator(".kw-meetings a").last.get_attribute("href") or ""
    clerk.goto(f"/beheer{public}annuleren/")
    clerk.get_by_label("Waarom gaat de bijeenkomst niet door?").fill("De zaal staat onder water.")
    clerk.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(clerk).to_have_title(re.compile("^Annuleren: kijk het na"))
    assert list(faults(clerk)) == []
    clerk.get_by_role("button", name="Annuleer de bijeenkomst").click()

    page = visitor()
    page.goto(public)

    assert "De zaal staat onder water." in page.inner_text("main")
    assert list(faults(page)) == []
    clerk.goto(f"/beheer{public}herstellen/")
    clerk.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(clerk).to_have_title(re.compile("^Herstel de bijeenkomst: kijk het na"))
    assert list(faults(clerk)) == []


def test_page_that_is_not_there_is_accessible(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/bijeenkomsten/bestaat-niet/")

    assert list(faults(page)) == []
