"""Sending documents in, with and without JavaScript, and reading them on the agenda."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.faults import faults
from tests.document_samples import a_pdf, an_office_file

pytestmark = pytest.mark.browser

CLERK = "griffie@kwartaal.example"


def a_file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def open_documents(page: Page) -> None:
    """The documents of the next meeting at the desk."""
    page.goto("/beheer/bijeenkomsten/")
    page.locator("main a[href*='/beheer/bijeenkomsten/kwartaalbijeenkomst']").first.click()
    page.get_by_role("navigation", name="Over deze bijeenkomst").get_by_role(
        "link", name="Stukken"
    ).click()


def send(page: Page, *files: FilePayload) -> None:
    page.get_by_label("Bestanden").set_input_files(list(files))
    page.get_by_role("button", name="Voeg toe").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_clerk_sends_files_and_reads_what_was_refused(visitor: Visitor, script: bool) -> None:
    page = visitor(CLERK, width=1280, scripts=script)
    open_documents(page)

    name = f"Raadsvoorstel {script}"
    send(page, a_file(f"{name}.pdf", a_pdf(2, text=name)), a_file("virus.exe", b"MZ"))

    expect(page.get_by_role("row", name="virus.exe")).to_contain_text("Geweigerd")
    expect(page.get_by_role("listitem").filter(has_text=name).first).to_contain_text("2 pagina’s")
    send(page, a_file("Bijlage.xlsx", an_office_file(".xlsx")))
    expect(page.get_by_text("1 stuk is bewaard.")).to_be_visible()


def test_the_pages_about_documents_are_accessible_and_fit(visitor: Visitor) -> None:
    page = visitor(CLERK, width=1280)
    open_documents(page)
    send(page, a_file("Notitie.pdf", a_pdf(2, tagged=False)), a_file("leeg.pdf", b""))
    page.get_by_role("row", name="leeg.pdf").wait_for()

    after_sending = list(faults(page))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("a", has_text="Wijzig: Notitie").first.click()
    page.get_by_role("heading", level=1, name="Notitie").wait_for()
    on_the_page = list(faults(page))

    assert (after_sending, on_the_page) == ([], [])


def test_a_published_document_stands_on_the_agenda(visitor: Visitor) -> None:
    clerk = visitor(CLERK, width=1280)
    open_documents(clerk)
    send(clerk, a_file("Routekaart.pdf", a_pdf(3, text="kaart")))
    clerk.get_by_text("1 stuk is bewaard.").wait_for()
    clerk.get_by_role("link", name="Publiceren").first.click()
    clerk.get_by_role("button", name="Publiceer", exact=True).click()
    clerk.get_by_text("is gepubliceerd").wait_for()
    visiting = visitor(None, width=320)

    visiting.goto(clerk.url.replace("/beheer", "").replace("publiceren/", "agenda/"))

    expect(visiting.get_by_role("link", name="Routekaart")).to_be_visible()
    assert list(faults(visiting)) == []
