"""The Vlugschrift: a first text, finished by the griffie, published and taken back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.audit import AuditEntry
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from tests.desk_pages import hidden, messages, problems, shown
from tests.factories import a_council_member, a_meeting, a_round, a_workshop, staff
from tests.papers import no_known_fault, paper, tags_of, words_of
from tests.publishing import change, store
from tests.reading import links, words
from tests.test_access import filled, rules_of

MEETING = "/bijeenkomsten/maart/"
PAGE = MEETING + "vlugschrift/"
PAPER = MEETING + "vlugschrift.pdf"
AFTER = "/beheer/bijeenkomsten/maart/na-afloop/"
DESK = AFTER + "vlugschrift/"
WRITE, BACK = DESK + "wijzig/", DESK + "van-de-site/"
TEXT = {"title": "Canarie", "lead": "Het was een kanarie.", "text": "Wij spraken over **wonen**."}


@pytest.fixture
def meeting(app, clock) -> Meeting:
    """Held two weeks ago, with one workshop."""
    meeting = a_meeting(slug="maart", title="Wonen")
    store(app, meeting, a_workshop(a_round(meeting), title="Dijken"))
    clock.pass_(days=27)
    return meeting


@pytest.fixture
def griffie(meeting, save, browser_of):
    person = staff()
    save(person)
    return browser_of(person)


def write(browser, **fields):
    page = browser.get(WRITE)
    return browser.post(WRITE, data={"seen": hidden(page, "seen")} | TEXT | fields)


def publish(browser):
    return browser.post(DESK, data={"seen": hidden(browser.get(DESK), "seen")})


def test_the_form_begins_with_a_first_text(griffie):
    page = griffie.get(WRITE)

    assert shown(page, "title") == "Vlugschrift: Wonen"
    assert "- **1A Dijken**" in shown(page, "text")
    assert "Wie er was" not in shown(page, "text")  # attendance was not kept


@pytest.mark.on_both
def test_a_draft_is_for_the_desk_only(client, griffie):
    answer = write(griffie)

    assert (answer.status_code, answer.location) == (303, DESK)
    assert "Het was een kanarie." in words(griffie, DESK)
    assert "Canarie" in words(griffie, AFTER)
    assert client.get(PAGE).status_code == 404


@pytest.mark.on_both
def test_a_draft_stands_on_no_page_and_in_no_feed_outside(app, client, save, browser_of, griffie):
    write(griffie)
    member = a_council_member()
    save(member)
    rules = [rule for rule in rules_of(app) if "GET" in rule.methods]
    paths = {filled(rule).replace("iets", "maart") for rule in rules}

    answers = [b.get(path).data for b in (client, browser_of(member)) for path in sorted(paths)]

    assert [one for one in answers if b"anarie" in one] == []


def test_published_it_is_read_and_linked(client, griffie):
    write(griffie)
    answer = publish(griffie)

    assert answer.status_code == 303
    assert messages(griffie.get(DESK)) == ["Het vlugschrift staat op de site."]
    assert links(client, MEETING)["Canarie"] == PAGE
    assert "Het was een kanarie." in words(client, PAGE)
    assert "<strong>wonen</strong>" in client.get(PAGE).text
    assert links(client, PAGE)["Het programma"] == MEETING


@pytest.mark.on_both
def test_it_is_on_paper_once_published(client, griffie, tmp_path):
    write(griffie, text="# Wonen\n\nWij spraken over **wonen**.")
    draft = client.get(PAPER).status_code
    publish(griffie)
    pdf, file = paper(client, PAPER), tmp_path / "vlugschrift.pdf"
    file.write_bytes(pdf)

    assert (draft, links(client, PAGE)["icon Print (PDF)"]) == (404, PAPER)
    assert words_of(pdf).startswith("Canarie Het was een kanarie. Datum: dinsdag 23 maart 2027")
    assert "Over de dag Wonen Wij spraken over wonen. Verder lezen • Het programma: " in words_of(
        pdf
    )
    assert [tag for tag in tags_of(pdf) if tag[0] == "H"] == ["H1", "H2", "H3", "H2"]
    assert no_known_fault(file) == ""


def test_a_closed_meeting_has_no_paper_outside(app, client, meeting, griffie):
    write(griffie)
    publish(griffie)
    change(app, Meeting, meeting.id, openness=Openness.BESLOTEN)

    assert client.get(PAPER).status_code == 404


@pytest.mark.on_both
def test_a_text_that_changed_meanwhile_is_not_published(client, griffie):
    write(griffie)
    seen = hidden(griffie.get(DESK), "seen")
    write(griffie, lead="Iets anders")

    answer = griffie.post(DESK, data={"seen": seen})

    assert (answer.status_code, problems(answer)) == (
        422,
        ["Het vlugschrift is net veranderd. Lees wat er nu staat en probeer het opnieuw."],
    )
    assert client.get(PAGE).status_code == 404


@pytest.mark.on_both
def test_what_is_on_the_site_is_taken_back_before_it_changes(client, griffie):
    write(griffie)
    publish(griffie)

    refused = write(griffie, lead="Iets anders")
    assert refused.status_code == 422
    assert "Haal het daar eerst af" in refused.text
    assert griffie.post(BACK).status_code == 303
    assert client.get(PAGE).status_code == 404
    assert "Canarie" not in words(client, MEETING)
    assert write(griffie, lead="Iets anders").status_code == 303


def test_a_second_click_publishes_or_takes_back_once(client, griffie):
    write(griffie)
    seen = hidden(griffie.get(DESK), "seen")

    assert [griffie.post(DESK, data={"seen": seen}).status_code for _ in range(2)] == [303, 303]
    assert [griffie.post(BACK).status_code for _ in range(2)] == [303, 303]


@pytest.mark.on_both
def test_the_log_has_each_publishing_and_taking_back_once(app, griffie):
    write(griffie)
    seen = {"seen": hidden(griffie.get(DESK), "seen")}
    for address in (DESK, DESK, BACK, BACK, DESK):
        griffie.post(address, data=seen)

    with app.app_context():
        about = AuditEntry.action.startswith("recap")
        lines = db.session.scalars(sa.select(AuditEntry).where(about).order_by(AuditEntry.id))
        assert [(line.action, line.subject) for line in lines] == [
            ("recap_published", "meeting:maart"),
            ("recap_taken_back", "meeting:maart"),
            ("recap_published", "meeting:maart"),
        ]


@pytest.mark.on_both
def test_an_organiser_writes_and_the_griffie_publishes(client, meeting, save, browser_of):
    person = staff(Role.ORGANISATOR)
    save(person)
    organiser = browser_of(person)

    assert write(organiser).status_code == 303
    assert "Publiceer" not in words(organiser, DESK).split()
    assert publish_codes(organiser) == [404, 404]


def publish_codes(browser):
    return [browser.post(DESK, data={"seen": ""}).status_code, browser.post(BACK).status_code]


@pytest.mark.on_both
def test_two_clerks_see_each_other(griffie):
    write(griffie)
    page = griffie.get(WRITE)
    write(griffie, text="Van de een")

    sent = {"seen": hidden(page, "seen")} | TEXT | {"text": "Van de ander"}
    answer = griffie.post(WRITE, data=sent)

    assert (answer.status_code, "Van de een" in answer.text) == (422, True)


@pytest.mark.parametrize("field", ["title", "lead", "text"])
def test_an_empty_field_is_refused(griffie, field):
    assert write(griffie, **{field: " "}).status_code == 422


def test_before_the_end_nothing_is_kept(clock, griffie):
    clock.pass_(days=-20)

    answer = griffie.post(WRITE, data=TEXT)

    assert problems(answer) == ["Dit kan pas na afloop van de bijeenkomst."]
    assert griffie.get(DESK).status_code == 404


def test_it_is_as_open_as_its_meeting(app, client, griffie, meeting):
    write(griffie)
    publish(griffie)
    change(app, Meeting, meeting.id, openness=Openness.BESLOTEN)

    assert client.get(PAGE).status_code == 404
