"""Meetings in the calendar by mail or in the feed: never twice, and nothing left behind."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kwartaal import worker
from kwartaal.db import db
from kwartaal.domain import calendar_choice, calendar_feeds, publications
from kwartaal.domain.calendar_feeds import Wish
from kwartaal.mail.letter import method_in
from kwartaal.models.calendar import Program, ensure_feed, feeds_of, note_fetched
from kwartaal.models.outbox import MailKind, OutboxMail
from tests.desk_pages import messages
from tests.golden import golden, golden_bytes
from tests.test_mail import Day, appointment_in, calendar_part, html, sequence_of, shown

FEED, MAIL = False, True


@pytest.fixture
def day(app, save, clock) -> Day:
    return Day(app, save, clock)


def choose(day: Day, by_mail: bool, number: int = 0) -> int:
    day.clock.pass_(minutes=1)
    with day.at_work():
        person = day.load(day.people[number])
        ensure_feed(person.id, day.clock())
        return calendar_choice.choose(person, by_mail, day.clock(), certain=True)


def deliver(day: Day) -> list[tuple[str, str | None]]:
    """Let the worker send what is due; (kind, METHOD) of every mail that went so far."""
    while worker.run_once(day.app):
        pass
    with day.at_work():
        rows = db.session.query(OutboxMail).order_by(OutboxMail.id)
        return [(row.kind.value, row.appointment) for row in rows if row.sent_at]


def test_worker_writes_down_what_went_along(day):
    day.register(0, day.full)

    assert deliver(day) == [("registered", "REQUEST")]


def test_going_over_to_the_feed_takes_the_appointment_back(day):
    day.register(0, day.full)
    deliver(day)

    assert choose(day, FEED) == 1
    assert deliver(day)[1:] == [("calendar_by_feed", "CANCEL")]


def test_going_over_before_the_first_mail_went_takes_nothing_back(day):
    day.register(0, day.full)

    assert choose(day, FEED) == 0
    assert deliver(day) == [("registered", None)]


def test_mails_after_that_carry_no_appointment_and_say_where_it_is(day):
    choose(day, FEED)
    day.register(0, day.full)

    message = day.mail(MailKind.REGISTERED)

    assert method_in(message) is None
    assert "De afspraak staat in uw agenda-abonnement." in shown(message)


def test_withdrawing_takes_back_what_a_mail_brought_also_after_going_over(day):
    day.register(0, day.full)
    deliver(day)
    day.withdraw(0)
    choose(day, FEED)

    assert deliver(day)[1:] == [("withdrawn", "CANCEL")]


def test_withdrawing_from_what_only_the_feed_holds_needs_no_appointment(day):
    choose(day, FEED)
    day.register(0, day.full)
    deliver(day)
    day.withdraw(0)

    assert deliver(day)[1:] == [("withdrawn", None)]


def test_going_back_to_mails_brings_the_appointment_with_a_higher_sequence(day):
    day.register(0, day.full)
    first = sequence_of(day.composed(day.oldest(MailKind.REGISTERED)))
    deliver(day)
    choose(day, FEED)
    taken_back = sequence_of(day.composed(day.oldest(MailKind.CALENDAR_BY_FEED)))
    deliver(day)

    assert choose(day, MAIL) == 1
    assert first < taken_back < sequence_of(day.mail(MailKind.CALENDAR_BY_MAIL))
    assert deliver(day)[2:] == [("calendar_by_mail", "REQUEST")]


def test_there_and_back_before_the_worker_looks_sends_nothing(day):
    day.register(0, day.full)
    deliver(day)
    choose(day, FEED)
    choose(day, MAIL)

    assert deliver(day)[1:] == []


def test_a_changed_choice_does_not_keep_the_appointment_beside_the_feed(day):
    day.register(0, day.full)
    deliver(day)
    choose(day, FEED)
    day.register(0, day.beside)

    assert deliver(day)[1:] == [("calendar_by_feed", "CANCEL"), ("registered", None)]


def test_going_over_before_the_worker_looks_does_not_hide_the_place(day):
    with day.at_work():
        day.load(day.meeting).maximum = 1
    day.register(0, day.full)
    day.register(1, day.full)
    deliver(day)
    day.withdraw(0)
    choose(day, FEED, number=1)

    assert ("meeting_place_given", None) in deliver(day)


def test_the_same_choice_again_does_nothing(day):
    day.register(0, day.full)
    deliver(day)

    assert choose(day, MAIL) == 0


def test_a_mail_in_the_hands_of_a_worker_counts_as_sent(day):
    day.register(0, day.full)
    with day.at_work():
        row = db.session.query(OutboxMail).one()
        row.claimed_until = day.clock().replace(hour=12)

    assert choose(day, FEED) == 1


def test_what_is_over_or_cancelled_is_left_alone(day):
    day.register(0, day.full)
    deliver(day)
    with day.at_work():
        meeting, clerk = day.load(day.meeting), day.load(day.clerk)
        publications.cancel(meeting, "IJzel", clerk, day.clock())

    assert choose(day, FEED) == 0


@pytest.mark.parametrize("there", [FEED, MAIL], ids=["by feed", "by mail"])
def test_mail_about_the_choice_reads_as_its_golden_file(day, there):
    day.register(0, day.full)
    deliver(day)
    choose(day, FEED)
    if there is MAIL:
        deliver(day)
        choose(day, MAIL)
    kind = MailKind.CALENDAR_BY_MAIL if there is MAIL else MailKind.CALENDAR_BY_FEED

    message = day.mail(kind)

    content = calendar_part(message).get_payload(decode=True)
    name = f"mail/{kind.value}"
    assert (shown(message), html(message), content) == (
        golden(f"{name}.txt", shown(message)),
        golden(f"{name}.html", html(message)),
        golden_bytes(f"{name}.ics", content),
    )


def test_taking_back_does_not_say_that_the_meeting_is_off(day):
    day.register(0, day.full)
    deliver(day)
    choose(day, FEED)

    event = appointment_in(day.mail(MailKind.CALENDAR_BY_FEED)).vevent

    assert event.summary.value == "ABONNEMENT: Wonen & energie: <samen> doen?"
    assert event.description.value == (
        "U blijft aangemeld. De bijeenkomst staat in uw agenda-abonnement."
    )


@pytest.fixture
def browser(day, browser_of) -> FlaskClient:
    """Of the first person, who has a feed."""
    with day.at_work():
        ensure_feed(day.people[0].id, day.clock())
    return browser_of(day.people[0])


CHOOSE_FEED = {"wanted": "feed", "page": "agenda"}


def come_by_mail(day: Day) -> tuple[bool, int]:
    """How the first person's meetings come, and how many feeds that person has."""
    with day.at_work():
        person = day.load(day.people[0])
        return person.calendar_by_mail, len(feeds_of(person.id))


