"""Publishing, announcing and inviting at the desk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Role
from kwartaal.models.programme import ItemKind
from kwartaal.models.publication import Publication
from tests.conftest import NOON
from tests.desk_pages import hidden, press_publish
from tests.factories import (
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_round,
    a_series,
    an_agenda_item,
    an_item,
    staff,
)
from tests.publishing import change, mails, store, store_announced
from tests.reading import words

DESK = "/beheer/bijeenkomsten/maart"
PUBLIC = "/bijeenkomsten/maart/"
PAGES = ["publiceren/", "annuleren/", "uitnodigen/", "voorbeeld/"]


@pytest.fixture
def concept(save) -> Meeting:
    meeting = a_meeting(slug="maart", title="Wonen", state=MeetingState.CONCEPT)
    save(meeting, an_item(meeting, title="Opening"), an_agenda_item(meeting, title="Welkom"))
    return meeting


def versions(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Publication.number).order_by(Publication.id)))


@pytest.mark.on_both
def test_two_clerks_who_publish_at_once_make_one_version(app, save, browser_of, concept):
    clerks = [staff(), staff()]
    save(*clerks)
    browsers = [browser_of(clerk) for clerk in clerks]

    seen = {"seen": hidden(browsers[0].get(f"{DESK}/publiceren/"), "seen")}

    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda b: b.post(f"{DESK}/publiceren/", data=seen).status_code, browsers)

    assert sorted(answers) == [303, 422]
    assert versions(app) == [1]


@pytest.mark.on_both
def test_publish_puts_programme_and_agenda_on_the_site(app, client, griffie, concept):
    assert client.get(PUBLIC).status_code == 404

    response = press_publish(griffie, f"{DESK}/publiceren/")

    assert (response.status_code, response.location) == (303, f"{DESK}/publiceren/")
    assert "Opening" in words(client, PUBLIC)
    assert "Welkom" in words(client, PUBLIC + "agenda/")
    assert "Versie 1 is gepubliceerd." in words(griffie, f"{DESK}/publiceren/")


def test_the_page_lists_what_is_right_and_who_published(griffie, concept):
    press_publish(griffie, f"{DESK}/publiceren/")

    shown = words(griffie, f"{DESK}/publiceren/")

    assert "icon Er is een programma." in shown
    assert "icon Niet in orde: Er is niets gewijzigd." in shown
    assert "Versie 1 woensdag 10 maart 2027, 12.00 uur Anna Jansen" in shown


def test_publish_sent_twice_is_one_version(app, griffie, concept):
    press_publish(griffie, f"{DESK}/publiceren/")
    response = press_publish(griffie, f"{DESK}/publiceren/")

    assert response.status_code == 422
    assert "Er is niets gewijzigd." in response.text
    assert versions(app) == [1]


def test_publish_of_what_is_not_right_says_what(app, griffie, save):
    meeting = a_meeting(slug="maart", state=MeetingState.CONCEPT)
    save(meeting, a_round(meeting, title="Ronde 1"), an_item(meeting, ItemKind.LUNCH))

    response = press_publish(griffie, f"{DESK}/publiceren/")

    assert response.status_code == 422
    assert response.text.count("‘Ronde 1’ heeft nog geen workshops.") == 2
    assert versions(app) == []


def test_publish_of_a_draft_that_a_colleague_just_changed_is_refused(app, griffie, concept):
    seen = hidden(griffie.get(f"{DESK}/publiceren/"), "seen")
    change(app, Meeting, concept.id, introduction="Nog niet af")

    response = griffie.post(f"{DESK}/publiceren/", data={"seen": seen})

    assert response.status_code == 422
    assert "Het concept is net veranderd." in response.text
    assert versions(app) == []


@pytest.mark.parametrize("fields", [{}, {"seen": ""}])
def test_publish_without_having_seen_the_draft_is_refused(app, griffie, concept, fields):
    response = griffie.post(f"{DESK}/publiceren/", data=fields)

    assert (response.status_code, "Het concept is net veranderd." in response.text) == (422, True)
    assert versions(app) == []


def test_announce_puts_date_and_place_on_the_site(app, client, griffie, concept, state_of):
    response = griffie.post(f"{DESK}/aankondigen/")

    assert (response.status_code, response.location) == (303, f"{DESK}/publiceren/")
    assert state_of(concept) == MeetingState.ANNOUNCED
    shown = words(client, PUBLIC)
    assert ("Het programma volgt." in shown, "Opening" in shown) == (True, False)


@pytest.mark.on_both
def test_announce_twice_is_refused(app, griffie, concept):
    griffie.post(f"{DESK}/aankondigen/")
    response = griffie.post(f"{DESK}/aankondigen/")

    assert response.status_code == 422
    assert "De bijeenkomst is geen concept meer." in response.text


@pytest.mark.on_both
def test_invite_shows_the_count_first(app, griffie, save):
    store(app, a_meeting(slug="maart"))
    save(a_council_member(), a_council_member(), a_council_member(wants_announcements=False))

    assert "De mail gaat naar 2 mensen." in words(griffie, f"{DESK}/uitnodigen/")
    assert mails(app) == []


@pytest.mark.on_both
def test_invite_sends_one_mail_each_and_only_once(app, griffie, save):
    store(app, a_meeting(slug="maart"))
    person = a_council_member()
    save(person)

    first = griffie.post(f"{DESK}/uitnodigen/")
    second = griffie.post(f"{DESK}/uitnodigen/")

    assert (first.status_code, second.status_code) == (303, 422)
    assert "Dit bericht is al verstuurd." in second.text
    assert mails(app) == [(MailKind.REGISTRATION_OPEN, person.id)]
    assert "Verstuurd op woensdag 10 maart 2027, 12.00 uur." in words(
        griffie, f"{DESK}/publiceren/"
    )


def test_invite_before_registering_is_open_is_refused(app, griffie):
    store(app, a_meeting(slug="maart", registration_opens_at=NOON + timedelta(days=1)))

    response = griffie.post(f"{DESK}/uitnodigen/")

    assert response.status_code == 422
    assert "Aanmelden is nu niet open." in response.text
    assert "uitnodigen" not in griffie.get(f"{DESK}/publiceren/").text


def test_preview_shows_the_draft_as_readers_would_see_it(app, griffie, save):
    meeting = a_meeting(slug="maart", state=MeetingState.CONCEPT, introduction="Welkom allemaal.")
    closed = an_agenda_item(meeting, title="Geheim", openness=Openness.BESLOTEN)
    save(meeting, an_item(meeting, title="Opening"), closed)

    shown = words(griffie, f"{DESK}/voorbeeld/")

    assert "Dit is een voorbeeld" in shown
    assert "Welkom allemaal." in shown
    assert "12.00 tot 13.00 uur Opening" in shown
    assert ("Besloten agendapunt" in shown, "Geheim" in shown) == (True, False)


SEEN_AS = ["bezoeker", *Audience]


@pytest.mark.parametrize("seen_as", SEEN_AS)
def test_visitors_and_groups_see_no_closed_point_in_the_preview(griffie, save, seen_as):
    meeting = a_meeting(slug="maart", state=MeetingState.CONCEPT)
    save(an_agenda_item(meeting, title="Canarie", openness=Openness.BESLOTEN))

    assert "Canarie" not in griffie.get(f"{DESK}/voorbeeld/?als={seen_as}").text


def test_clerks_see_in_the_preview_what_they_may_see(griffie, save):
    meeting = a_meeting(slug="maart", state=MeetingState.CONCEPT)
    save(an_agenda_item(meeting, title="Canarie", openness=Openness.BESLOTEN))

    assert "Canarie" in words(griffie, f"{DESK}/voorbeeld/?als=uzelf")


def test_clerks_see_no_closed_point_of_a_body_in_the_preview(griffie, save):
    meeting = a_meeting(slug="maart", state=MeetingState.CONCEPT, series=a_series(body=a_body()))
    save(an_agenda_item(meeting, title="Canarie", openness=Openness.BESLOTEN))

    assert "Canarie" not in griffie.get(f"{DESK}/voorbeeld/?als=uzelf").text


@pytest.mark.parametrize(
    ("seen_as", "sentence"),
    [
        ("raad", "Deze groep kan zich aanmelden."),
        ("bedrijf", "Deze bijeenkomst is niet voor deze groep."),
    ],
)
def test_preview_says_whether_a_group_may_register(griffie, save, seen_as, sentence):
    save(a_meeting(slug="maart", state=MeetingState.CONCEPT, audiences=[Audience.RAAD]))

    assert sentence in words(griffie, f"{DESK}/voorbeeld/?als={seen_as}")


def test_preview_of_a_closed_meeting_shows_a_visitor_nothing(save, browser_of):
    body, clerk = a_body(), staff()
    meeting = a_meeting(
        slug="maart",
        title="Canarie",
        series=a_series(body=body),
        state=MeetingState.CONCEPT,
        openness=Openness.BESLOTEN,
    )
    save(meeting, an_item(meeting, title="Kanarie"), a_membership(clerk, body))

    shown = words(browser_of(clerk), f"{DESK}/voorbeeld/")
    own = words(browser_of(clerk), f"{DESK}/voorbeeld/?als=uzelf")

    assert ("Wie geen lid is, ziet deze bijeenkomst niet." in shown, "Kanarie" in shown) == (
        True,
        False,
    )
    assert "Kanarie" in own


def test_preview_as_somebody_else_does_not_exist(griffie, concept):
    assert griffie.get(f"{DESK}/voorbeeld/?als=burgemeester").status_code == 404


def test_preview_of_an_empty_concept_without_a_place(griffie, save):
    save(a_meeting(slug="maart", state=MeetingState.CONCEPT, venue=None))

    shown = words(griffie, f"{DESK}/voorbeeld/")

    assert "Plaats volgt" in shown
    assert "Er staat nog niets in het programma." in shown


@pytest.mark.on_both
def test_an_organiser_sees_the_preview_and_publishes_nothing(app, save, browser_of, concept):
    organiser = staff(Role.ORGANISATOR)
    save(organiser)
    browser = browser_of(organiser)

    assert [browser.get(f"{DESK}/{page}").status_code for page in PAGES] == [404, 404, 404, 200]
    assert browser.post(f"{DESK}/publiceren/").status_code == 404
    assert versions(app) == []


def test_the_griffie_does_not_reach_a_closed_meeting_of_a_body(app, griffie, save):
    series = a_series(body=a_body())
    meeting = a_meeting(
        slug="maart", series=series, state=MeetingState.CONCEPT, openness=Openness.BESLOTEN
    )
    save(meeting, an_item(meeting))

    assert [griffie.get(f"{DESK}/{page}").status_code for page in PAGES] == [404] * 4
    assert griffie.post(f"{DESK}/publiceren/").status_code == 404


def test_a_visitor_is_sent_to_sign_in(client, concept):
    answers = [client.get(f"{DESK}/{page}") for page in PAGES]

    assert [a.status_code for a in answers] == [303] * 4
    assert client.post(f"{DESK}/publiceren/").status_code == 404


def test_an_announced_meeting_can_be_published(app, client, griffie):
    meeting = a_meeting(slug="maart")
    store_announced(app, meeting)
    with app.app_context():
        stored = db.session.get_one(Meeting, meeting.id)
        db.session.add(an_item(stored, title="Opening"))
        db.session.commit()

    assert press_publish(griffie, f"{DESK}/publiceren/").status_code == 303
    assert "Opening" in words(client, PUBLIC)


@pytest.mark.on_both
def test_forms_carry_the_token(make_app, concept, save, browser_of):
    app = make_app()
    person = staff()
    save(person)
    cookie = browser_of(person).get_cookie("kwartaal")
    browser = app.test_client()
    browser.set_cookie("kwartaal", cookie.value)

    page = browser.get(f"{DESK}/publiceren/").text

    assert page.count("<form") == page.count('name="csrf_token"')
    assert browser.post(f"{DESK}/publiceren/").status_code == 400
