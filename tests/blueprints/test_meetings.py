"""The list of meetings, and the page of one, for whoever may see it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, Speaker
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from tests.conftest import NOON
from tests.factories import (
    START,
    a_council_member,
    a_meeting,
    a_round,
    a_venue,
    a_workshop,
    an_item,
)
from tests.publishing import cancel, change, publish, store, store_announced
from tests.reading import links, words

PAGE = "/bijeenkomsten/maart/"


def a_whole_meeting(**columns: object) -> tuple[Meeting, list[ProgrammeItem]]:
    """A round with three workshops: with places, full, and of another theme."""
    meeting = a_meeting(**({"slug": "maart", "title": "Wonen"} | columns))
    round_ = a_round(meeting, title="Ronde 1")
    free = a_workshop(round_, 20, title="Met plek", taken=14, theme="Wonen", position=1)
    full = a_workshop(round_, 20, title="Vol", taken=20, waiting=5, theme="Wonen", position=2)
    energy = a_workshop(round_, 20, title="Warmte", taken=18, theme="Energie", position=3)
    free.room = meeting.venue.rooms[0]
    free.speakers = [Speaker(name="Saskia de Waard", part="planoloog"), Speaker(name="Bo")]
    return meeting, [round_, free, full, energy]


def test_show_has_the_day_with_rooms_speakers_and_places(app: Flask, client: FlaskClient):
    meeting, parts = a_whole_meeting()
    store(app, meeting, an_item(meeting, title="Opening", description="Welkom.\nKoffie."), *parts)

    shown = words(client, PAGE)

    assert "12.00 tot 13.00 uur Opening Welkom. Koffie." in shown
    assert "13.00 tot 14.00 uur Ronde 1 Wonen Grote zaal Met plek" in shown
    assert "Met Saskia de Waard (planoloog) en Bo." in shown
    assert "Nog 6 plekken van 20 Kies : Met plek" in shown
    assert "Vol · 5 op de wachtlijst Op de wachtlijst : Vol" in shown
    assert "Nog 2 plekken van 20 Kies : Warmte" in shown


def test_choose_leads_to_the_workshop_in_the_form(app: Flask, client: FlaskClient):
    meeting, parts = a_whole_meeting()
    store(app, meeting, *parts)

    form, anchor = links(client, PAGE)["Kies : Met plek"].split("#")

    assert form == f"/bijeenkomsten/maart/aanmelden?keuze={parts[1].public_id}"
    assert anchor == f"round-{parts[0].public_id}-{parts[1].public_id}"


def test_show_says_how_to_get_there_and_for_whom_it_is(app: Flask, client: FlaskClient):
    venue = a_venue(name="De Werfzaal", street="Kade 1", town="Sliedrecht")
    venue.directions = "Vijf minuten lopen.\n\nRolstoel: ja."
    audiences = (Audience.RAAD, Audience.BEDRIJF, Audience.BUURGEMEENTE)
    store(app, a_meeting(slug="maart", venue=venue, audiences=audiences))

    shown = words(client, PAGE)

    assert "De Werfzaal Kade 1, Sliedrecht Vijf minuten lopen. Rolstoel: ja." in shown
    assert "Deze bijeenkomst is voor raadsleden, bedrijven en buurgemeenten." in shown


def test_only_with_places_leaves_the_rest_of_the_day(app: Flask, client: FlaskClient):
    meeting, parts = a_whole_meeting()
    store(app, meeting, an_item(meeting, title="Opening"), *parts)

    shown = words(client, PAGE + "?toon=plek")

    present = [name for name in ("Opening", "Met plek", "Warmte") if f" {name} " in shown]
    assert present == ["Opening", "Met plek", "Warmte"]
    assert "5 op de wachtlijst" not in shown


def test_a_theme_and_places_together(app: Flask, client: FlaskClient):
    meeting, parts = a_whole_meeting()
    store(app, meeting, *parts)

    shown = words(client, PAGE + "?toon=plek&thema=Wonen")

    assert ("Nog 6 plekken" in shown, "op de wachtlijst" in shown, "Nog 2 plekken" in shown) == (
        True,
        False,
        False,
    )
    assert links(client, PAGE + "?toon=plek&thema=Wonen")["Alle thema’s"] == PAGE + "?toon=plek"


def test_an_empty_filter_says_so_with_a_way_out(app: Flask, client: FlaskClient):
    meeting = a_meeting(slug="maart")
    round_ = a_round(meeting)
    store(app, meeting, round_, a_workshop(round_, 2, taken=2))

    assert "Er zijn geen workshops met plek. Bekijk alle workshops" in words(
        client, PAGE + "?toon=plek"
    )


@pytest.mark.parametrize(
    "query", ["?toon=onzin", "?thema=Niets", "?toon=keuzes", "?thema=<script>"]
)
def test_an_unknown_filter_shows_everything(app: Flask, client: FlaskClient, query):
    meeting, parts = a_whole_meeting()
    store(app, meeting, *parts)

    assert words(client, PAGE + query) == words(client, PAGE)


def test_who_is_registered_sees_the_own_choices(app, save, browser_of):
    meeting, parts = a_whole_meeting()
    person = a_council_member()
    store(app, meeting, *parts, person)
    save(registered(meeting, person, (parts[1], ChoiceState.PLACED)))
    browser = browser_of(person)

    shown = words(browser, PAGE + "?toon=keuzes")

    assert "U bent aangemeld" in shown
    assert "icon Uw keuze Wijzig : Met plek" in shown
    assert "Warmte" not in shown


def registered(meeting, person, *chosen) -> Registration:
    registration = Registration(
        meeting_id=meeting.id,
        person_id=person.id,
        state=RegistrationState.PLACED,
        changed_at=NOON,
        created_at=NOON,
    )
    for item, state in chosen:
        registration.choices.append(
            Choice(
                meeting_id=meeting.id,
                item_id=item.id,
                round_id=item.round_id,
                state=state,
                changed_at=NOON,
            )
        )
    return registration


def test_lunch_shows_its_places_outside_a_round(app: Flask, client: FlaskClient):
    meeting = a_meeting(slug="maart")
    lunch = an_item(
        meeting, ItemKind.LUNCH, title="Lunch", sign_up=SignUp.LIMITED, maximum=50, taken=8
    )
    store(app, meeting, lunch)

    assert "Lunch Nog 42 plekken van 50 Kies : Lunch" in words(client, PAGE)
    assert links(client, PAGE)["Kies : Lunch"].endswith(f"#item-{lunch.public_id}")


def test_after_the_deadline_nothing_can_be_chosen(app: Flask, client: FlaskClient, clock):
    meeting, parts = a_whole_meeting()
    store(app, meeting, *parts)
    clock.moment = START - timedelta(days=2)

    assert "Aanmelden kan niet meer. Bel de griffie." in words(client, PAGE)
    assert [text for text in links(client, PAGE) if text.startswith(("Kies", "Meld"))] == []


def test_a_meeting_that_is_over_says_so(app: Flask, client: FlaskClient, clock):
    store(app, a_meeting(slug="maart"))
    clock.moment = START + timedelta(days=1)

    assert "Deze bijeenkomst is geweest." in words(client, PAGE)


@pytest.mark.parametrize("over", ["held", "cancelled"])
def test_what_is_over_counts_no_places(app: Flask, client: FlaskClient, clock, over):
    meeting, parts = a_whole_meeting()
    store(app, meeting, *parts)
    if over == "cancelled":
        cancel(app, meeting, "IJzel.")
    else:
        clock.moment = START + timedelta(days=1)

    assert re.findall(r"Nog \d+ plek|Vrij aanmelden|met plek", words(client, PAGE)) == []


def test_an_announced_meeting_has_no_programme(app: Flask, client: FlaskClient):
    store_announced(app, a_meeting(slug="maart", introduction="KANARIE"))

    shown = words(client, PAGE)

    assert "Het programma volgt. Zet de datum alvast in uw agenda." in shown
    assert "KANARIE" not in shown


def test_a_cancelled_meeting_says_why(app: Flask, client: FlaskClient):
    meeting, parts = a_whole_meeting()
    store(app, meeting, *parts)
    cancel(app, meeting, "De zaal\nis dicht.")

    assert "Deze bijeenkomst gaat niet door De zaal is dicht." in words(client, PAGE)
    assert [text for text in links(client, PAGE) if text.startswith(("Kies", "Meld"))] == []


@pytest.fixture
def changed_meeting(app: Flask, save) -> Meeting:
    """Version 2 gave one workshop another room and speaker, and added one."""
    meeting, parts = a_whole_meeting()
    store(app, meeting, *parts)
    change(app, ProgrammeItem, parts[2].id, room_id=parts[1].room_id)
    change(app, ProgrammeItem, parts[1].id, room_id=None)
    save(Speaker(item_id=parts[2].id, name="Kim"), another(parts[0], 9))
    publish(app, meeting)
    return meeting


@pytest.mark.on_both
def test_what_the_last_version_changed_says_so(changed_meeting, client: FlaskClient):
    shown = words(client, PAGE)

    assert "Met plek Gewijzigd: zaal Met Saskia" in shown
    assert "Vol Gewijzigd: zaal, spreker Met Kim." in shown
    assert "Workshop 9 Nieuw" in shown
    assert shown.count("Gewijzigd: ") == 2


def test_a_change_stays_marked_when_another_follows(app, changed_meeting, client: FlaskClient):
    change(app, Meeting, changed_meeting.id, introduction="Nieuw")
    publish(app, changed_meeting, NOON + timedelta(days=1))

    shown = words(client, PAGE)

    assert ("Workshop 9 Nieuw" in shown, shown.count("Gewijzigd: ")) == (True, 2)


def test_the_page_tells_its_version_and_what_that_changed(changed_meeting, client: FlaskClient):
    shown = words(client, PAGE)

    assert "Dit is versie 2 van programma en agenda." in shown
    assert "Wat is er gewijzigd" in shown
    assert "Versies van programma en agenda Versie 2 (deze) woensdag 10 maart 2027" in shown
    assert links(client, PAGE)["Versie 1"] == PAGE + "programma/versie/1/"


def test_an_old_programme_is_read_as_it_was_without_places(changed_meeting, client: FlaskClient):
    shown = words(client, PAGE + "programma/versie/1/")

    assert "Versie 1 is vervangen door versie 2." in shown
    assert ("Workshop 9" in shown, "Nog " in shown) == (False, False)


@pytest.mark.parametrize("number", ["0", "3", "x"])
def test_a_programme_that_never_was_is_not_there(changed_meeting, client: FlaskClient, number):
    assert client.get(f"{PAGE}programma/versie/{number}/").status_code == 404


@pytest.mark.parametrize("later", [timedelta(days=14, minutes=1), START - NOON + timedelta(days=1)])
def test_after_two_weeks_or_the_meeting_it_is_no_news(changed_meeting, client, clock, later):
    clock.moment = NOON + later

    assert "Gewijzigd: " not in words(client, PAGE)


def test_texts_are_shown_as_they_were_typed(app: Flask, client: FlaskClient):
    store(app, a_meeting(slug="maart", title="<b>Wonen</b>", introduction="<script>1</script>"))

    page = client.get(PAGE).text

    assert ("&lt;b&gt;Wonen" in page, "&lt;script&gt;1" in page, "<script>1" in page) == (
        True,
        True,
        False,
    )


@pytest.mark.on_both
def test_show_takes_as_many_queries_at_any_size(app, client, save, count_queries):
    meeting, parts = a_whole_meeting()
    store(app, meeting, *parts)
    save(another(parts[0], 0))
    publish(app, meeting)
    few = count_queries(lambda: client.get(PAGE))
    save(*(another(parts[0], n) for n in range(1, 57)))
    publish(app, meeting)

    assert count_queries(lambda: client.get(PAGE)) == few


def another(round_: ProgrammeItem, position: int) -> ProgrammeItem:
    return ProgrammeItem(
        meeting_id=round_.meeting_id,
        round_id=round_.id,
        kind=ItemKind.WORKSHOP,
        title=f"Workshop {position}",
        position=position,
        starts_at=round_.starts_at,
        ends_at=round_.ends_at,
        sign_up=SignUp.OPEN,
        speakers=[Speaker(name="Iemand")],
    )