@pytest.mark.parametrize("certain", [{}, {"certain": "yes"}], ids=["asked", "certain"])
def test_going_over_without_any_feed_takes_nothing_away_and_makes_none(day, browser, certain):
    browser.post(end_of_feed(day))
    day.register(0, day.full)
    deliver(day)

    answer = browser.post("/mijn/agenda", data=CHOOSE_FEED | certain, follow_redirects=True)

    assert "U hebt nog geen abonnement op uw eigen agenda. Maak er een" in answer.text
    assert 'href="/mijn/agenda/nieuw"' in answer.text
    assert "Toch nu overstappen?" not in answer.text
    assert (come_by_mail(day), deliver(day)) == ((MAIL, 0), [("registered", "REQUEST")])


def test_going_over_to_a_feed_that_no_program_read_asks_first(day, browser):
    day.register(0, day.full)
    deliver(day)

    answer = browser.post("/mijn/agenda", data=CHOOSE_FEED, follow_redirects=True)

    assert answer.request.path == "/mijn/agenda/overstappen"
    assert "Er staat niets in uw agenda tot uw agendaprogramma" in answer.text
    assert (come_by_mail(day), deliver(day)) == ((MAIL, 1), [("registered", "REQUEST")])


def test_who_read_what_happens_goes_over(day, browser):
    day.register(0, day.full)
    deliver(day)
    asked = browser.post("/mijn/agenda", data=CHOOSE_FEED, follow_redirects=True).text
    sent = dict(re.findall(r'name="(wanted|certain|page)" value="([a-z]*)"', asked))

    answer = browser.post("/mijn/agenda", data=sent)

    assert (answer.status_code, answer.location) == (303, "/mijn/agenda/")
    assert come_by_mail(day) == (FEED, 1)
    assert deliver(day)[1:] == [("calendar_by_feed", "CANCEL")]


