"""Every page of every role at three widths: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, Visitor

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All rules of the tags run; of what passes axe makes no list.
VIOLATIONS = """async tags => {
    const only = {type: "tag", values: tags};
    const found = await axe.run({runOnly: only, resultTypes: ["violations"]});
    const where = nodes => nodes.slice(0, 3).map(node => node.target.join(" "));
    return found.violations.map(one => `${one.id} ${where(one.nodes).join(", ")}`);
}"""
ROLES = {
    "visitor": None,
    "participant": "raadslid@sliedrecht.example",
    "griffie": "griffie@kwartaal.example",
    "organisator": "organisator@kwartaal.example",
    "beheerder": "beheerder@kwartaal.example",
    "griffier": "griffier@dordrecht.example",
}
STARTS = ("/", "/bijeenkomsten/", "/kalender/", "/mijn/", "/beheer/", "/postvak/", "/inloggen")
# And the markup of a mail: nothing runs in it, not even axe.
FILES = re.compile(
    r"\.(ics|csv|xlsx|ods|json|eml|txt|pdf|zip)$|/bijlage/|/opmaak/$|^/static/|^/stukken/"
)
MOST_PAGES = 80
AXE_WIDTHS = (WIDTHS[0], WIDTHS[-1])
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


def open_everything(page: Page) -> None:
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")


def violations(page: Page) -> list[str]:
    """What axe finds, with the first elements. Only that leaves the browser: the rest is large."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(VIOLATIONS, TAGS)


def faults(page: Page, axe_at: Collection[int] = AXE_WIDTHS) -> Iterator[str]:
    """What is wrong with the page as it stands, at each width."""
    open_everything(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if sideways > 0:
            yield f"{width}: {sideways} px sideways"
        if width not in axe_at:
            continue
        yield from (f"{width}: {violation}" for violation in violations(page))


@pytest.fixture(scope="module")
def read_before() -> set[tuple[str, str]]:
    """(kind, text) of the pages looked at: what two roles read alike is looked at once."""
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_and_fits(
    visitor: Visitor, role: str, read_before: set[tuple[str, str]]
) -> None:
    page = visitor(ROLES[role], width=1280)
    found, crawled = {}, 0
    for path in pages(page):
        crawled += 1
        read = (kind_of(path), page.inner_text("main"))
        if crawled > 1 and read in read_before:
            continue
        read_before.add(read)
        wrong = list(faults(page))
        if wrong:
            found[path] = wrong

    assert found == {}
    assert crawled > len(STARTS) - 3


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_at_every_width(visitor: Visitor, role: str) -> None:
    page = visitor(ROLES[role], width=1280)
    found = {path: list(faults(page, WIDTHS)) for path in pages(page)}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


# Numbers what can be operated; the radios of one group are one stop.
NUMBER_STOPS = """() => {
    const operable = "a[href], button, input:not([type=hidden]), select, textarea, summary,"
        + " [tabindex='0']";
    const stops = [...document.querySelectorAll(operable)]
        .filter(one => !one.disabled && one.checkVisibility());
    const name = (one, i) =>
        one.type === "radio" ? `radio ${one.name}` : `${i} ${one.outerHTML.slice(0, 90)}`;
    stops.forEach((one, i) => { one.dataset.stop = name(one, i) });
    return [...new Set(stops.map(one => one.dataset.stop))];
}"""
# Where the focus is, and whether one sees it there: an outline, and nothing on top.
FOCUS = """() => {
    const here = document.activeElement;
    if (!here.dataset.stop) return null;
    const label = here.closest("label") || (here.labels || [])[0];
    // The picker's button inside a date draws its own focus; the field itself has none then.
    const drawn = !here.matches(":focus") || [here, label, here.nextElementSibling].some(one => {
        const style = one && getComputedStyle(one);
        return style && (style.outlineStyle !== "none" || style.boxShadow !== "none");
    });
    // A long text may begin above or end below the window: what is seen of it counts.
    const box = here.getBoundingClientRect();
    const middle = (from, to, size) => (Math.max(from, 0) + Math.min(to, size)) / 2;
    const x = middle(box.left, box.right, innerWidth);
    const top = document.elementFromPoint(x, middle(box.top, box.bottom, innerHeight));
    const free = top && [here, label].some(one => one && (one.contains(top) || top.contains(one)));
    return {stop: here.dataset.stop, drawn, free: Boolean(free)};
}"""


def keyboard_faults(page: Page) -> list[str]:
    """What Tab does not reach, or where one does not see the focus (WCAG 2.1.1, 2.4.7, 2.4.11)."""
    stops = page.evaluate(NUMBER_STOPS)
    reached, wrong, latest = set(), [], None
    for _press in range(4 * len(stops)):  # a date has four stops of its own
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or (focus["stop"] in reached and focus["stop"] != latest):
            break  # past the last one
        latest = focus["stop"]
        if not focus["free"]:  # what scrolls into view may take a frame
            page.wait_for_timeout(50)
            focus = page.evaluate(FOCUS)
        reached.add(focus["stop"])
        wrong += [f"{name}: {focus['stop']}" for name in ("drawn", "free") if not focus[name]]
    return [f"not reached: {stop}" for stop in stops if stop not in reached] + wrong


@pytest.mark.parametrize("role", ["visitor", "participant", "griffie"])
def test_every_page_works_by_keyboard(visitor: Visitor, role: str) -> None:
    page = visitor(ROLES[role], width=1280)
    found = {}
    for path in pages(page):
        wrong = keyboard_faults(page)
        if wrong:
            found[path] = wrong

    assert found == {}


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

    assert page.title().startswith("Fout:")
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

    assert page.title().startswith("Fout:")
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
    assert clerk.title().startswith("Annuleren: kijk het na")
    assert list(faults(clerk)) == []
    clerk.get_by_role("button", name="Annuleer de bijeenkomst").click()

    page = visitor()
    page.goto(public)

    assert "De zaal staat onder water." in page.inner_text("main")
    assert list(faults(page)) == []
    clerk.goto(f"/beheer{public}herstellen/")
    clerk.get_by_role("button", name="Bekijk wat er verandert").click()
    assert clerk.title().startswith("Herstel de bijeenkomst: kijk het na")
    assert list(faults(clerk)) == []


def test_page_that_is_not_there_is_accessible(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/bijeenkomsten/bestaat-niet/")

    assert list(faults(page)) == []
