"""Cancelling a workshop: the desk's pages, and what readers see of it at once."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from kwartaal.db import db
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Role
from kwartaal.models.programme import ProgrammeItem
from tests.conftest import NOON
from tests.desk_pages import hidden, messages, problems
from tests.factories import a_council_member, a_meeting, an_item, staff
from tests.html_tree import find
from tests.publishing import publish, store
from tests.registration_pages import Day, name_of, register
from tests.registration_pages import problems as registration_problems

REASON = "De spreker is ziek."


@pytest.fixture
def day(app) -> Day:
    return Day(app, slug="maart")


@pytest.fixture
def visitor(save, browser_of) -> FlaskClient:
    person = a_council_member()
    save(person)
    return browser_of(person)


def address(day: Day, item: ProgrammeItem | None = None) -> str:
    item = item or day.warmth
    return f"/beheer/bijeenkomsten/maart/workshops/{item.public_id}/annuleren/"


def look(browser: FlaskClient, day: Day, reason: str = REASON, **more: str) -> Any:
    return browser.post(address(day), data={"reason": reason} | more)


def cancel(browser: FlaskClient, day: Day) -> Any:
    """Look first, then press the button."""
    seen = hidden(look(browser, day), "seen")
    return browser.post(address(day), data={"reason": REASON, "seen": seen})


def mails(day: Day) -> int:
    with day.app.app_context():
        return db.session.query(OutboxMail).filter_by(kind=MailKind.WORKSHOP_CANCELLED).count()


@pytest.mark.on_both
def test_form_says_how_many_it_concerns(griffie, visitor, day):
    register(visitor, day, day.warmth)

    page = griffie.get(address(day)).text

    assert "1 persoon heeft een plek." in page
    assert "Niemand staat op de wachtlijst." in page


def test_looking_shows_the_mail_and_changes_nothing(griffie, visitor, day):
    register(visitor, day, day.warmth)

    page = look(griffie, day)

    assert page.status_code == 200
    assert "Er gaat 1 mail weg." in page.text
    assert "Workshop gaat niet door: Warmte" in page.text
    assert "Waterbus: nog 5 plekken" in page.text.replace("\xa0", " ")
    assert mails(day) == 0
    with day.app.app_context():
        assert not db.session.get_one(ProgrammeItem, day.warmth.id).is_cancelled


def test_button_cancels_and_tells(griffie, visitor, day):
    register(visitor, day, day.warmth)

    answer = cancel(griffie, day)

    assert (answer.status_code, answer.location) == (303, "/beheer/bijeenkomsten/maart/workshops/")
    page = griffie.get(answer.location)
    assert messages(page) == ["‘Warmte’ is geannuleerd.", "1 mail gaat nu weg."]
    assert (REASON in page.text, "Gaat niet door" in page.text) == (True, True)
    assert mails(day) == 1


def test_somebody_who_chose_it_meanwhile_is_shown_first(griffie, visitor, day):
    seen = hidden(look(griffie, day), "seen")
    register(visitor, day, day.warmth)

    answer = griffie.post(address(day), data={"reason": REASON, "seen": seen})

    assert (answer.status_code, mails(day)) == (422, 0)
    assert "Er is net iets veranderd" in answer.text


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 401])
def test_without_a_good_reason_nothing_changes(griffie, day, reason):
    answer = look(griffie, day, reason)

    assert answer.status_code == 422
    assert len(problems(answer)) == 1


def test_changing_the_reason_leads_back_to_the_form(griffie, day):
    page = look(griffie, day, change="y")

    assert (page.status_code, REASON in page.text) == (200, True)
    assert "kijk het na" not in page.text


@pytest.mark.on_both
def test_twice_is_refused(griffie, day):
    cancel(griffie, day)

    assert problems(look(griffie, day)) == ["Dit onderdeel is al geannuleerd."]


def test_lunch_is_cancelled_in_the_same_way(client, griffie, visitor, day):
    register(visitor, day, day.lunch)
    there = address(day, day.lunch)
    page = griffie.post(there, data={"reason": REASON})
    seen = hidden(page, "seen")

    answer = griffie.post(there, data={"reason": REASON, "seen": seen}, follow_redirects=True)

    assert "Onderdeel gaat niet door: " in page.text
    assert messages(answer)[1:] == ["1 mail gaat nu weg."]
    assert f"/workshops/{day.lunch.public_id}/herstellen/" in answer.text
    assert REASON in client.get("/bijeenkomsten/maart/").text


def test_form_that_was_open_is_told_of_the_lunch(griffie, visitor, day):
    there = address(day, day.lunch)
    seen = hidden(griffie.post(there, data={"reason": REASON}), "seen")
    griffie.post(there, data={"reason": REASON, "seen": seen})

    answer = register(visitor, day, day.lunch)

    assert registration_problems(answer.text) == ["‘Lunch’ gaat niet door."]
    assert REASON in visitor.get(day.address).text


def test_what_everybody_is_in_is_refused_with_the_reason(app, griffie):
    opening = an_item(a_meeting(slug="april"), title="Opening")
    store(app, opening.meeting, opening)

    answer = griffie.post(
        f"/beheer/bijeenkomsten/april/workshops/{opening.public_id}/annuleren/",
        data={"reason": REASON},
    )

    assert problems(answer) == [
        "Voor dit onderdeel meldt niemand zich apart aan: het hoort bij de hele bijeenkomst. "
        "Annuleer de bijeenkomst, of haal het onderdeel weg uit het programma."
    ]


def test_workshop_of_another_meeting_has_no_page(app, griffie, day):
    store(app, a_meeting(slug="april"))

    assert griffie.get(address(day).replace("maart", "april")).status_code == 404


def test_concept_has_no_list_of_workshops(griffie, save):
    save(a_meeting(slug="april", state="concept"))

    assert griffie.get("/beheer/bijeenkomsten/april/workshops/").status_code == 404


def test_organiser_has_no_such_pages(save, browser_of, day):
    organiser = staff(Role.ORGANISATOR)
    save(organiser)
    browser = browser_of(organiser)

    pages = ["/beheer/bijeenkomsten/maart/workshops/", address(day)]
    assert [browser.get(page).status_code for page in pages] == [404, 404]


def test_list_says_whom_to_call(griffie, save, browser_of, day):
    person = a_council_member(last_name="Mulder", phone="+31787701234")
    save(person)
    register(browser_of(person), day, day.warmth)
    with day.app.app_context():
        stored = db.session.get_one(type(person), person.id)
        stored.email = None
        db.session.commit()

    page = griffie.get(cancel(griffie, day).location).text.replace("\xa0", " ")

    assert ("Mulder, Anna" in page, "+31 78 770 12 34" in page, mails(day)) == (True, True, 0)


@pytest.mark.on_both
def test_readers_see_it_struck_through_with_the_reason_at_once(client, griffie, day):
    cancel(griffie, day)

    page = client.get("/bijeenkomsten/maart/").text

    assert '<s class="kw-struck">Warmte</s>' in page
    assert REASON in page


def test_page_stays_so_in_the_next_version(app, client, griffie, day):
    cancel(griffie, day)

    publish(app, day.meeting, NOON)

    assert '<s class="kw-struck">Warmte</s>' in client.get("/bijeenkomsten/maart/").text


def test_form_of_registering_shows_it_and_does_not_offer_it(griffie, visitor, day):
    cancel(griffie, day)

    page = visitor.get(day.address).text

    radios = {attributes.get("value"): attributes for _tag, attributes, _in in find(page, "input")}
    assert ("disabled" in radios[str(day.warmth.public_id)], REASON in page) == (True, True)


def test_form_that_was_open_is_told(griffie, visitor, day):
    visitor.get(day.address)
    cancel(griffie, day)

    answer = register(visitor, day, day.warmth)

    assert answer.status_code == 422
    assert registration_problems(answer.text) == [
        "Ronde 1: ‘Warmte’ gaat niet door. Kies een andere workshop."
    ]


def test_who_had_it_chooses_another_one(griffie, save, browser_of, day):
    person = a_council_member()
    save(person)
    browser = browser_of(person)
    register(browser, day, day.warmth, day.youth)
    cancel(griffie, day)

    register(browser, day, day.water, day.youth)

    assert day.standing_of(person) == {"": "placed", "Waterbus": "placed", "Jeugdhulp": "placed"}


def test_round_with_only_cancelled_workshops_asks_nothing(griffie, visitor, day):
    seen = hidden(griffie.post(address(day, day.youth), data={"reason": REASON}), "seen")
    griffie.post(address(day, day.youth), data={"reason": REASON, "seen": seen})

    page = visitor.get(day.address).text

    assert name_of(day.afternoon) not in page
    assert register(visitor, day, day.water).status_code == 303


def test_programme_at_the_desk_says_it_is_off(griffie, day):
    cancel(griffie, day)

    assert "gaat niet door" in griffie.get("/beheer/bijeenkomsten/maart/programma/").text


@pytest.mark.on_both
def test_list_takes_as_many_queries_for_many_people(griffie, save, browser_of, day, count_queries):
    def queries_with(people: int, workshop: ProgrammeItem) -> int:
        for _ in range(people):
            person = a_council_member()
            save(person)
            register(browser_of(person), day, workshop)
        seen = hidden(griffie.post(address(day, workshop), data={"reason": REASON}), "seen")
        griffie.post(address(day, workshop), data={"reason": REASON, "seen": seen})
        return count_queries(lambda: griffie.get("/beheer/bijeenkomsten/maart/workshops/"))

    griffie.get("/beheer/bijeenkomsten/maart/workshops/")
    few = queries_with(1, day.warmth)
    assert queries_with(4, day.water) == few
