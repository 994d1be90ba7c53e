"""Signing in with a mailed link or code, and signing out."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kwartaal import sign_in
from kwartaal.models.account import SignInLink
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Role
from tests.factories import a_person, staff
from tests.signing_in import (
    address_of,
    another,
    ask,
    code_of,
    is_signed_in,
    links,
    log,
    mails,
    open_sessions,
)

TOKEN = re.compile(r'name="csrf_token"[^>]* value="[^"]+"')


@pytest.fixture
def anna(save):
    person = a_person(email="anna@voorbeeld.example")
    save(person)
    return person


def test_sign_in_page_says_whom_to_call_without_an_account(client):
    page = client.get("/inloggen").text

    assert "Geen account? Bel de griffie" in page
    assert "+31\u00a078\u00a0770\u00a012\u00a034" in page
    assert ">Inloggen met wachtwoord</a>" in page


def test_asking_mails_whoever_has_the_address(app, client, anna):
    response = ask(client, "  Anna@VOORBEELD.example ")

    assert (response.status_code, response.location) == (303, "/inloggen/code")
    assert [(m.person_id, m.sign_in_link_id) for m in mails(app, MailKind.SIGN_IN)] == [
        (anna.id, links(app)[0].id)
    ]


def test_asking_for_an_unknown_address_mails_nobody(app, client, anna):
    ask(client, "niemand@voorbeeld.example")

    assert mails(app, MailKind.SIGN_IN) == []
    assert [link.person_id for link in links(app)] == [None]


def test_known_and_unknown_addresses_get_the_same_answers(app, anna):
    known, unknown = app.test_client(), app.test_client()
    answers = []
    for client, email in ((known, anna.email), (unknown, "wie@voorbeeld.example")):
        asked = ask(client, email)
        page = client.get(asked.location)
        wrong = [client.post("/inloggen/code", data={"code": "abc"}).status_code]
        tries = [client.post("/inloggen/code", data={"code": "000000"}) for _ in range(6)]
        wrong += [try_.status_code for try_ in tries]
        texts = [TOKEN.sub("", one.text) for one in (page, *tries)]
        answers.append((asked.status_code, asked.text, page.status_code, wrong, texts))

    assert answers[0] == answers[1]
    assert answers[0][3] == [422, 422, 422, 422, 422, 422, 429]


@pytest.mark.on_both
def test_known_and_unknown_addresses_take_the_same_statements(app, anna, count_queries):
    one, two = app.test_client(), app.test_client()

    known = count_queries(lambda: ask(one, anna.email))
    unknown = count_queries(lambda: ask(two, "wie@voorbeeld.example"))

    assert known - unknown == 1  # the outbox row


@pytest.mark.on_both
def test_what_is_no_address_is_said_and_kept(app, client):
    for email in ("", "anna", "a@b@c", "a" * 300 + "@voorbeeld.example", "=1+1"):
        response = ask(client, email)

        assert response.status_code == 422, email
        assert "Fout:" in response.text
        assert f'value="{email}"' in response.text
    assert links(app) == []


def test_at_most_three_mails_in_a_quarter_of_an_hour(app, clock, anna):
    for _ in range(5):
        assert ask(app.test_client(), anna.email).status_code == 303
    assert len(mails(app, MailKind.SIGN_IN)) == 3

    clock.pass_(minutes=15)
    ask(app.test_client(), anna.email)

    assert len(mails(app, MailKind.SIGN_IN)) == 4


def test_links_of_nobody_are_forgotten_once_they_expired(app, client, clock):
    ask(client, "wie@voorbeeld.example")
    clock.pass_(minutes=31)

    ask(client, "wie@voorbeeld.example")

    assert len(links(app)) == 1


@pytest.mark.on_both
def test_link_asks_first_and_then_signs_in_any_browser(app, client, anna):
    ask(client, anna.email)
    address = address_of(app, links(app)[0])
    other = app.test_client()

    assert ">Log in<" in other.get(address).text
    assert not is_signed_in(other)
    assert other.head(address).status_code == 200

    response = other.post(address)

    assert (response.status_code, response.location) == (303, "/mijn/")
    assert is_signed_in(other)
    assert not is_signed_in(client)


def test_link_works_once(app, client, anna):
    ask(client, anna.email)
    address = address_of(app, links(app)[0])
    client.post(address)
    other = app.test_client()

    for response in (other.get(address), other.post(address)):
        assert response.status_code == 410
        assert "Deze link werkt niet meer" in response.text
        assert 'action="/inloggen"' in response.text
    assert not is_signed_in(other)


def test_link_works_for_thirty_minutes(app, clock, anna):
    ask(app.test_client(), anna.email)
    address = address_of(app, links(app)[0])
    clock.pass_(minutes=29, seconds=59)
    assert app.test_client().get(address).status_code == 200

    clock.pass_(seconds=1)

    late = app.test_client()
    assert late.post(address).status_code == 410
    assert not is_signed_in(late)


def test_changed_or_foreign_links_do_nothing(app, client, anna):
    ask(client, anna.email)
    link = links(app)[0]
    token = sign_in.link_token(link, app.config["SECRET_KEY"])
    foreign = [
        sign_in.link_token(link, "another secret of thirty-two signs or more"),
        sign_in.link_token(SignInLink(public_id=anna.public_id), app.config["SECRET_KEY"]),
        token[:-1],
        "B" + token[1:],
        token.split(".")[0],
        ".",
        "é",
    ]
    for wrong in foreign:
        assert client.post(f"/inloggen/link/{wrong}/").status_code == 410, wrong
    assert not is_signed_in(client)


def test_a_link_of_one_purpose_does_not_work_for_another(app, client, anna):
    ask(client, anna.email)
    token = sign_in.link_token(links(app)[0], app.config["SECRET_KEY"])

    assert client.get(f"/inloggen/e-mailadres/{token}/").status_code == 410
    assert client.get(f"/inloggen/e-mailadres/stoppen/{token}/").status_code == 410


def test_nothing_in_the_database_gives_link_or_code(app, client, anna):
    ask(client, anna.email)
    link = links(app)[0]
    stored = " ".join(str(value) for value in vars(link).values())

    assert sign_in.link_token(link, app.config["SECRET_KEY"]) not in stored
    assert code_of(app, link) not in stored


def test_code_signs_in_the_browser_that_asked(app, client, anna):
    ask(client, anna.email)
    code = code_of(app, links(app)[0])

    response = client.post("/inloggen/code", data={"code": f" {code[:3]} {code[3:]} "})

    assert (response.status_code, response.location) == (303, "/mijn/")
    assert is_signed_in(client)


def test_code_does_not_work_in_another_browser(app, client, anna):
    ask(client, anna.email)
    other = app.test_client()
    code = code_of(app, links(app)[0])

    assert other.post("/inloggen/code", data={"code": code}).location == "/inloggen"
    ask(other, anna.email)  # its own mail has another code
    assert other.post("/inloggen/code", data={"code": code}).status_code == 422
    assert not is_signed_in(other)


def test_code_of_an_earlier_mail_works_after_asking_again(app, client, anna):
    for _ in range(4):
        ask(client, anna.email)

    client.post("/inloggen/code", data={"code": code_of(app, links(app)[0])})

    assert is_signed_in(client)


def test_asking_for_another_address_starts_anew(app, client, anna):
    ask(client, anna.email)
    ask(client, "wie@voorbeeld.example")

    response = client.post("/inloggen/code", data={"code": code_of(app, links(app)[0])})

    assert response.status_code == 422


def test_code_dies_after_five_wrong_tries(app, client, clock, anna, monkeypatch):
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: clock().timestamp())
    ask(client, anna.email)
    code = code_of(app, links(app)[0])
    for _ in range(5):
        wrong = client.post("/inloggen/code", data={"code": another(code)})
        assert "Deze code klopt niet." in wrong.text
    clock.pass_(minutes=2)  # past the limit of tries in a minute

    dead = client.post("/inloggen/code", data={"code": code})

    assert dead.status_code == 422
    assert "Deze code werkt niet meer." in dead.text
    assert not is_signed_in(client)


def test_link_works_after_its_code_died(app, client, anna):
    ask(client, anna.email)
    link = links(app)[0]
    for _ in range(6):
        client.post("/inloggen/code", data={"code": another(code_of(app, link))})

    client.post(address_of(app, link))

    assert is_signed_in(client)


def test_code_is_used_up_by_its_link(app, client, anna):
    ask(client, anna.email)
    link = links(app)[0]
    app.test_client().post(address_of(app, link))

    response = client.post("/inloggen/code", data={"code": code_of(app, link)})

    assert response.status_code == 422
    assert not is_signed_in(client)


def test_code_expires_with_its_link(app, client, clock, anna):
    ask(client, anna.email)
    clock.pass_(minutes=30)

    client.post("/inloggen/code", data={"code": code_of(app, links(app)[0])})

    assert not is_signed_in(client)


def test_what_is_no_code_is_said_without_counting_a_try(app, client, anna):
    ask(client, anna.email)

    for code in ("", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12 34", "x" * 5000):
        response = client.post("/inloggen/code", data={"code": code})
        assert response.status_code == 422, code
    assert links(app)[0].wrong_codes == 0


def test_code_page_without_asking_leads_to_the_sign_in_page(client):
    assert client.get("/inloggen/code").location == "/inloggen"


def test_signing_in_leads_to_the_page_that_was_wanted(app, anna):
    for browser in (app.test_client(), app.test_client()):
        ask(browser, anna.email, next="/bijeenkomsten/voorjaar/?deel=2")
    by_link, by_code = links(app)

    assert app.test_client().post(address_of(app, by_link)).location == (
        "/bijeenkomsten/voorjaar/?deel=2"
    )
    response = browser.post("/inloggen/code", data={"code": code_of(app, by_code)})
    assert response.location == "/bijeenkomsten/voorjaar/?deel=2"


def test_staff_starts_at_the_desk(app, client, save):
    person = staff(Role.GRIFFIE)
    save(person)
    ask(client, person.email)

    assert client.post(address_of(app, links(app)[0])).location == "/beheer/"


def test_protected_page_leads_to_sign_in_and_back(app, client, anna):
    wanted = client.get("/mijn/e-mailadres?x=1").location
    assert wanted == "/inloggen?next=/mijn/e-mailadres?x%3D1"

    assert 'value="/mijn/e-mailadres?x=1"' in client.get(wanted).text


def test_who_is_signed_in_skips_the_sign_in_pages(browser_of, anna):
    browser = browser_of(anna)

    assert browser.get("/inloggen").location == "/mijn/"
    assert browser.get("/inloggen?next=/kalender/").location == "/kalender/"
    assert browser.get("/inloggen/wachtwoord?next=//evil.example").location == "/mijn/"


def test_signing_in_gives_a_new_session_and_forgets_the_old_cookie(app, client, anna, browser_of):
    thief = browser_of(anna)
    with thief.session_transaction() as cookie:
        planted = dict(cookie) | {"left": "behind"}
    with client.session_transaction() as cookie:
        cookie.update(planted)
    ask(client, anna.email)

    client.post(address_of(app, links(app)[0]))

    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != planted["_user_id"]
        assert "left" not in cookie and "asked" not in cookie
    assert not is_signed_in(thief)
    assert open_sessions(app, anna) == 1


def test_session_cookie_of_before_signing_in_is_worth_nothing(app, client, anna):
    client.get("/inloggen")
    before = client.get_cookie("kwartaal")
    ask(client, anna.email)
    client.post(address_of(app, links(app)[0]))

    replayed = app.test_client()
    replayed.set_cookie("kwartaal", before.value if before else "")

    assert not is_signed_in(replayed)


def test_signing_out_ends_the_session_and_says_so(app, client, anna):
    ask(client, anna.email)
    client.post(address_of(app, links(app)[0]))
    signed_in = client.get_cookie("kwartaal").value

    response = client.post("/uitloggen")

    assert (response.status_code, response.location) == (303, "/")
    assert not is_signed_in(client)
    replayed = app.test_client()
    replayed.set_cookie("kwartaal", signed_in)
    assert not is_signed_in(replayed)


def test_opening_the_sign_out_address_only_asks(browser_of, anna):
    browser = browser_of(anna)

    assert ">Log nu uit<" in browser.get("/uitloggen").text
    assert is_signed_in(browser)


def test_signing_out_twice_is_fine(client):
    assert client.post("/uitloggen").location == "/"


@pytest.mark.on_both
def test_signing_in_and_out_and_failing_are_logged(app, client, anna):
    ask(client, anna.email)
    link = links(app)[0]
    client.post("/inloggen/code", data={"code": another(code_of(app, link))})
    client.post("/inloggen/code", data={"code": code_of(app, link)})
    client.post("/uitloggen")

    me = f"person:{anna.public_id}"
    assert log(app) == [
        ("sign_in_failed", me, {"how": "code"}),
        ("signed_in", me, {"how": "code"}),
        ("signed_out", me, {}),
    ]


def test_failure_for_an_unknown_address_is_logged_without_it(app, client):
    ask(client, "wie@voorbeeld.example")
    client.post("/inloggen/code", data={"code": "123456"})

    assert log(app) == [("sign_in_failed", "", {"how": "code"})]


@pytest.mark.on_both
def test_form_without_a_token_gets_a_page_that_helps(make_app):
    browser = make_app().test_client()
    pages = ("/inloggen", "/inloggen/code", "/inloggen/wachtwoord", "/inloggen/link/x/")

    for path in (*pages, "/uitloggen", "/mijn/wachtwoord", "/mijn/e-mailadres"):
        response = browser.post(path, data={"email": "a@voorbeeld.example"})
        assert response.status_code == 400, path
        assert "Dat is niet gelukt" in response.text


@pytest.mark.on_both
def test_forms_carry_the_token(make_app, save):
    browser = make_app().test_client()
    person = a_person()
    save(person)
    page = browser.get("/inloggen").text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert token

    asked = browser.post("/inloggen", data={"email": person.email, "csrf_token": token[1]})

    assert asked.status_code == 303
    assert TOKEN.search(browser.get("/inloggen/code").text)
    assert TOKEN.search(browser.get("/inloggen/wachtwoord").text)


def at_once(calls):
    """Run calls at the same moment, each with its own browser and connection."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.on_both
def test_link_opened_twice_at_once_signs_in_once(app, client, anna):
    ask(client, anna.email)
    address = address_of(app, links(app)[0])

    answers = at_once([lambda: app.test_client().post(address).status_code for _ in range(5)])

    assert sorted(answers) == [303, 410, 410, 410, 410]
    assert open_sessions(app, anna) == 1


@pytest.mark.on_both
def test_many_requests_at_once_send_three_mails(app, anna):
    answers = at_once([lambda: ask(app.test_client(), anna.email).status_code for _ in range(8)])

    assert answers == [303] * 8
    assert len(mails(app, MailKind.SIGN_IN)) == 3


@pytest.mark.on_both
def test_code_takes_five_wrong_tries_also_at_once(app, client, anna):
    ask(client, anna.email)
    link = links(app)[0]
    cookie = client.get_cookie("kwartaal").value
    wrong = another(code_of(app, link))

    def guess():
        browser = app.test_client()
        browser.set_cookie("kwartaal", cookie)
        return browser.post("/inloggen/code", data={"code": wrong}).status_code

    answers = at_once([guess for _ in range(8)])

    assert sorted(answers) == [422] * 5 + [429] * 3
    assert links(app)[0].wrong_codes == 5
