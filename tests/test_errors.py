"""The pages for what cannot be done: what a clerk typed can still be copied."""

from __future__ import annotations

import re

import pytest

from kwartaal.models.person import Role
from tests.factories import staff

GONE = "/beheer/bijeenkomsten/is-weg/agenda/6f1c1f0e-58d5-4c0b-9a57-0d7e1f0b6c11/"
TEXT = "Een lange toelichting.\n<b>Twee regels.</b>"
FORM = {"csrf_token": "a b c", "openness": "openbaar", "title": "Een nieuwe titel", "text": TEXT}
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def clerk(save):
    person = staff(Role.GRIFFIE)
    save(person)
    return person


def typed(page: str) -> list[str]:
    return re.findall(r'<pre class="kw-prose">(.*?)</pre>', page, re.DOTALL)


def test_a_form_about_something_that_is_gone_gives_the_texts_back(clerk, browser_of):
    answer = browser_of(clerk).post(GONE, data=FORM, headers=FROM_HERE)

    assert answer.status_code == 404
    assert typed(answer.text) == [
        "Een nieuwe titel",
        "Een lange toelichting.\n&lt;b&gt;Twee regels.&lt;/b&gt;",
    ]


def test_a_form_of_who_was_signed_out_gives_the_texts_back(client):
    answer = client.post(GONE, data=FORM, headers=FROM_HERE)

    assert typed(answer.text)[0] == "Een nieuwe titel"
    assert "Hebt u een account?" in answer.text


def test_a_stale_form_gives_the_texts_back(app, clerk, browser_of):
    app.config["WTF_CSRF_ENABLED"] = True

    answer = browser_of(clerk).post(GONE, data=FORM, headers=FROM_HERE)

    assert answer.status_code == 400
    assert typed(answer.text)[0] == "Een nieuwe titel"


@pytest.mark.parametrize(
    ("sent_from", "leads_to"),
    [
        ("http://localhost/beheer/lijst?zoek=jan", "/beheer/lijst?zoek%3Djan"),
        ("http://elsewhere.example/beheer/", GONE),
        ("", GONE),
    ],
)
def test_who_was_signed_out_signs_in_and_is_back_at_the_form(app, client, sent_from, leads_to):
    app.config["WTF_CSRF_ENABLED"] = True

    page = client.post(GONE, data=FORM, headers={"Referer": sent_from}).text

    assert f'href="/inloggen?next={leads_to}">Log in</a>' in page


@pytest.mark.parametrize("sent_from", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_put_its_words_on_our_page(clerk, browser_of, sent_from):
    answer = browser_of(clerk).post(GONE, data=FORM, headers=sent_from)

    assert typed(answer.text) == []


def test_outside_the_desk_nothing_is_shown_again(client):
    answer = client.post(
        "/mijn/bestaat-niet", data={"password": "een geheim wachtwoord"}, headers=FROM_HERE
    )

    assert typed(answer.text) == []
