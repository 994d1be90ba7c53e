"""The page that offers the attendance list as a file, and remembers what somebody chose."""

from __future__ import annotations

import pytest

from kwartaal.db import db
from kwartaal.models.export_choice import remember_choice
from kwartaal.models.person import Role, RoleGrant
from tests.factories import a_person
from tests.html_tree import find
from tests.reading import links, words

CONTRACT = ["naam", "email", "telefoon", "organisatie", "doelgroep"]
DEFAULT = [*CONTRACT, "ronde 1", "ronde 2", "aanwezig"]
PAGE = "/exporteren"


def ticked(browser, door, query=""):
    page = browser.get(door.at(PAGE + query)).text
    boxes = [box for _tag, box, _inside in find(page, "input") if box.get("name") == "columns"]
    return [box["value"] for box in boxes if "checked" in box]


def choose(browser, door, *columns, kind="csv"):
    return browser.post(door.at(PAGE), data={"columns": list(columns), "format": kind})


def test_attendance_page_leads_here(door, organiser):
    assert links(organiser, door.at())["Exporteren"] == door.at(PAGE)


def test_files_beside_a_narrowed_list_are_named_as_the_whole_list(door, organiser):
    found = links(organiser, door.at("?stand=excused"))
    shown = {" ".join(text.split()): address for text, address in found.items()}

    assert (shown["icon Hele lijst: CSV"], shown["icon Hele lijst: Excel"]) == (
        door.at(".csv"),
        door.at(".xlsx"),
    )


def test_columns_of_the_contract_are_ticked_at_first(door, organiser):
    assert ticked(organiser, door) == DEFAULT


def test_choice_leads_to_the_file_that_carries_it(door, organiser):
    answer = choose(organiser, door, "naam", "lunch", kind="ods")

    assert answer.status_code == 303
    assert answer.location == door.at(".ods?kolommen=naam,lunch")


def test_columns_of_the_contract_lead_to_the_plain_address(door, organiser):
    assert choose(organiser, door, *DEFAULT, kind="xlsx").location == door.at(".xlsx")


def test_choice_is_remembered_for_who_made_it(door, organiser, browser_of):
    choose(organiser, door, "naam", "email")
    choose(organiser, door, "naam", "ambt")

    assert ticked(organiser, door) == ["naam", "ambt"]
    assert ticked(browser_of(door.griffie), door) == DEFAULT


def test_choice_in_the_address_is_ticked(door, organiser):
    choose(organiser, door, "naam", "email")

    assert ticked(organiser, door, "?kolommen=status,naam") == ["naam", "status"]


@pytest.mark.on_both
def test_plain_file_has_the_columns_of_the_contract_whatever_is_remembered(door, organiser):
    choose(organiser, door, "naam")

    assert organiser.get(door.at(".csv")).text.strip("\ufeff\r\n").split(";") == DEFAULT


def test_remembered_column_that_this_meeting_lacks_is_left_out(door, organiser):
    with door.app.app_context():
        remember_choice(door.organiser.id, ["naam", "ronde 7"], False)
        db.session.commit()

    assert ticked(organiser, door) == ["naam"]


def withdrawn_is_ticked(browser, door, query=""):
    page = browser.get(door.at(PAGE + query)).text
    boxes = [box for _tag, box, _inside in find(page, "input")]
    return any(box.get("name") == "with_withdrawn" and "checked" in box for box in boxes)


def test_page_says_who_is_in_the_file_and_how_many_withdrew(door, organiser):
    door.register(door.somebody("Anna", "Jansen"))
    gone = door.somebody("Wim", "Weg")
    door.register(gone)
    door.withdraw(gone)

    page = words(organiser, door.at(PAGE))

    assert (
        "De lijst heeft 1 regel. Daarin staat wie een plek heeft of wacht, wie zonder aanmelding "
        "kwam en wie spreekt, ook als iemand bij de griffie is afgemeld. Wie zich zelf afmeldde, "
        "staat er alleen in als u dat aankruist."
    ) in page
    assert "Ook wie zich zelf afmeldde (1 persoon)" in page


@pytest.mark.on_both
def test_choice_for_who_withdrew_is_in_the_address_and_remembered(door, organiser):
    said = {"columns": DEFAULT, "format": "ods", "with_withdrawn": "y"}

    answer = organiser.post(door.at(PAGE), data=said)

    assert answer.location == door.at(".ods?afgemeld=ja")
    assert withdrawn_is_ticked(organiser, door)
    assert not withdrawn_is_ticked(organiser, door, "?afgemeld=nee")
    choose(organiser, door, *DEFAULT)
    assert not withdrawn_is_ticked(organiser, door)


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ([], "Kies ten minste één kolom."),
        (["naam", "postcode"], "Een van uw keuzes bestaat niet meer. Kies opnieuw."),
    ],
)
def test_wrong_choice_is_told_and_not_remembered(door, organiser, columns, sentence):
    answer = choose(organiser, door, *columns)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert ticked(organiser, door) == DEFAULT


@pytest.mark.on_both
def test_unknown_kind_of_file_is_refused(door, organiser):
    assert choose(organiser, door, "naam", kind="exe").status_code == 400


@pytest.mark.on_both
def test_unknown_column_in_the_address_of_the_page_is_told(door, organiser):
    answer = organiser.get(door.at(PAGE + "?kolommen=postcode"))

    assert (answer.status_code, "De kolom ‘postcode’ bestaat niet." in answer.text) == (422, True)


def test_page_tells_how_long_the_list_is_and_who_took_it(door, organiser, browser_of):
    door.register(door.somebody("Anna", "Jansen"))
    browser_of(door.griffie).get(door.at(".json?kolommen=naam,ambt"))

    page = words(organiser, door.at(PAGE))

    assert "De lijst heeft 1 regel." in page
    assert f"{door.griffie.full_name} JSON 1 naam, ambt" in page


@pytest.mark.on_both
def test_griffier_sees_the_own_exports_and_no_more(door, save, organiser, browser_of):
    griffier = a_person("Gijs", "Griffier")
    griffier.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.town.id))
    save(griffier)
    organiser.get(door.at(".xlsx"))
    browser = browser_of(griffier)
    browser.get(door.at(".ods"))

    page = words(browser, door.at(PAGE))

    assert ("Gijs Griffier ODS" in page, "XLSX 0" in page) == (True, False)
    assert "Aangemeld op" not in page


@pytest.mark.on_both
def test_number_of_queries_does_not_grow(door, organiser, count_queries):
    few = count_queries(lambda: organiser.get(door.at(PAGE)))
    for number in range(6):
        door.register(door.somebody("Anna", f"Jansen{number}"), door.money)
        organiser.get(door.at(".json"))

    assert count_queries(lambda: organiser.get(door.at(PAGE))) == few
