"""Meetings as a story needs them, made at the desk in a browser of its own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.browser.conftest import Visitor
from tests.browser.states import CLERK, copied_meeting, fill, publish_again, send
from tests.browser.test_afternoon import open_registration_now, register_for
from tests.browser.test_documents import a_file
from tests.document_samples import a_pdf

PEOPLE = ("wethouder@zwijndrecht.example", "secretaris@alblasserdam.example")
OUTSIDER = "ondernemer@bedrijf.example"
WAYS = {"1280 px": (1280, True), "320 px without scripts": (320, False)}


def known_meeting(visitor: Visitor, title: str, day: str) -> str:
    """A copy of the next meeting that is published and has two people; its address at the desk."""
    clerk = visitor(CLERK, width=1280)
    desk = copied_meeting(clerk, day, title)
    open_registration_now(clerk, desk)
    clerk.goto(f"{desk}stukken/")
    clerk.locator("main [name=files]").set_input_files([a_file("Routekaart.pdf", a_pdf(1))])
    clerk.get_by_role("button", name="Voeg toe").click()
    clerk.get_by_text("1 stuk is bewaard.").wait_for()
    publish_again(clerk, desk)
    for number, person in enumerate(PEOPLE):
        register_for(visitor(person), desk.removeprefix("/beheer"), number)
    return desk


def address_of_document(visitor: Visitor, desk: str) -> str:
    reader = visitor()
    reader.goto(f"{desk.removeprefix('/beheer')}agenda/")
    return reader.get_by_role("link", name="Routekaart").get_attribute("href") or ""


def open_meeting_of_a_body(visitor: Visitor, day: str) -> str:
    """Published and open to all, with one outsider in it; its address at the desk."""
    clerk = visitor(CLERK, width=1280)
    clerk.goto("/beheer/bijeenkomsten/nieuw/?reeks=casus-sessies")
    times = {"starts_at__time": "12:00", "ends_at__time": "17:00"}
    fill(clerk, title="Casus in het openbaar", starts_at__date=day, ends_at__date=day)
    fill(clerk, **times)
    clerk.get_by_label("Mensen kunnen online meedoen").check()
    clerk.get_by_label(re.compile("^Openbaar:")).check()
    send(clerk)
    clerk.get_by_role("link", name="Programma", exact=True).click()
    desk = urlsplit(clerk.url).path.removesuffix("programma/")
    clerk.goto(f"{desk}programma/nieuw/plenair/")
    fill(clerk, title="Opening")
    send(clerk)
    clerk.goto(f"{desk}aanmelden/")
    clerk.get_by_label("bedrijven").check()
    fill(clerk, registration_closes_at__date=day, registration_closes_at__time="10:00")
    send(clerk)
    publish_again(clerk, desk)
    guest = visitor(OUTSIDER)
    guest.goto(f"{desk.removeprefix('/beheer')}aanmelden")
    guest.get_by_role("button", name="Meld mij aan").click()
    guest.get_by_role("heading", level=1, name="U bent aangemeld").wait_for()
    return desk
