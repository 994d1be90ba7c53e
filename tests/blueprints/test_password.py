"""Signing in with a password, and setting one under /mijn/."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from tests.factories import a_person
from tests.signing_in import PASSWORD, is_signed_in, log, open_sessions, password_hash, stored

NEW = "nog vier andere woorden"
pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def anna(save):
    person = a_person(email="anna@voorbeeld.example", password_hash=password_hash())
    save(person)
    return person


@pytest.fixture
def limits_clock(clock, monkeypatch):
    """Lets the counted minute pass with the clock of the test."""
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: clock().timestamp())
    monkeypatch.setattr("kwartaal.limits.time.time", lambda: clock().timestamp())
    return clock


def sign_in(client, email, password=PASSWORD, **data):
    data = {"email": email, "password": password, **data}
    return client.post("/inloggen/wachtwoord", data=data)


def save_password(browser, **data):
    return browser.post("/mijn/wachtwoord", data=data)


def test_right_password_signs_in(app, client, anna):
    response = sign_in(client, "ANNA@voorbeeld.example", next="/kalender/")

    assert (response.status_code, response.location) == (303, "/kalender/")
    assert is_signed_in(client)
    assert log(app) == [("signed_in", f"person:{anna.public_id}", {"how": "password"})]


def test_wrong_password_unknown_address_and_no_password_answer_alike(app, save, anna):
    without = a_person()
    save(without)
    answers = []
    for email, password in (
        (anna.email, "niet het wachtwoord"),
        ("wie@voorbeeld.example", PASSWORD),
        (without.email, PASSWORD),
        (without.email, ""),
    ):
        response = sign_in(app.test_client(), email, password)
        answers.append((response.status_code, response.text.replace(email, "")))

    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 422
    assert "horen niet bij elkaar" in answers[0][1]
    assert PASSWORD not in answers[1][1]
    assert answers[3][0] == 422


def test_unknown_address_takes_as_much_hashing(client, monkeypatch):
    checked = []
    verify = PasswordHasher.verify

    def noted(self, kept, password):
        checked.append(kept)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", noted)

    sign_in(client, "wie@voorbeeld.example")

    assert len(checked) == 1


def test_sixth_wrong_password_in_a_minute_has_to_wait(limits_clock, client, anna):
    wrong = [sign_in(client, anna.email, "fout").status_code for _ in range(5)]
    limits_clock.pass_(seconds=20)

    response = sign_in(client, anna.email)

    assert wrong == [422] * 5
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "40"
    assert "Te veel pogingen" in response.text

    limits_clock.pass_(seconds=41)
    assert sign_in(client, anna.email).status_code == 303


@pytest.mark.on_both
def test_limit_holds_for_unknown_addresses_too(client, limits_clock):
    tries = [sign_in(client, "wie@voorbeeld.example").status_code for _ in range(6)]

    assert tries == [422] * 5 + [429]


def test_successes_are_not_counted(app, limits_clock, anna):
    assert [sign_in(app.test_client(), anna.email).status_code for _ in range(7)] == [303] * 7


def test_guesses_at_the_same_moment_are_counted_one_by_one(app, anna):
    def guess(number):
        return sign_in(app.test_client(), anna.email, f"fout {number}").status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(8)))

    assert sorted(answers) == [422] * 5 + [429] * 3


def test_older_hash_is_replaced_at_the_next_sign_in(app, client, save):
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    person = a_person(password_hash=old)
    save(person)

    sign_in(client, person.email)

    renewed = stored(app, person).password_hash
    assert renewed != old
    assert sign_in(app.test_client(), person.email).status_code == 303
    assert stored(app, person).password_hash == renewed


def test_hash_that_is_no_hash_signs_nobody_in(client, save):
    person = a_person(password_hash="kapot")
    save(person)

    assert sign_in(client, person.email, "kapot").status_code == 422


@pytest.mark.on_both
def test_setting_a_first_password_asks_no_old_one(app, save, browser_of):
    person = a_person()
    save(person)
    browser = browser_of(person)

    response = save_password(browser, new=NEW)

    assert (response.status_code, response.location) == (303, "/mijn/wachtwoord")
    assert sign_in(app.test_client(), person.email, NEW).status_code == 303
    assert log(app)[0] == ("password_changed", f"person:{person.public_id}", {"what": "set"})


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("", "Gebruik 12 tekens of meer."),
        ("elf tekens!", "Gebruik 12 tekens of meer."),
        ("x" * 129, "Gebruik niet meer dan 128 tekens."),
        ("wachtwoord123", "makkelijk te raden"),
        ("aaaaaaaaaaaa", "makkelijk te raden"),
        ("1qaz2wsx3edc4rfv", "makkelijk te raden"),
        ("annaannaannaanna", "makkelijk te raden"),
    ],
)
def test_password_that_is_too_weak_is_refused_in_words(app, save, browser_of, new, sentence):
    person = a_person()
    save(person)

    response = save_password(browser_of(person), new=new)

    assert response.status_code == 422
    assert sentence in response.text
    assert stored(app, person).password_hash is None


def test_any_other_password_of_12_to_128_characters_is_fine(app, save, browser_of):
    person = a_person()
    save(person)
    browser = browser_of(person)
    longest = "".join(chr(33 + 7 * n % 90) for n in range(128))

    for new in ("x7 é€🙂 kerk boom", " =1+1 <script> '; DROP ", longest):
        assert save_password(browser, new=new).status_code == 303
        assert sign_in(app.test_client(), person.email, new).status_code == 303


def test_changing_a_password_ends_the_other_sessions(app, clock, anna, browser_of):
    here, elsewhere = browser_of(anna), browser_of(anna)
    clock.pass_(minutes=20)

    response = save_password(here, current=PASSWORD, new=NEW)

    assert response.status_code == 303
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert sign_in(app.test_client(), anna.email).status_code == 422
    assert sign_in(app.test_client(), anna.email, NEW).status_code == 303


def test_changing_a_password_asks_the_old_one(app, clock, anna, browser_of):
    browser = browser_of(anna)
    clock.pass_(minutes=15)

    missing = save_password(browser, new=NEW)
    wrong = save_password(browser, current="niet het wachtwoord", new=NEW)

    assert (missing.status_code, wrong.status_code) == (422, 422)
    assert "Vul uw wachtwoord van nu in." in missing.text
    assert "Dit is niet uw wachtwoord van nu." in wrong.text
    assert stored(app, anna).password_hash == anna.password_hash


@pytest.mark.on_both
def test_old_password_cannot_be_guessed_there(clock, anna, browser_of):
    browser = browser_of(anna)
    clock.pass_(minutes=15)

    tries = [save_password(browser, current="fout", new=NEW).status_code for _ in range(6)]

    assert tries == [422] * 5 + [429]


def test_who_just_signed_in_may_replace_a_forgotten_password(app, clock, anna, browser_of):
    browser = browser_of(anna)
    clock.pass_(minutes=14)

    assert "Uw wachtwoord van nu" not in browser.get("/mijn/wachtwoord").text
    assert save_password(browser, new=NEW).status_code == 303


def test_removing_the_password_leaves_the_mailed_link(app, anna, browser_of):
    here, elsewhere = browser_of(anna), browser_of(anna)

    response = save_password(here, remove="1", new="")

    assert response.status_code == 303
    assert stored(app, anna).password_hash is None
    assert sign_in(app.test_client(), anna.email).status_code == 422
    assert not is_signed_in(elsewhere)
    assert log(app)[0] == ("password_changed", f"person:{anna.public_id}", {"what": "removed"})


@pytest.mark.on_both
def test_password_page_is_for_who_is_signed_in(client):
    assert client.get("/mijn/wachtwoord").location == "/inloggen?next=/mijn/wachtwoord"
    assert save_password(client, new=NEW).status_code == 404


def test_password_is_never_shown_again(anna, client):
    assert PASSWORD not in sign_in(client, "wie@voorbeeld.example").text


@pytest.mark.on_both
def test_signing_in_again_replaces_the_session_of_this_browser(app, client, anna):
    sign_in(client, anna.email)
    sign_in(client, anna.email)

    assert open_sessions(app, anna) == 1
