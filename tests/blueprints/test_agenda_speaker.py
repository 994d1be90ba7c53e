"""Choosing who speaks at a point from the people we know, by an office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import MeetingState
from tests.conftest import NOON
from tests.desk_pages import key, messages, rows
from tests.factories import (
    a_meeting,
    a_person,
    an_agenda_item,
    an_office,
    an_office_kind,
    an_organisation,
    staff,
)
from tests.publishing import change


@pytest.fixture
def desk(save, browser_of):
    clerk = staff()
    save(clerk)
    return browser_of(clerk)


class Scene:
    """A point without a speaker, and Ineke Vos, alderman of Zwijndrecht."""

    def __init__(self, save, **office):
        self.person = a_person("Ineke", "Vos")
        town = an_organisation("Zwijndrecht")
        kind = an_office_kind("wethouder")
        self.office = an_office(self.person, kind=kind, organisation=town, **office)
        meeting = a_meeting(state=MeetingState.CONCEPT)
        self.item = an_agenda_item(meeting, title="Wonen")
        save(self.person, self.office, meeting, self.item)
        self.page = f"/beheer/bijeenkomsten/{meeting.slug}/agenda/{self.item.public_id}/spreker/"

    def choice(self, **fields):
        keys = {"person": self.person.public_id, "office": self.office.public_id}
        return {name: str(value) for name, value in keys.items()} | {"from": ""} | fields


@pytest.fixture
def scene(save):
    return Scene(save)


def speaker(app, item):
    with app.app_context():
        row = db.session.get_one(AgendaItem, item.id)
        return row.speaker, row.person_id


@pytest.mark.on_both
def test_people_are_found_with_their_offices_and_without_addresses(scene, desk):
    answer = desk.get(f"{scene.page}?zoek=vos")

    assert rows(answer) == [("1", "Ineke Vos")]
    assert ("wethouder, Zwijndrecht" in answer.text, scene.person.email in answer.text) == (
        True,
        False,
    )


@pytest.mark.on_both
@pytest.mark.parametrize("words", ["", "v", "zzz"])
def test_one_letter_or_nobody_finds_nobody(scene, desk, words):
    assert rows(desk.get(f"{scene.page}?zoek={words}")) == []


def test_who_is_chosen_is_named_with_the_office(app, scene, desk):
    answer = desk.post(scene.page, data=scene.choice(), follow_redirects=True)

    assert messages(answer) == ["‘wethouder Ineke Vos (Zwijndrecht)’ staat erbij."]
    assert speaker(app, scene.item) == ("wethouder Ineke Vos (Zwijndrecht)", scene.person.id)


def test_what_a_colleague_wrote_meanwhile_stays(app, scene, desk):
    change(app, AgendaItem, scene.item.id, speaker="Van Anna")

    answer = desk.post(scene.page, data=scene.choice(), follow_redirects=True)

    assert messages(answer) == ["Iemand anders maakte hier net ‘Van Anna’ van. Kies opnieuw."]
    assert speaker(app, scene.item) == ("Van Anna", None)


@pytest.mark.on_both
def test_an_office_that_is_over_cannot_be_chosen(app, save, desk):
    scene = Scene(save, ends_on=NOON.date() - timedelta(days=1))

    assert desk.post(scene.page, data=scene.choice()).status_code == 404


@pytest.mark.parametrize("wrong", [{"person": key()}, {"office": key()}, {"person": ""}])
def test_who_is_not_there_cannot_be_chosen(scene, desk, wrong):
    assert desk.post(scene.page, data=scene.choice(**wrong)).status_code == 404


@pytest.mark.on_both
def test_a_person_who_is_deleted_leaves_the_words(app, scene, desk):
    desk.post(scene.page, data=scene.choice())
    with app.app_context():
        db.session.delete(db.session.get_one(type(scene.person), scene.person.id))
        db.session.commit()

    assert speaker(app, scene.item) == ("wethouder Ineke Vos (Zwijndrecht)", None)
