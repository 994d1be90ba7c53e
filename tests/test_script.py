"""What JavaScript adds to a page, in a real browser; the answers come from the test itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from kwartaal.headers import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parent.parent / "kwartaal" / "static" / "js" / "kwartaal.js"
SITE = "https://kwartaal.test"  # browsers give only safe pages a clipboard
FRAME = """<!doctype html><html lang="nl"><head><title>Proef</title>
<script src="/kwartaal.js" defer></script></head><body>{}
<p id="status-message" role="status"></p></body></html>"""
ROW = """<tr id="row-1" data-announce="{announce}"><th>Loes</th><td>
<form method="post" action="/in" data-swap="#row-1"><input type="hidden" name="who" value="7">
<button id="in-1" name="present" value="1">{label}</button></form></td></tr>"""
LIST = FRAME.format(
    "<h1>Lijst</h1><table><tbody>"
    + ROW.format(announce="", label="Is aanwezig")
    + "</tbody></table>"
)
CHANGED = ROW.format(announce="Loes is aanwezig.", label="Ongedaan maken")


@pytest.fixture
def site(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A page with the given HTML; `answer` is what a POST gets, `posts` collects them."""
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=SITE)

    def serve(html: str, answer: tuple[int, str] = (200, ""), posts: list[Request] | None = None):
        def reply(route: Route) -> None:
            request = route.request
            status, body = (200, html) if request.method == "GET" else answer
            if request.url.endswith(".js"):
                route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
                return
            if request.method == "POST" and posts is not None:
                posts.append(request)
            route.fulfill(
                status=status,
                body=body,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY},
            )

        page = context.new_page()
        page.route("**/*", reply)
        page.goto(f"{SITE}/")
        return page

    yield serve
    context.close()


def test_a_background_post_swaps_one_row(site):
    posts: list[Request] = []
    page = site(LIST, (200, CHANGED), posts)

    page.get_by_role("button", name="Is aanwezig").click()

    expect(page.locator("#status-message")).to_have_text("Loes is aanwezig.")
    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_focused()
    expect(page.get_by_role("heading", name="Lijst")).to_be_visible()
    assert [(post.headers["x-kwartaal-fragment"], page.url) for post in posts] == [
        ("row-1", f"{SITE}/")
    ]
    assert 'name="who"\r\n\r\n7' in (posts[0].post_data or "")
    assert 'name="present"\r\n\r\n1' in (posts[0].post_data or "")


def test_the_row_is_found_in_a_whole_page(site):
    page = site(LIST, (200, FRAME.format(f"<table><tbody>{CHANGED}</tbody></table>")))

    page.get_by_role("button", name="Is aanwezig").click()

    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_focused()
    assert page.url == f"{SITE}/"


def test_counters_in_the_answer_are_replaced_as_well(site):
    counted = '<p id="counters" data-swap-too>{} binnen</p>'
    answer = counted.format(1) + f"<table><tbody>{CHANGED}</tbody></table>"
    page = site(LIST.replace("<table>", counted.format(0) + "<table>"), (200, answer))

    page.get_by_role("button", name="Is aanwezig").click()

    expect(page.locator("#counters")).to_have_text("1 binnen")
    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_focused()


def test_the_summary_follows_what_is_chosen(site):
    radio = '<input type="radio" name="round"> <b class="kw-choice__title">{}</b>'
    card = f"<label>{radio}</label>"
    page = site(
        FRAME.format(
            card.format("Wonen")
            + card.format("Water")
            + '<label><input type="checkbox" name="lunch"> Lunch</label>'
            + '<p id="workshop" class="kw-empty" data-follows="round">Nog niet gekozen</p>'
            + '<p id="lunch" data-follows="lunch" data-yes="Ja" data-no="Nee">Nee</p>'
        )
    )
    expect(page.locator("#workshop")).to_have_text("Nog niet gekozen")

    page.get_by_label("Water").check()
    page.get_by_label("Lunch").check()

    expect(page.locator("#workshop")).to_have_text("Water")
    expect(page.locator("#workshop")).not_to_have_class("kw-empty")
    expect(page.locator("#lunch")).to_have_text("Ja")


