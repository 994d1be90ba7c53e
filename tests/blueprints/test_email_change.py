"""Another sign-in address: asked, confirmed by the new one, stopped or undone by the old one."""

from __future__ import annotations

from datetime import date

import pytest

from kwartaal import sign_in
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Role
from tests.factories import a_body, a_membership, a_person, staff
from tests.signing_in import (
    PASSWORD,
    address_of,
    ask,
    changes,
    is_signed_in,
    links,
    log,
    mails,
    password_hash,
    stored,
)

OLD, NEW = "anna@voorbeeld.example", "anna.jansen@nieuw.example"


@pytest.fixture
def anna(save):
    person = a_person(email=OLD)
    save(person)
    return person


def request_change(browser, email=NEW):
    return browser.post("/mijn/e-mailadres", data={"email": email})


def confirm_address(app, number=-1):
    token = sign_in.confirm_token(changes(app)[number], app.config["SECRET_KEY"])
    return f"/inloggen/e-mailadres/{token}/"


def stop_address(app, number=-1):
    token = sign_in.stop_token(changes(app)[number], app.config["SECRET_KEY"])
    return f"/inloggen/e-mailadres/stoppen/{token}/"


def addresses(app, kind):
    return [mail.address for mail in mails(app, kind)]


def test_asking_mails_both_addresses_and_changes_nothing(app, anna, browser_of):
    browser = browser_of(anna)

    response = request_change(browser, " Anna.Jansen@nieuw.example")

    assert (response.status_code, response.location) == (303, "/mijn/e-mailadres")
    assert addresses(app, MailKind.EMAIL_CHANGE_CONFIRM) == [NEW]
    assert addresses(app, MailKind.EMAIL_CHANGE_NOTICE) == [OLD]
    assert stored(app, anna).email == OLD
    assert f"naar {NEW}" in browser.get("/mijn/e-mailadres").text
    assert log(app) == [("email_change_requested", f"person:{anna.public_id}", {})]


@pytest.mark.on_both
def test_confirming_changes_the_address_and_signs_out_everywhere(app, anna, browser_of):
    browser, elsewhere = browser_of(anna), browser_of(anna)
    request_change(browser)
    ask(app.test_client(), OLD)
    mailbox = app.test_client()

    assert NEW in mailbox.get(confirm_address(app)).text
    assert mailbox.head(confirm_address(app)).status_code == 200
    assert stored(app, anna).email == OLD
    response = mailbox.post(confirm_address(app))

    assert (response.status_code, response.location) == (303, "/inloggen")
    assert stored(app, anna).email == NEW
    assert not is_signed_in(browser) and not is_signed_in(elsewhere)
    assert mailbox.post(address_of(app, links(app)[0])).status_code == 410
    assert log(app)[-1] == ("email_changed", f"person:{anna.public_id}", {})


def test_confirming_works_once_and_for_a_day(app, anna, browser_of, clock):
    browser = browser_of(anna)
    request_change(browser)
    clock.pass_(days=1)
    late = app.test_client().post(confirm_address(app))
    assert late.status_code == 410
    assert "Deze link werkt niet meer" in late.text

    request_change(browser)
    assert app.test_client().post(confirm_address(app)).status_code == 303
    assert app.test_client().post(confirm_address(app)).status_code == 410
    assert app.test_client().get(confirm_address(app)).status_code == 410


@pytest.mark.on_both
def test_old_address_can_stop_the_change(app, anna, browser_of):
    browser = browser_of(anna)
    request_change(browser)
    mailbox = app.test_client()

    assert ">Stop de wijziging<" in mailbox.get(stop_address(app)).text
    assert mailbox.post(stop_address(app)).location == "/inloggen"

    assert mailbox.post(confirm_address(app)).status_code == 410
    assert stored(app, anna).email == OLD
    assert is_signed_in(browser)
    stopped = ("email_change_stopped", f"person:{anna.public_id}", {"what": "stopped"})
    assert log(app)[-1] == stopped
    assert mailbox.post(stop_address(app)).status_code == 410


@pytest.mark.on_both
def test_old_address_can_undo_the_change_for_a_day(app, save, browser_of, clock):
    person = a_person(email=OLD, password_hash=password_hash())
    save(person)
    request_change(browser_of(person))
    clock.pass_(hours=20)
    app.test_client().post(confirm_address(app))
    thief = app.test_client()
    thief.post("/inloggen/wachtwoord", data={"email": NEW, "password": PASSWORD})
    assert is_signed_in(thief)
    clock.pass_(hours=23)
    mailbox = app.test_client()

    assert ">Draai de wijziging terug<" in mailbox.get(stop_address(app)).text
    assert mailbox.post(stop_address(app)).status_code == 303

    assert stored(app, person).email == OLD
    assert stored(app, person).password_hash is None
    assert not is_signed_in(thief)
    assert log(app)[-1][2] == {"what": "undone"}


def test_a_day_after_it_took_effect_the_change_stays(app, anna, browser_of, clock):
    request_change(browser_of(anna))
    app.test_client().post(confirm_address(app))
    clock.pass_(days=1)

    assert app.test_client().post(stop_address(app)).status_code == 410
    assert stored(app, anna).email == NEW


