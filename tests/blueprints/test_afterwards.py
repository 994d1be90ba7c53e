"""After the meeting: a report written, made final and corrected; recording and presentations."""

from __future__ import annotations

import hashlib

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.audit import AuditEntry
from kwartaal.models.document import DocumentKind
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.meeting_report import MeetingReport
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from tests.desk_pages import hidden, messages, problems
from tests.factories import a_council_member, a_document, a_meeting, a_version, an_item, staff
from tests.publishing import change, store
from tests.reading import links, words
from tests.test_access import filled, rules_of

MEETING = "/bijeenkomsten/maart/"
REPORT = MEETING + "verslag/"
DESK = "/beheer/bijeenkomsten/maart/na-afloop/"
WRITE, FINAL, RECORDING = DESK + "verslag/", DESK + "verslag/definitief/", DESK + "opname/"
TEXT = "# Canarie\n\nWij spraken over **wonen**.\n\n<script>alert(1)</script>"


@pytest.fixture
def meeting(app, clock) -> Meeting:
    """Held two weeks ago."""
    meeting = store(app, a_meeting(slug="maart", title="Wonen"))
    clock.pass_(days=27)
    return meeting


@pytest.fixture
def griffie(meeting, save, browser_of):
    person = staff(first_name="Gerda", last_name="Griffie")
    save(person)
    return browser_of(person)


@pytest.fixture
def organiser(meeting, save, browser_of):
    person = staff(Role.ORGANISATOR)
    save(person)
    return browser_of(person)


def write(browser, text=TEXT, **fields):
    page = browser.get(WRITE)
    sent = {"number": hidden(page, "number"), "seen": hidden(page, "seen"), "text": text}
    return browser.post(WRITE, data=sent | fields)


def make_final(browser):
    return browser.post(FINAL, data={"seen": hidden(browser.get(DESK), "seen")})


def stored(app):
    with app.app_context():
        rows = db.session.scalars(sa.select(MeetingReport).order_by(MeetingReport.number))
        return [(row.number, row.text, row.content_hash) for row in rows]


def test_a_draft_is_for_the_desk_only(client, griffie):
    answer = write(griffie)

    assert (answer.status_code, answer.location) == (303, DESK)
    assert "Canarie" in words(griffie, DESK)
    assert client.get(REPORT).status_code == 404
    assert "Verslag" not in words(client, MEETING)


@pytest.mark.on_both
def test_a_draft_stands_on_no_page_and_in_no_feed_outside(app, client, save, browser_of, griffie):
    write(griffie)
    member = a_council_member()
    save(member)
    rules = [rule for rule in rules_of(app) if "GET" in rule.methods]
    paths = {filled(rule).replace("iets", "maart") for rule in rules}

    answers = [b.get(path).data for b in (client, browser_of(member)) for path in sorted(paths)]

    assert [one for one in answers if b"Canarie" in one or b"spraken over" in one] == []


def test_a_final_report_is_read_with_its_hash(app, client, griffie):
    write(griffie)
    answer = make_final(griffie)

    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert (answer.status_code, messages(griffie.get(DESK))) == (
        303,
        ["Versie 1 van het verslag is definitief."],
    )
    assert stored(app) == [(1, TEXT, digest)]
    assert links(client, MEETING)["Verslag"] == REPORT
    assert f"Controlegetal {digest[:12]}" in words(client, REPORT)
    assert "<strong>wonen</strong>" in client.get(REPORT).text
    assert "<script>alert" not in client.get(REPORT).text