@pytest.mark.parametrize("answer", [(422, "Dat kan niet."), (200, "<p>Log in.</p>")])
def test_a_post_that_fails_is_sent_the_normal_way(site, answer: tuple[int, str]):
    posts: list[Request] = []
    page = site(LIST, answer, posts)

    page.get_by_role("button", name="Is aanwezig").click()
    page.wait_for_url(f"{SITE}/in")

    assert ["x-kwartaal-fragment" in post.headers for post in posts] == [True, False]


def test_without_the_row_the_form_is_a_form(site):
    posts: list[Request] = []
    page = site(LIST.replace('data-swap="#row-1"', 'data-swap="#row-9"'), (200, "ok"), posts)

    page.get_by_role("button", name="Is aanwezig").click()
    page.wait_for_url(f"{SITE}/in")

    assert ["x-kwartaal-fragment" in post.headers for post in posts] == [False]


def test_the_error_summary_takes_the_focus(site):
    page = site(FRAME.format('<div id="sum" data-error-summary tabindex="-1">Fout</div>'))

    expect(page.locator("#sum")).to_be_focused()


def test_the_menu_opens_and_escape_closes_it(site):
    page = site(
        FRAME.format(
            '<button data-menu-button aria-controls="m" aria-expanded="false" hidden>Menu</button>'
            '<nav id="m" class="kw-nav"><a href="/x">Kalender</a></nav>'
        )
    )
    button = page.get_by_role("button", name="Menu")

    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#m")).to_have_class("kw-nav kw-nav--open")
    page.get_by_role("link", name="Kalender").focus()
    page.keyboard.press("Escape")

    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


COPY = FRAME.format(
    '<input id="feed" readonly value="https://kwartaal.example/k.ics">'
    '<button type="button" data-copy="feed" data-status="said" data-done="Gekopieerd."'
    ' data-failed="Geselecteerd." hidden>Kopieer</button><p id="said" role="status"></p>'
)


def test_copying_says_that_it_was_done(site):
    page = site(COPY)

    page.get_by_role("button", name="Kopieer").click()

    expect(page.locator("#said")).to_have_text("Gekopieerd.")
    assert page.evaluate("navigator.clipboard.readText()") == "https://kwartaal.example/k.ics"


def test_what_cannot_be_copied_is_selected(site):
    page = site(COPY)
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject())")

    page.get_by_role("button", name="Kopieer").click()

    expect(page.locator("#said")).to_have_text("Geselecteerd.")
    assert page.evaluate("getSelection().toString()") == "https://kwartaal.example/k.ics"


def test_a_button_that_is_not_ready_does_nothing(site):
    posts: list[Request] = []
    page = site(
        FRAME.format(
            '<form method="post" action="/publish"><button aria-disabled="true">Publiceer</button>'
            "</form>"
        ),
        (200, "ok"),
        posts,
    )

    page.get_by_role("button", name="Publiceer").click(force=True)

    assert (posts, page.url) == ([], f"{SITE}/")


LINE = '<li class="kw-row" data-key="key-{0}" data-place="{0}" data-drag="/move/{0}">Punt {0}</li>'
DRAG_FORM = """<form method="post" data-drag-form hidden>
<input type="hidden" name="to" value="before"><input type="hidden" name="before">
<input type="hidden" name="from"></form>"""
ROWS = FRAME.format("<ol>" + "".join(map(LINE.format, (1, 2, 3))) + "</ol>" + DRAG_FORM)


@pytest.mark.parametrize(
    ("onto", "half", "before"), [(0, 1, "key-1"), (0, 15, "key-2"), (1, 15, "")]
)
def test_a_row_that_is_dropped_posts_what_the_buttons_post(site, onto, half, before):
    posts: list[Request] = []
    page = site(ROWS, (200, "ok"), posts)
    rows = page.locator("[data-key]")
    dragged = 0 if onto == 1 else 2
    target = 2 if onto == 1 else onto

    rows.nth(dragged).drag_to(rows.nth(target), target_position={"x": 20, "y": half})
    expect(page.locator("body")).to_have_text("ok")

    assert [(urlsplit(post.url).path, post.post_data) for post in posts] == [
        (f"/move/{dragged + 1}", f"to=before&before={before}&from={dragged + 1}")
    ]
