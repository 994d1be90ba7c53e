"""After signing in somebody goes to a page of ours and to no other host (30 variants and more)."""

from __future__ import annotations

import pytest

from kwartaal.blueprints.account.next_page import own_path
from tests.factories import a_person
from tests.signing_in import PASSWORD, password_hash

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "//evil.example/%2e%2e",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http://127.0.0.1@evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "mailto:a@evil.example",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/\u2028/evil.example",
    "/\u200b/evil.example",
    "/\ufeff/evil.example",
    "/.//evil.example",
    "/mijn/..//evil.example",
    "/mijn/\r\nLocation: https://evil.example",
    "/\ud800/evil",
    "",
    "/inloggen",
    "/inloggen?next=/inloggen",
    "/uitloggen",
    "/" + "a" * 500,
]
OURS = [
    "/",
    "/mijn/",
    "/bijeenkomsten/voorjaar-2027/",
    "/bijeenkomsten/voorjaar-2027/?deel=2&thema=wonen#ronde-1",
    "/beheer/personen/?zoek=https://evil.example//x",
    "/caf%C3%A9/é",
    "/%2F%2Fevil.example",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_what_may_lead_elsewhere_is_dropped(wanted):
    assert own_path(wanted) == ""


@pytest.mark.parametrize("wanted", OURS)
def test_own_paths_are_kept(wanted):
    assert own_path(wanted) == wanted


def test_no_variant_leaves_the_site_after_signing_in(app, save, quick_hashes):
    person = a_person(password_hash=password_hash())
    save(person)
    me = {"email": person.email, "password": PASSWORD}
    browser = app.test_client()
    for wanted in ELSEWHERE[2::3]:
        answer = browser.post("/inloggen/wachtwoord", data=me | {"next": wanted})
        assert answer.location == "/mijn/", wanted
        again = browser.get("/inloggen", query_string={"next": wanted})
        assert again.location == "/mijn/", wanted