def test_a_second_click_makes_final_once(app, griffie):
    write(griffie)
    seen = hidden(griffie.get(DESK), "seen")

    answers = [griffie.post(FINAL, data={"seen": seen}) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(stored(app)) == 1


@pytest.mark.on_both
def test_a_text_that_changed_meanwhile_is_not_made_final(client, griffie):
    write(griffie)
    seen = hidden(griffie.get(DESK), "seen")
    write(griffie, "Iets anders")

    answer = griffie.post(FINAL, data={"seen": seen})

    assert (answer.status_code, problems(answer)) == (
        422,
        ["Het verslag is net veranderd. Lees wat er nu staat en probeer het opnieuw."],
    )
    assert client.get(REPORT).status_code == 404


@pytest.mark.parametrize("seen", ["", "x", "0" * 64])
def test_without_a_draft_nothing_becomes_final(griffie, seen):
    assert griffie.post(FINAL, data={"seen": seen}).status_code == 422


@pytest.mark.on_both
@pytest.mark.parametrize("statement", ["text = 'x'", "content_hash = 'x'", "made_final_at = NULL"])
def test_the_database_keeps_a_final_report_as_it_is(app, griffie, statement):
    write(griffie)
    make_final(griffie)
    before = stored(app)

    with app.app_context(), pytest.raises(sa.exc.DatabaseError, match="never changed"):
        db.session.execute(sa.text(f"UPDATE meeting_report SET {statement}"))

    assert stored(app) == before


@pytest.mark.on_both
def test_a_correction_is_a_next_version_that_says_what_it_replaces(client, griffie):
    write(griffie)
    make_final(griffie)
    write(griffie, "Beter", correction="De naam van de zaal.")

    assert "Canarie" in words(client, REPORT)
    make_final(griffie)

    shown = words(client, REPORT)
    assert "Deze versie vervangt versie 1. Wat er anders is: De naam van de zaal." in shown
    assert "Beter" in shown
    assert "Versie 1 is vervangen door versie 2." in words(client, REPORT + "versie/1/")
    assert "Canarie" in words(client, REPORT + "versie/1/")
    assert client.get(REPORT + "versie/3/").status_code == 404


def test_a_correction_must_say_what_is_different(griffie):
    write(griffie)
    make_final(griffie)

    answer = write(griffie, "Beter", correction=" ")

    assert (answer.status_code, problems(answer)) == (
        422,
        ["Wat is er anders dan in de vorige versie? Vul in wat er anders is."],
    )


def test_who_writes_on_in_what_became_final_is_told(app, griffie):
    write(griffie)
    page = griffie.get(WRITE)
    make_final(griffie)
    sent = {"number": hidden(page, "number"), "seen": hidden(page, "seen"), "text": "Later"}

    answer = griffie.post(WRITE, data=sent | {"correction": "iets"})

    assert (answer.status_code, len(stored(app))) == (422, 1)
    assert "Er is intussen een andere versie van het verslag." in answer.text
    assert "Later" in answer.text


@pytest.mark.on_both
def test_two_clerks_see_each_other(app, griffie, organiser):
    write(griffie)
    page = organiser.get(WRITE)
    write(griffie, "Van de griffie")
    sent = {"number": hidden(page, "number"), "seen": hidden(page, "seen"), "text": "Van mij"}

    answer = organiser.post(WRITE, data=sent)

    assert answer.status_code == 422
    assert "Van de griffie" in answer.text
    assert [text for _number, text, _hash in stored(app)] == ["Van de griffie"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 40_001])
def test_a_text_that_is_empty_or_too_long_is_refused(app, griffie, text):
    assert (write(griffie, text).status_code, stored(app)) == (422, [])


@pytest.mark.parametrize("number", ["0", "2", "x", "²", "9" * 30])
def test_a_version_that_is_not_next_is_refused(app, griffie, number):
    answer = griffie.post(WRITE, data={"number": number, "text": "Tekst"})

    assert (answer.status_code, stored(app)) == (422, [])


@pytest.mark.on_both
def test_an_organiser_writes_and_the_griffie_makes_final(client, organiser):
    assert write(organiser).status_code == 303
    assert "Maak definitief" not in words(organiser, DESK)
    assert organiser.post(FINAL, data={"seen": ""}).status_code == 404
    assert organiser.get(RECORDING).status_code == 404


@pytest.mark.on_both
def test_before_the_end_nothing_can_be_written(app, clock, griffie):
    clock.pass_(days=-20)

    assert "als de bijeenkomst is geweest" in words(griffie, DESK)
    assert "Na afloop" not in links(griffie, "/beheer/bijeenkomsten/maart/")
    answer = griffie.post(WRITE, data={"number": "1", "text": "Te vroeg"})
    assert problems(answer) == ["Dit kan pas na afloop van de bijeenkomst."]
    assert griffie.post(RECORDING, data={"address": "https://a.example/x"}).status_code == 422


