"""The field for links: what one may type, and what is said when it is no link."""

from __future__ import annotations

import pytest

from kwartaal.fields import AddressField, KwartaalForm, LinksField
from kwartaal.fields.links import TypedLink, is_safe_address, links_in
from tests.test_fields import app  # noqa: F401  (the application without a database)

WRONG = (
    "‘{}’ heeft geen adres dat begint met https://. "
    "Bijvoorbeeld: Startnotitie https://www.voorbeeld.nl/notitie"
)


class LinksForm(KwartaalForm):
    links = LinksField("Links", most=2)


def outcome(app, typed):  # noqa: F811
    with app.test_request_context(method="POST", data={"links": typed}):
        form = LinksForm()
        return form.links.data if form.validate() else form.links.errors[0]


TYPED = [
    ("", ""),
    ("Nota  wonen   https://a.nl/n.pdf ", "Nota wonen https://a.nl/n.pdf"),
    ("https://a.nl", "https://a.nl"),
    ("A https://a.nl\r\n\r\nB https://b.nl?x=1&y=2#z", "A https://a.nl\nB https://b.nl?x=1&y=2#z"),
    ("A https://a.nl:8443/x", "A https://a.nl:8443/x"),
    ("A http://a.nl", WRONG.format("A http://a.nl")),
    ("A javascript:alert(1)", WRONG.format("A javascript:alert(1)")),
    ("A //a.nl", WRONG.format("A //a.nl")),
    ("https://a.nl Alles over  A", "Alles over A https://a.nl"),
    ("https://a.nl A https://b.nl", "https://a.nl A https://b.nl"),
    ("http://a.nl A", WRONG.format("http://a.nl A")),
    ("A https://bank.nl@evil.nl", WRONG.format("A https://bank.nl@evil.nl")),
    ('A https://a.nl/"onclick=', WRONG.format('A https://a.nl/"onclick=')),
    ("A https://localhost", WRONG.format("A https://localhost")),
    ("A https://[a.nl", WRONG.format("A https://[a.nl")),
    ("A https://a.nl:x", WRONG.format("A https://a.nl:x")),
    ("A https://a.nl/" + "x" * 500, WRONG.format("A https://a.nl/" + "x" * 45)),
    ("A" * 121 + " https://a.nl", "Gebruik voor de naam van een link hoogstens 120 tekens."),
    ("https://a.nl\n" * 3, "Gebruik niet meer dan 2 links."),
]


@pytest.mark.parametrize(("typed", "becomes"), TYPED)
def test_links(app, typed, becomes):  # noqa: F811
    assert outcome(app, typed) == becomes


class AddressForm(KwartaalForm):
    address = AddressField("Adres")


NO_ADDRESS = "Dit adres klopt niet. Bijvoorbeeld: https://www.voorbeeld.nl/uitzending"
ADDRESSES = [
    ("", ""),
    (" https://stream.example.org/a?b=1,2;c ", "https://stream.example.org/a?b=1,2;c"),
    ("http://stream.example.org", NO_ADDRESS),
    ("javascript:alert(1)", NO_ADDRESS),
    ("stream.example.org", NO_ADDRESS),
    ("https://a.nl https://b.nl", NO_ADDRESS),
    ("https://bank.nl@evil.nl", NO_ADDRESS),
    ("https://a.nl/" + "x" * 500, "Gebruik niet meer dan 500 tekens. Nu zijn het er 513."),
]


@pytest.mark.parametrize(("typed", "becomes"), ADDRESSES)
def test_address(app, typed, becomes):  # noqa: F811
    with app.test_request_context(method="POST", data={"address": typed}):
        form = AddressForm()
        assert (form.address.data if form.validate() else form.address.errors[0]) == becomes


@pytest.mark.parametrize("sign", ' \t\n\r\0\x7f\u00a0<>"`\\')
def test_an_address_with_a_sign_that_no_address_holds_is_not_safe(sign):
    assert is_safe_address("https://example.nl/a?b#c")
    assert not is_safe_address(f"https://exa{sign}mple.nl")


def test_a_link_without_words_is_called_by_its_address():
    assert links_in("Nota wonen https://a.nl\nhttps://b.nl") == [
        TypedLink("Nota wonen", "https://a.nl"),
        TypedLink("https://b.nl", "https://b.nl"),
    ]
