"""Forms as answers: refusals, constraints and two clerks, without a page around them."""

from __future__ import annotations

import io

import pytest
from flask import Flask, get_flashed_messages
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import NotFound
from wtforms import BooleanField

from kwartaal import translations
from kwartaal.db import db
from kwartaal.domain.refusals import NameTaken, Refused
from kwartaal.fields import CheckboxesField, KeyField, KwartaalForm, MomentField, TextField
from kwartaal.forms import SharedForm, refusals_at, refusals_flashed
from tests.factories import START, a_venue

CHANGED = "Iemand anders heeft hier net iets veranderd. Probeer het opnieuw."


class NameForm(KwartaalForm):
    name = TextField("Naam")
    key = KeyField()


class Shared(SharedForm):
    name = TextField("Naam")
    at = MomentField("Moment")
    groups = CheckboxesField("Groepen", choices=[("a", "Groep A"), ("b", "Groep B")])
    open = BooleanField("Open")


@pytest.fixture
def bare() -> Flask:
    """Enough of an application for a form; without a database."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="test", WTF_CSRF_ENABLED=False)
    translations.init_app(app)
    return app


def asked(app: Flask, data=None):
    return app.test_request_context("/", method="POST", data=data or {})


def test_a_refusal_stands_at_its_field(app):
    with asked(app):
        form = NameForm()
        form.validate()
        with refusals_at(form):
            raise NameTaken

        assert form.errors_in_order() == [
            ("name", "Naam", "Deze naam is al in gebruik. Kies een andere.")
        ]


def test_a_refusal_without_a_field_on_the_page_stands_above_the_form(app):
    with asked(app):
        form = NameForm()
        with refusals_at(form):
            raise Refused("elsewhere")

        assert form.errors_in_order() == [(None, "", "Dit kan niet.")]


def test_what_the_database_refuses_is_a_sentence_and_stores_nothing(app, save):
    save(a_venue(slug="raadhuis"))

    with asked(app):
        form = NameForm()
        with refusals_at(form):
            db.session.add(a_venue(slug="raadhuis"))
            db.session.commit()

        assert form.errors_in_order() == [(None, "", CHANGED)]


def test_what_the_database_refuses_after_a_button_is_a_message(app, save):
    save(a_venue(slug="raadhuis"))

    with asked(app):
        with refusals_flashed():
            db.session.add(a_venue(slug="raadhuis"))
            db.session.commit()

        assert get_flashed_messages(with_categories=True) == [("error", CHANGED)]


@pytest.mark.parametrize("around", [lambda: refusals_at(NameForm()), refusals_flashed])
def test_what_was_taken_away_meanwhile_is_not_there(app, around):
    with asked(app), pytest.raises(NotFound), around():
        raise NoResultFound


@pytest.mark.parametrize("sent", [None, "", "geen sleutel", "1-2-3"])
def test_a_key_that_is_none_is_replaced(bare, sent):
    with asked(bare, {"key": sent} if sent is not None else {}):
        first, second = NameForm().key.data, NameForm().key.data

    assert first.version == second.version == 4
    assert first != second


def test_a_key_comes_back_as_it_was_sent(bare):
    with bare.test_request_context("/"):
        key = NameForm().key.data
    with asked(bare, {"key": str(key)}):
        assert NameForm().key.data == key


STORED = {"name": "Kil", "at": START, "groups": ["a"], "open": False}


def page(bare, stored):
    """What the page shows: the fingerprints it sends along."""
    with bare.test_request_context("/"):
        return Shared(data=stored).seen.data


def send(bare, stored, seen, **typed):
    """The form as the server reads it, when this is what is stored by then."""
    data = {
        "name": "Kil",
        "at-date": "2027-03-23",
        "at-time": "12:00",
        "groups": ["a"],
        "seen": seen,
    }
    with asked(bare, data | typed):
        form = Shared(data=stored)
        valid = form.validate()
        return valid, form.name.data, form.errors_in_order(), form.seen.data


def test_what_was_left_alone_follows_what_is_stored(bare):
    seen = page(bare, STORED)
    now = STORED | {"name": "Merwede", "open": True, "groups": ["b"]}

    valid, name, _errors, _seen = send(bare, now, seen)

    assert (valid, name) == (True, "Merwede")


def test_both_values_are_shown_where_both_changed_the_same(bare):
    seen = page(bare, STORED)
    now = STORED | {"name": "", "groups": ["a", "b"], "at": None}

    valid, name, errors, _seen = send(
        bare, now, seen, name="Noord", groups=["b"], **{"at-time": "13:00"}
    )

    said = "Iemand anders maakte hiervan: ‘%s’. Kies wat het moet zijn en bewaar opnieuw."
    assert (valid, name) == (False, "Noord")
    assert errors == [
        ("name", "Naam", said % "leeg"),
        ("at-date", "Moment", said % "leeg"),
        ("groups-0", "Groepen", said % "Groep A, Groep B"),
    ]


def test_sending_it_again_keeps_what_is_typed(bare):
    now = STORED | {"name": "Merwede"}
    seen = send(bare, now, page(bare, STORED), name="Noord")[3]

    valid, name, _errors, _seen = send(bare, now, seen, name="Noord")

    assert (valid, name) == (True, "Noord")


def test_a_file_as_fingerprint_says_nothing(bare):
    valid, name, *_rest = send(bare, STORED, (io.BytesIO(b"x"), "a.txt"), name="Noord")

    assert (valid, name) == (True, "Noord")


def test_the_same_change_by_two_is_no_clash(bare):
    valid, *_rest = send(bare, STORED | {"name": "Noord"}, page(bare, STORED), name="Noord")

    assert valid


@pytest.mark.parametrize("seen", ["", "onzin", "name: at"])
def test_a_page_without_fingerprints_just_saves(bare, seen):
    valid, name, _errors, _seen = send(bare, STORED | {"name": "Merwede"}, seen, name="Noord")

    assert (valid, name) == (("name:" not in seen), "Noord")


def taken(bare, stored, seen, name):
    """The form sent again with "Neem dit over" ticked, when this is what is stored by then."""
    data = {"name": "Noord", "at-date": "2027-03-23", "at-time": "12:00", "groups": ["a"]}
    with asked(bare, data | {"seen": seen, "take": name}):
        form = Shared(data=stored)
        return form.validate(), form.name.data


def test_what_another_stored_is_shown_whole_and_can_be_taken_over(bare):
    now = STORED | {"name": "Merwede " * 25}
    with asked(bare, {"name": "Noord", "seen": page(bare, STORED), "groups": ["a"]}):
        form = Shared(data=now)
        form.validate()
        clashes, seen = form.clashes, form.seen.data

    valid, name = taken(bare, now, seen, "name")

    assert [(clash.name, clash.stored) for clash in clashes][0] == ("name", now["name"])
    assert (valid, name) == (True, now["name"])


def test_what_changed_once_more_is_not_taken_over_unseen(bare):
    seen = page(bare, STORED | {"name": "Merwede"})

    assert taken(bare, STORED | {"name": "Kil"}, seen, "name") == (False, "Noord")


@pytest.mark.parametrize("name", ["", "onzin", "seen", "csrf_token"])
def test_only_values_of_the_form_can_be_taken_over(bare, name):
    assert taken(bare, STORED, page(bare, STORED), name) == (True, "Noord")