def test_undoing_also_takes_back_what_came_after(app, anna, browser_of):
    request_change(browser_of(anna))
    app.test_client().post(confirm_address(app, 0))
    request_change(browser_of(anna), "nog@verder.example")
    app.test_client().post(confirm_address(app, 1))

    app.test_client().post(stop_address(app, 0))

    assert stored(app, anna).email == OLD
    assert app.test_client().post(stop_address(app, 1)).status_code == 410
    assert stored(app, anna).email == OLD


def test_asking_again_takes_the_earlier_question_back(app, anna, browser_of):
    browser = browser_of(anna)
    request_change(browser)
    request_change(browser, "ander@nieuw.example")

    assert app.test_client().post(confirm_address(app, 0)).status_code == 410
    assert app.test_client().post(confirm_address(app, 1)).status_code == 303
    assert stored(app, anna).email == "ander@nieuw.example"


@pytest.mark.on_both
def test_more_than_three_questions_in_a_quarter_are_refused(app, anna, browser_of):
    browser = browser_of(anna)
    for n in range(3):
        assert request_change(browser, f"adres{n}@nieuw.example").status_code == 303

    response = request_change(browser, "adres4@nieuw.example")

    assert response.status_code == 422
    assert "Wacht een kwartier" in response.text
    assert 'value="adres4@nieuw.example"' in response.text


@pytest.mark.parametrize("email", ["", "anna", "a@b@c", OLD, OLD.upper()])
def test_address_that_cannot_be_is_said_in_words(app, anna, browser_of, email):
    response = request_change(browser_of(anna), email)

    assert response.status_code == 422
    assert "Fout:" in response.text
    assert changes(app) == []


def test_who_asks_does_not_learn_which_addresses_are_known(app, save, anna, browser_of):
    other = a_person(email="bekend@voorbeeld.example")
    save(other)
    browser = browser_of(anna)

    taken = request_change(browser, other.email)

    assert (taken.status_code, taken.location) == (303, "/mijn/e-mailadres")
    assert other.email in browser.get("/mijn/e-mailadres").text
    assert addresses(app, MailKind.EMAIL_CHANGE_CONFIRM) == []
    assert addresses(app, MailKind.EMAIL_CHANGE_NOTICE) == [OLD]


@pytest.mark.on_both
def test_address_that_was_taken_meanwhile_is_refused(app, save, anna, browser_of):
    request_change(browser_of(anna))
    save(a_person(email=NEW))

    response = app.test_client().post(confirm_address(app))

    assert response.status_code == 410
    assert "logt al iemand anders in" in response.text
    assert stored(app, anna).email == OLD


def test_foreign_and_swapped_links_do_nothing(app, anna, browser_of):
    request_change(browser_of(anna))
    change = changes(app)[0]
    key = app.config["SECRET_KEY"]
    confirm, stop = sign_in.confirm_token(change, key), sign_in.stop_token(change, key)
    foreign = sign_in.confirm_token(change, "another secret of thirty-two signs or more")

    for path in (f"/inloggen/e-mailadres/{stop}/", f"/inloggen/e-mailadres/{foreign}/"):
        assert app.test_client().post(path).status_code == 410
    assert app.test_client().post(f"/inloggen/e-mailadres/stoppen/{confirm}/").status_code == 410
    assert stored(app, anna).email == OLD


@pytest.mark.on_both
def test_page_is_for_who_is_signed_in(client):
    assert client.get("/mijn/e-mailadres").location == "/inloggen?next=/mijn/e-mailadres"
    assert request_change(client).status_code == 404


def start_for(app, person, by):
    """As a clerk's page would; gives the name of the refusal, if any."""
    from kwartaal.db import db
    from kwartaal.domain import email_changes
    from kwartaal.domain.refusals import Refused
    from kwartaal.models.person import Person
    from tests.conftest import NOON

    with app.app_context():
        owner, actor = (db.session.get_one(Person, one.id) for one in (person, by))
        try:
            email_changes.start_email_change(owner, NEW, actor, NOON, date(2027, 3, 10))
        except Refused as refusal:
            return type(refusal).__name__
        return None


@pytest.mark.on_both
def test_only_oneself_or_the_beheerder_starts_it_for_staff_and_members(app, save, anna):
    clerk, beheerder = staff(Role.GRIFFIE), staff(Role.BEHEERDER)
    member, former = a_person(), a_person()
    body = a_body()
    save(
        clerk,
        beheerder,
        a_membership(member, body),
        a_membership(former, body, ends_on=date(2027, 3, 9)),
    )

    assert start_for(app, beheerder, clerk) == "AddressChangeNotAllowed"
    assert start_for(app, member, clerk) == "AddressChangeNotAllowed"
    assert [start_for(app, one, clerk) for one in (anna, former)] == [None, None]
    assert [start_for(app, one, beheerder) for one in (clerk, member)] == [None, None]
    assert start_for(app, member, member) is None
