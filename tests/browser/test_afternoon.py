"""A clerk's afternoon: next quarter from the last one, published, and changed after people came.

One story on one meeting, from the copy to the second version, as the griffie does it.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_documents import a_file
from tests.browser.test_stories import newest_mail
from tests.document_samples import a_pdf

pytestmark = pytest.mark.browser

TITLE = "Kwartaalbijeenkomst: samen door de winter"
SECRET = "Onderhandeling achter de dijk"
REASON = "De spreker is ziek."
# Who registered for which workshop of the first round: that with the new speaker, the one that is
# cancelled, none; and who for nothing at all.
WHO_HEARS = {
    "wethouder@zwijndrecht.example": 0,
    "secretaris@alblasserdam.example": 1,
    "raadslid@papendrecht.example": None,
}
WHO_STAYS_AWAY = "griffier@dordrecht.example"


def copy_last_quarter(page: Page) -> str:
    """The address of a new concept at the desk, from the next meeting."""
    page.goto("/")
    link = page.get_by_role("link", name="Bekijk het programma").get_attribute("href") or ""
    page.goto(f"/beheer{link}")
    page.get_by_role("link", name="Nieuw kwartaal").click()
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_label(re.compile("^(Datum|Dag)")).fill("2027-10-07")
    page.get_by_role("button", name="Maak het concept").click()
    page.get_by_role("heading", level=1, name=TITLE).wait_for()
    slug = next(part for part in page.url.split("/") if part.startswith("kwartaalbijeenkomst"))
    return f"/beheer/bijeenkomsten/{slug}/"


def open_registration_now(page: Page, desk: str) -> None:
    page.goto(f"{desk}aanmelden/")
    for part in page.locator("[name^=registration_opens_at]").all():
        part.fill("")
    page.get_by_role("button", name="Bewaar").click()


def write_agenda(page: Page, desk: str, count: int) -> None:
    for number in range(1, count + 1):
        page.goto(f"{desk}agenda/nieuw/")
        page.get_by_label("Titel", exact=True).fill(f"Agendapunt {number} van de middag")
        page.get_by_role("button", name=re.compile("Bewaar")).first.click()


def send_documents(page: Page, desk: str, count: int) -> None:
    """All but one openbaar."""
    files = [a_file(f"Stuk {number}.pdf", a_pdf(1, text=str(number))) for number in range(1, count)]
    page.goto(f"{desk}stukken/")
    page.get_by_label("Bestanden").set_input_files(files)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text(f"{count - 1} stukken zijn bewaard.").wait_for(timeout=90_000)
    page.get_by_label("Bestanden").set_input_files([a_file(f"{SECRET}.pdf", a_pdf(1, text="x"))])
    page.get_by_label(re.compile("^Besloten: bezoekers zien niets")).check()
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("1 stuk is bewaard.").wait_for(timeout=30_000)


def preview_as(page: Page, desk: str, seen_as: str) -> str:
    page.goto(f"{desk}voorbeeld/?als={seen_as}")
    return page.inner_text("main")


def publish(page: Page, desk: str) -> None:
    page.goto(f"{desk}publiceren/")
    page.get_by_role("button", name="Publiceer", exact=True).click()
    page.get_by_text("is gepubliceerd").first.wait_for()


def register_for(page: Page, public: str, number: int | None) -> None:
    """Choose the workshop with this number in the first round, or none, and none after."""
    page.goto(f"{public}aanmelden")
    rounds = page.locator("fieldset", has_text="Geen workshop in deze ronde").all()
    for group in rounds:
        group.get_by_label("Geen workshop in deze ronde").check()
    if number is not None:
        card = rounds[0].locator("label.kw-choice").nth(number)
        card.get_by_role("radio").check()
    page.get_by_role("button", name="Meld mij aan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent aangemeld")


def add_speaker(page: Page, desk: str, number: int) -> str:
    """To one of the workshops; returns its title."""
    page.goto(f"{desk}programma/")
    row = page.locator(".kw-row--child").nth(number)
    title = row.locator(".kw-row__what").inner_text().split("\n")[0]
    row.get_by_role("link", name=re.compile("Wijzig")).click()
    page.get_by_role("link", name=re.compile("prekers")).first.click()
    page.get_by_label("Naam", exact=True).fill("Fenna Waterman")
    page.get_by_role("button", name="Zet erbij").click()
    page.get_by_text("Fenna Waterman").first.wait_for()
    return title


def cancel_item(page: Page, desk: str, number: int) -> str:
    """As an act, told with the next version as the form proposes; returns its title."""
    page.goto(f"{desk}workshops/")
    row = page.locator(".kw-row--child").nth(number)
    title = row.locator(".kw-row__what").inner_text().split("\n")[0]
    row.get_by_role("link", name=re.compile("Annuleer")).click()
    page.get_by_label("Waarom gaat dit onderdeel niet door?").fill(REASON)
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    page.get_by_text("Samen met de volgende versie, uiterlijk").wait_for()
    page.get_by_role("button", name="Annuleer de workshop").click()
    page.get_by_text("1 mail gaat weg met de volgende versie.").wait_for()
    return title


def replace_document(page: Page, desk: str, title: str) -> None:
    page.goto(f"{desk}stukken/")
    page.get_by_role("link", name=re.compile(f"^Wijzig\\W+{title}$")).click()
    page.get_by_label("Nieuw bestand").set_input_files([a_file("nieuw.pdf", a_pdf(2, text="n"))])
    page.get_by_role("button", name="Vervang").click()
    page.get_by_role("link", name="Versie 2").wait_for(timeout=30_000)


def move_last_point_up(page: Page, desk: str) -> None:
    page.goto(f"{desk}agenda/")
    page.locator("main").get_by_role("button", name=re.compile("^Zet eerder")).last.click()


def test_a_clerks_afternoon(visitor: Visitor) -> None:
    clerk = visitor("griffie@kwartaal.example", width=1280)
    desk = copy_last_quarter(clerk)
    public = desk.removeprefix("/beheer")
    open_registration_now(clerk, desk)
    write_agenda(clerk, desk, 12)
    send_documents(clerk, desk, 18)
    previews = [preview_as(clerk, desk, seen_as) for seen_as in ("raad", "bezoeker")]
    publish(clerk, desk)
    outside = visitor()
    outside.goto(f"{public}agenda/")

    assert [SECRET in text for text in (*previews, outside.content())] == [False] * 3
    expect(outside.get_by_role("link", name=re.compile("^Stuk 17"))).to_be_visible()

    for person, number in WHO_HEARS.items():
        register_for(visitor(person, width=390), public, number)
        newest_mail(clerk, person, f"U bent aangemeld: {TITLE}")
    before = {person: subjects_to(clerk, person) for person in (*WHO_HEARS, WHO_STAYS_AWAY)}
    told = add_speaker(clerk, desk, 0)
    cancelled = cancel_item(clerk, desk, 1)
    replace_document(clerk, desk, "Stuk 3")
    move_last_point_up(clerk, desk)
    publish(clerk, desk)

    outside.goto(f"{public}agenda/")
    changes = outside.locator(".kw-changes").first.locator("li").all_text_contents()
    slug = public.strip("/").split("/")[-1]
    feed = outside.request.get(f"/kalender/bijeenkomst/{slug}.ics").text()
    feed = feed.replace("\r\n ", "")
    changed = (told, cancelled, "Stuk 3", "Agendapunt 12 van de middag")
    assert [sum(words in line for line in changes) for words in changed] == [1] * len(changed)
    assert len(changes) == len(changed)
    assert ("Fenna Waterman" in feed, feed.count("STATUS:CANCELLED")) == (True, 1)
    assert [SECRET in text for text in (outside.content(), feed)] == [False, False]
    for person, number in WHO_HEARS.items():
        newest_mail(clerk, person, "Gewijzigd")
        mail = clerk.locator("main").inner_text()
        told_to_all = ("Stuk 3" in mail, "Agendapunt 12 van de middag" in mail)
        assert ("Fenna Waterman" in mail, f"Gaat niet door: {REASON}" in mail, *told_to_all) == (
            number == 0,
            number == 1,
            True,
            True,
        )
    since = {person: news_to(clerk, person, known) for person, known in before.items()}
    assert since == {person: [f"Gewijzigd: {TITLE}"] for person in WHO_HEARS} | {WHO_STAYS_AWAY: []}
    outside.goto("/reeksen/kwartaalbijeenkomsten/jaar/2027/")
    expect(outside.get_by_text(TITLE)).to_be_visible()


def subjects_to(page: Page, address: str) -> list[str]:
    page.goto(f"/postvak/?aan={address}")
    return page.locator("main h2").all_inner_texts()


def news_to(page: Page, address: str, known: list[str]) -> list[str]:
    """What came after these, newest first."""
    subjects = subjects_to(page, address)
    return subjects[: len(subjects) - len(known)]