def test_the_desk_of_a_held_meeting_leads_there(griffie):
    assert links(griffie, "/beheer/bijeenkomsten/maart/")["Na afloop"] == DESK


def test_a_report_is_as_open_as_its_meeting(app, client, griffie, meeting):
    write(griffie)
    make_final(griffie)
    change(app, Meeting, meeting.id, openness=Openness.BESLOTEN)

    assert client.get(REPORT).status_code == 404
    assert client.get(REPORT + "versie/1/").status_code == 404


def test_a_cancelled_meeting_shows_no_report(app, client, griffie, meeting):
    write(griffie)
    make_final(griffie)
    change(app, Meeting, meeting.id, state=MeetingState.CANCELLED)

    assert client.get(REPORT).status_code == 404


def link(browser, address):
    seen = hidden(browser.get(RECORDING), "seen")
    return browser.post(RECORDING, data={"seen": seen, "address": address}).status_code


@pytest.mark.on_both
def test_the_log_has_what_was_shown_after_the_meeting(app, griffie):
    write(griffie)
    make_final(griffie)
    for address in ("", "https://opname.example/1", "https://opname.example/1", ""):
        link(griffie, address)

    with app.app_context():
        about = AuditEntry.action.in_(
            ("report_made_final", "recording_linked", "recording_removed")
        )
        lines = db.session.scalars(sa.select(AuditEntry).where(about).order_by(AuditEntry.id))
        assert [(line.action, line.subject, line.detail) for line in lines] == [
            ("report_made_final", "meeting:maart", {"version": 1}),
            ("recording_linked", "meeting:maart", {}),
            ("recording_removed", "meeting:maart", {}),
        ]


@pytest.mark.on_both
def test_a_recording_is_linked_changed_and_taken_away(client, griffie):
    label = "Kijk de bijeenkomst terug"
    assert link(griffie, "https://opname.example/1") == 303
    assert links(client, MEETING)[label] == "https://opname.example/1"
    assert link(griffie, "https://opname.example/2") == 303
    assert links(client, MEETING)[label] == "https://opname.example/2"
    assert link(griffie, "") == 303
    assert label not in links(client, MEETING)


@pytest.mark.parametrize(
    "address",
    [
        "http://opname.example/1",
        "javascript:alert(1)",
        "https://opname",
        "https://wij@kwaad.example/",
        "opname.example",
        "https://a.example/" + "x" * 500,
        'https://a.example/"><script>',
    ],
)
def test_an_address_that_is_no_https_is_refused(client, griffie, address):
    answer = griffie.post(RECORDING, data={"address": address})

    assert answer.status_code == 422
    assert "terug" not in links(client, MEETING)


@pytest.mark.on_both
def test_published_presentations_stand_after_the_meeting(app, client, clock, save):
    meeting = a_meeting(slug="juni", starts_at=clock())
    kind = DocumentKind(code="a-3", name="Presentatie")
    documents = [
        a_document(meeting, title="Sheets", kind=kind),
        a_document(meeting, title="Canarie", kind=kind, openness=Openness.BESLOTEN),
        a_document(meeting, title="Brief", versions=[a_version()]),
    ]
    store(app, meeting, an_item(meeting), *documents)
    assert "Na afloop" not in words(client, "/bijeenkomsten/juni/")
    clock.pass_(days=1)

    shown = words(client, "/bijeenkomsten/juni/")

    afterwards = " ".join(shown.split()).partition("Na afloop")[2].partition("Stukken")[0]
    assert afterwards.startswith(" Presentaties icon Sheets")
    assert ("Canarie" in shown, "Brief" in afterwards) == (False, False)


@pytest.mark.on_both
def test_the_database_keeps_one_draft_per_meeting(app, griffie, meeting, save):
    write(griffie)

    with pytest.raises(sa.exc.IntegrityError):
        save(MeetingReport(meeting_id=meeting.id, number=2, text="Nog een", correction="iets"))


@pytest.mark.on_both
def test_the_database_keeps_no_correction_without_words(griffie, meeting, save):
    with pytest.raises(sa.exc.IntegrityError):
        save(MeetingReport(meeting_id=meeting.id, number=2, text="Beter", correction=""))
