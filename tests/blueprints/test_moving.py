"""Moving a meeting at the desk: the form, what it would do, the act, and afterwards."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.db import db
from kwartaal.models.audit import AuditEntry
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.moving import MeetingMove
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Role
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import Publication
from kwartaal.models.registration import RegistrationState
from tests.desk_pages import hidden, messages, moment, problems
from tests.factories import (
    START,
    a_council_member,
    a_meeting,
    a_round,
    a_venue,
    a_workshop,
    staff,
)
from tests.publishing import cancel, change, store, store_announced
from tests.reading import words, words_in
from tests.registrations import a_registration

DESK = "/beheer/bijeenkomsten/maart"
WEEK = START.astimezone(AMSTERDAM) + timedelta(days=7)
BEFORE = "Verplaatsen: kijk het na"


@pytest.fixture
def meeting(app, save) -> Meeting:
    """With one person who comes, one who waits, and one without an address."""
    home, away = a_venue(slug="werf"), a_venue(slug="hal", name="De Hal")
    meeting = a_meeting(slug="maart", title="Wonen", venue=home, maximum=2)
    workshop = a_workshop(a_round(meeting, title="Ronde 1"), 20, title="Warmte")
    workshop.room = home.rooms[0]
    people = [a_council_member(last_name=name) for name in ("Bakker", "Visser", "Mulder")]
    people[2].email, people[2].phone = None, "+31787701234"
    store(app, meeting, workshop, away, *people)
    states = (RegistrationState.PLACED, RegistrationState.WAITING, RegistrationState.PLACED)
    save(*(a_registration(meeting, p, s) for p, s in zip(people, states, strict=True)))
    change(app, Meeting, meeting.id, taken=2, waiting=1)
    return meeting


def typed(starts_at: datetime = WEEK, venue: str = "werf", **more: str) -> dict[str, str]:
    """What the form sends for a day of six hours."""
    moments = moment("starts_at", starts_at) | moment("ends_at", starts_at + timedelta(hours=6))
    return moments | {"venue": venue} | more


def look(browser: FlaskClient, **how: Any) -> Any:
    return browser.post(f"{DESK}/verplaatsen/", data=typed(**how))


def confirm(browser: FlaskClient, **how: Any) -> Any:
    """Look first, then press the button."""
    seen = hidden(look(browser, **how), "seen")
    return browser.post(f"{DESK}/verplaatsen/", data=typed(**how) | {"seen": seen})


def stored(app, meeting: Meeting) -> tuple[datetime, int, int]:
    """The start, and how many versions and mails about moving there are."""
    with app.app_context():
        mails = select(func.count()).select_from(OutboxMail).filter_by(kind=MailKind.MOVED)
        versions = select(func.count()).select_from(Publication)
        start = db.session.get_one(Meeting, meeting.id).starts_at
        return start, db.session.scalar(versions) or 0, db.session.scalar(mails) or 0


def test_form_shows_the_day_as_it_is(griffie, meeting):
    page = griffie.get(f"{DESK}/verplaatsen/")

    assert (page.status_code, hidden(page, "starts_at-date")) == (200, "2027-03-23")


@pytest.mark.on_both
def test_looking_says_whom_it_concerns_and_changes_nothing(app, griffie, meeting):
    shown = look(griffie, venue="hal")

    assert BEFORE in shown.text
    assert "2 mensen hebben een plek. 1 persoon staat op de wachtlijst." in shown.text
    assert "Er gaan 2 mails weg." in shown.text
    assert "Verplaatst: Wonen" in shown.text  # the mail itself
    assert "Warmte" in shown.text and "(nu: Grote zaal)" in shown.text
    assert "+31 78 770 12 34" in shown.text.replace("\xa0", " ")
    assert stored(app, meeting) == (START, 1, 0)
    with app.app_context():
        assert db.session.query(MeetingMove).count() == 0
        assert db.session.query(AuditEntry).filter_by(action="moved").count() == 0


def test_looking_says_what_the_series_has_on_that_day(app, griffie, meeting, save):
    there = START + timedelta(days=7, hours=1)
    others = [a_meeting(title=title, starts_at=there) for title in ("Energie", "Iets anders")]
    save(*others)
    change(app, Meeting, others[0].id, series_id=meeting.series_id)

    days = (WEEK, WEEK + timedelta(days=1))
    pages = [words_in(look(griffie, starts_at=day)) for day in days]

    said = "Op die dag is van deze reeks ook: Energie."
    assert [said in page for page in pages] == [True, False]


def test_looking_counts_who_waits_for_a_part_of_the_day(app, griffie, meeting):
    with app.app_context():
        db.session.query(ProgrammeItem).filter_by(title="Warmte").update({"waiting": 3})
        db.session.commit()

    page = look(griffie, venue="hal").text

    assert "Bij de onderdelen wachten mensen op 3 plekken." in page


def test_readers_see_what_it_was_before(client, griffie, meeting):
    confirm(griffie, venue="hal")

    shown = words(client, "/bijeenkomsten/wonen-2027-03-30/")

    assert "Deze bijeenkomst is verplaatst Eerst was dit: dinsdag 23 maart 2027" in shown


@pytest.mark.on_both
def test_button_does_what_was_shown(app, griffie, meeting):
    answer = confirm(griffie, venue="hal")

    assert (answer.status_code, answer.location) == (
        303,
        "/beheer/bijeenkomsten/wonen-2027-03-30/verplaatst/",
    )
    assert stored(app, meeting) == (WEEK, 2, 2)
    assert messages(griffie.get(answer.location)) == [
        "De bijeenkomst is verplaatst.",
        "2 mails gaan nu weg.",
    ]


def test_without_what_was_shown_nothing_is_done(app, griffie, meeting):
    answer = griffie.post(f"{DESK}/verplaatsen/", data=typed() | {"seen": "something else"})

    assert answer.status_code == 422
    assert "Er is net iets veranderd" in answer.text
    assert stored(app, meeting) == (START, 1, 0)


def test_another_day_than_was_shown_is_shown_first(app, griffie, meeting):
    seen = hidden(look(griffie), "seen")

    answer = griffie.post(
        f"{DESK}/verplaatsen/", data=typed(WEEK + timedelta(days=1)) | {"seen": seen}
    )

    assert (answer.status_code, BEFORE in answer.text) == (422, True)
    assert stored(app, meeting) == (START, 1, 0)


def test_somebody_who_registered_meanwhile_is_shown_first(app, griffie, meeting, save):
    seen = hidden(look(griffie), "seen")
    late = a_council_member()
    save(late)
    save(a_registration(meeting, late))

    answer = griffie.post(f"{DESK}/verplaatsen/", data=typed() | {"seen": seen})
    again = hidden(answer, "seen")
    done = griffie.post(f"{DESK}/verplaatsen/", data=typed() | {"seen": again})

    assert (answer.status_code, done.status_code) == (422, 303)
    assert "3 mensen hebben een plek." in answer.text
    assert stored(app, meeting) == (WEEK, 2, 3)


def test_second_click_moves_nothing_again(app, griffie, meeting):
    seen = hidden(look(griffie), "seen")
    sent = typed() | {"seen": seen}
    griffie.post(f"{DESK}/verplaatsen/", data=sent)

    answer = griffie.post(f"{DESK}/verplaatsen/", data=sent)

    assert problems(answer) == ["Datum, tijd en plaats zijn nog hetzelfde. Wijzig er minstens één."]
    assert stored(app, meeting) == (WEEK, 2, 2)


def test_changing_something_leads_back_to_the_form_as_typed(app, griffie, meeting):
    page = look(griffie, venue="hal", change="y")

    assert (page.status_code, BEFORE in page.text) == (200, False)
    assert hidden(page, "starts_at-date") == "2027-03-30"
    assert hidden(page, "seen") == ""


@pytest.mark.on_both
def test_meeting_goes_online(app, griffie, meeting):
    assert "Online" in look(griffie, venue="", is_digital="y").text

    confirm(griffie, venue="", is_digital="y")

    with app.app_context():
        moved = db.session.get_one(Meeting, meeting.id)
        assert (moved.venue_id, moved.is_digital) == (None, True)


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"starts_at-date": "2027-03-01", "ends_at-date": "2027-03-01"}, "Begin"),
        ({"starts_at-date": "ooit"}, "Begin"),
        ({"starts_at-time": "14:00"}, "Begin"),
        ({"ends_at-date": "2027-03-29"}, "Einde"),
        ({"venue": ""}, "Locatie"),
        ({"venue": "nergens"}, "Locatie"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(app, griffie, meeting, how, field):
    answer = griffie.post(f"{DESK}/verplaatsen/", data=typed() | how)

    assert answer.status_code == 422
    assert [said.partition(": ")[0] for said in problems(answer)] == [field]
    assert stored(app, meeting) == (START, 1, 0)


def test_a_part_that_would_begin_in_the_skipped_hour_is_named_at_the_begin(app, griffie, meeting):
    """A round begins an hour after the meeting; 2.00 to 3.00 on 28 March 2027 is no time at all."""
    night = moment("starts_at", "2027-03-28 01:00") | moment("ends_at", "2027-03-28 08:00")

    answer = griffie.post(f"{DESK}/verplaatsen/", data=typed(along="y") | night)

    assert (answer.status_code, problems(answer)) == (
        422,
        ["Begin: ‘Ronde 1’ valt in het uur dat de klok vooruitgaat. Kies een andere dag."],
    )
    assert stored(app, meeting) == (START, 1, 0)


def test_cancelled_meeting_has_no_form(app, griffie, meeting):
    cancel(app, meeting, "Storm")

    page = griffie.get(f"{DESK}/verplaatsen/")
    answer = look(griffie)

    assert "Bekijk wat er verandert" not in page.text
    assert problems(answer) == ["De bijeenkomst is geannuleerd. Wijzigen kan niet meer."]


@pytest.mark.on_both
def test_concept_is_sent_to_its_data(griffie, save):
    save(a_meeting(slug="maart", state=MeetingState.CONCEPT, venue=a_venue(slug="werf")))

    assert (
        "Datum, tijd en plaats wijzigt u bij Gegevens." in griffie.get(f"{DESK}/verplaatsen/").text
    )
    assert look(griffie).status_code == 422


@pytest.mark.on_both
def test_announced_meeting_moves(app, client, griffie):
    store_announced(app, a_meeting(slug="maart", venue=a_venue(slug="werf")))

    answer = confirm(griffie)

    assert answer.status_code == 303
    shown = words(client, answer.location.replace("/beheer", "").replace("verplaatst/", ""))
    assert ("dinsdag 30 maart 2027" in shown, "Het programma volgt." in shown) == (True, True)


@pytest.mark.on_both
def test_readers_see_the_new_day_at_the_old_address_too(client, griffie, meeting):
    confirm(griffie)

    page = client.get("/bijeenkomsten/maart/", follow_redirects=True)

    assert "30 maart 2027" in page.text.replace("\xa0", " ")


def test_clashes_are_shown_before_and_after(app, griffie, meeting, save):
    other = a_meeting(title="Ernaast", starts_at=WEEK)
    store(app, other)
    visitor = a_council_member(last_name="Zwart")
    save(visitor)
    save(a_registration(meeting, visitor), a_registration(other, visitor))

    before = look(griffie)
    after = griffie.get(confirm(griffie).location)

    assert [("Zwart, Anna" in one.text, "Ernaast" in one.text) for one in (before, after)] == [
        (True, True),
        (True, True),
    ]


def test_overview_leads_to_what_is_left_to_do(griffie, meeting):
    assert "verplaatst/" not in griffie.get(f"{DESK}/").text

    confirm(griffie)

    page = griffie.get("/beheer/bijeenkomsten/wonen-2027-03-30/")
    assert "/beheer/bijeenkomsten/wonen-2027-03-30/verplaatst/" in page.text


def test_never_moved_has_no_such_page(griffie, meeting):
    assert griffie.get(f"{DESK}/verplaatst/").status_code == 404


@pytest.mark.parametrize("page", ["verplaatsen/", "verplaatst/"])
def test_organiser_has_no_such_page(save, browser_of, meeting, page):
    organiser = staff(Role.ORGANISATOR)
    save(organiser)

    assert browser_of(organiser).get(f"{DESK}/{page}").status_code == 404


@pytest.mark.on_both
def test_looking_takes_no_query_more_for_many_people(app, griffie, meeting, save, count_queries):
    """But for the rows in the outbox, which go to SQLite one by one."""
    other = store(app, a_meeting(title="Ernaast", starts_at=WEEK))

    def queries_with(people: int) -> int:
        for _ in range(people):
            person = a_council_member()
            save(person)
            save(a_registration(meeting, person), a_registration(other, person))
        return count_queries(lambda: look(griffie))

    look(griffie)
    few = queries_with(2)
    is_on_postgresql = app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql")
    assert queries_with(8) - few == (0 if is_on_postgresql else 8)


def test_closing_moves_along_unless_one_says_otherwise(app, griffie, meeting):
    change(app, Meeting, meeting.id, registration_closes_at=START - timedelta(days=2))

    form = griffie.get(f"{DESK}/verplaatsen/").text
    shown = look(griffie, terms_along="y")

    (box,) = re.findall(r'<input[^>]*name="terms_along"[^>]*>', form)
    assert "checked" in box
    closes = "zondag 28 maart 2027, 12.00 uur (nu: zondag 21 maart 2027, 12.00 uur)"
    assert f"Aanmelden sluit {closes}" in words_in(shown)
