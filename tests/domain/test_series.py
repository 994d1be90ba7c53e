"""The rules of series, without a database."""

from __future__ import annotations

import pytest

from kwartaal.domain import series as rules
from kwartaal.domain.preparation_refusals import (
    DecisionsBelongToBodies,
    OnlyBodiesClose,
    PurposeInUse,
)
from kwartaal.domain.refusals import NameTaken
from kwartaal.domain.series import USUAL_PURPOSES, About
from kwartaal.models.openness import Openness
from tests.conftest import NOON
from tests.factories import a_body, a_series


def about(**changes):
    values = {
        "name": "Kwartaalbijeenkomsten",
        "description": "",
        "openness": Openness.OPENBAAR,
        "purposes": USUAL_PURPOSES,
    }
    return About(**(values | changes))


def names(series):
    return [(purpose.name, purpose.position) for purpose in series.purposes]


def test_add_makes_a_series_with_its_purposes_in_order():
    series = rules.add(about(purposes=["ophalen", "informeren"]), None, [])

    assert series.slug == "kwartaalbijeenkomsten"
    assert names(series) == [("ophalen", 1), ("informeren", 2)]


def test_change_keeps_the_purposes_that_stay_with_their_agenda_items():
    series = a_series(name="Reeks")
    informing, collecting = series.purposes

    rules.change(
        series, about(purposes=["Ophalen", "nieuw"]), [series], lambda purpose: False, NOON
    )

    assert names(series) == [("Ophalen", 1), ("nieuw", 2)]
    assert series.purposes[0] is collecting


def test_a_purpose_of_an_agenda_item_stays():
    series = a_series()

    with pytest.raises(PurposeInUse):
        rules.change(series, about(purposes=[]), [series], lambda purpose: True, NOON)


def test_change_keeps_the_address():
    series = a_series(slug="oud")

    rules.change(series, about(), [series], lambda purpose: False, NOON)

    assert series.slug == "oud"


def test_a_name_is_used_once():
    with pytest.raises(NameTaken):
        rules.add(about(), None, [a_series(name="kwartaalbijeenkomsten")])


def test_only_a_body_closes():
    with pytest.raises(OnlyBodiesClose):
        rules.add(about(openness=Openness.BESLOTEN), None, [])


DECISIONS = ["besluiten", "Besluitvorming", "vaststellen", "beslissen", "ter vaststelling"]


@pytest.mark.parametrize("name", [*DECISIONS, "stemming"])
def test_only_a_body_decides(name):
    assert rules.add(about(purposes=[name]), a_body(), []).purposes[0].name == name
    with pytest.raises(DecisionsBelongToBodies):
        rules.add(about(purposes=[name]), None, [])