def test_page_that_asks_is_not_for_who_has_gone_over(day, browser):
    choose(day, FEED)

    answer = browser.get("/mijn/agenda/overstappen")

    assert (answer.status_code, answer.location) == (303, "/mijn/agenda/")


def fetched(day: Day) -> None:
    """A calendar program reads the first person's feed."""
    with day.at_work():
        feed, now = feeds_of(day.people[0].id)[0], day.clock()
        note_fetched(feed.id, Program.OTHER, now, now)


def test_ending_the_last_feed_brings_the_appointments_by_mail(day, browser):
    choose(day, FEED)
    day.register(0, day.full)
    deliver(day)

    answer = browser.post(end_of_feed(day), follow_redirects=True)

    assert messages(answer)[1:] == [
        "Uw bijeenkomsten komen voortaan via e-mail in uw agenda. "
        "U krijgt voor elke bijeenkomst die komt een mail."
    ]
    assert deliver(day)[1:] == [("calendar_by_mail", "REQUEST")]


def test_ending_one_of_two_feeds_changes_nothing_else(day, browser):
    choose(day, FEED)
    browser.post("/mijn/agenda/nieuw", data={"name": "Telefoon", "events": "meeting"})

    browser.post(end_of_feed(day))

    with day.at_work():
        assert day.load(day.people[0]).calendar_by_mail is False


@pytest.mark.parametrize("page", ["/mijn/", "/kalender/", "/mijn/agenda/"])
def test_choice_is_there_without_any_feed(day, browser, page):
    browser.post(end_of_feed(day))

    assert "Zet ze via mijn abonnement" in browser.get(page).text


def end_of_feed(day: Day) -> str:
    """Where the button goes that ends the first feed."""
    with day.at_work():
        return f"/mijn/agenda/{feeds_of(day.people[0].id)[0].public_id}/beeindigen"


@pytest.mark.parametrize("page", ["mijn", "kalender", "mijn/agenda"])
def test_button_chooses_and_leads_back(day, browser, page):
    day.register(0, day.full)
    deliver(day)
    fetched(day)

    answer = browser.post("/mijn/agenda", data={"wanted": "feed", "page": page.split("/")[-1]})

    assert (answer.status_code, answer.location) == (303, f"/{page}/")
    shown_page = browser.get(answer.location)
    assert messages(shown_page) == [
        "Uw bijeenkomsten komen voortaan via uw abonnement in uw agenda.",
        "U krijgt daarover 1 mail.",
    ]
    assert "Zet bijeenkomsten in mijn agenda: via mijn abonnement." in shown_page.text


@pytest.mark.parametrize("page", ["/mijn/", "/kalender/"])
def test_page_offers_the_feed_once_a_calendar_program_fetched_it(day, browser, page):
    offer = "Zet ze liever alleen via uw abonnement in uw agenda."
    before = browser.get(page).text
    fetched(day)

    assert (offer in before, offer in browser.get(page).text) == (False, True)


@pytest.mark.parametrize("page", ["/mijn/", "/kalender/"])
def test_another_feed_that_is_fetched_counts_too(day, browser, page):
    warning = "Nog geen agendaprogramma haalde uw abonnement op."
    choose(day, FEED)
    with day.at_work():
        now = day.clock()
        second = calendar_feeds.add(day.people[0].id, Wish("Telefoon", False, False), now)
        db.session.flush()
        note_fetched(second.id, Program.APPLE, now, now)

    assert warning not in browser.get(page).text


def test_page_warns_who_chose_a_feed_that_nobody_fetches(day, browser):
    choose(day, FEED)

    assert "Nog geen agendaprogramma haalde uw abonnement op. Abonneer u" in (
        browser.get("/mijn/").text
    )
