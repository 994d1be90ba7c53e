"""What is wrong with a page as it stands: by axe, by its width, and by keyboard."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS

AXE_WIDTHS = (WIDTHS[0], WIDTHS[-1])
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All rules of the tags run; of what passes axe makes no list.
VIOLATIONS = """async tags => {
    const only = {type: "tag", values: tags};
    const found = await axe.run({runOnly: only, resultTypes: ["violations"]});
    const where = nodes => nodes.slice(0, 3).map(node => node.target.join(" "));
    return found.violations.map(one => `${one.id} ${where(one.nodes).join(", ")}`);
}"""


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
