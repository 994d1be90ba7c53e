"""The attendance list as a file: the same cells in each, in chosen columns or the contract's."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kwartaal.db import db
from kwartaal.models.attendance import MarkKind
from kwartaal.models.attendance_export import count_exported, exported_people
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Audience
from kwartaal.models.people_list import EVERYBODY
from kwartaal.models.person import Role, RoleGrant
from kwartaal.spreadsheets import original_text
from tests.attendance_samples import Door, everybody_on
from tests.factories import a_person
from tests.golden import golden
from tests.signing_in import log
from tests.table_files import cells_of

KINDS = ["csv", "xlsx", "ods", "json", "pdf"]


@pytest.fixture
def door(app, save, clock):
    door = Door(app, save, clock)
    door.publish()
    return door


@pytest.fixture
def organiser(door, browser_of):
    return browser_of(door.organiser)


def fetched(browser, door, kind, query=""):
    answer = browser.get(door.at(f".{kind}{query}"))
    assert answer.status_code == 200
    return answer.data


def csv_cells(browser, door, query=""):
    return cells_of("csv", fetched(browser, door, "csv", query))


def exported(door):
    """What the log says of each export."""
    return [detail for action, _subject, detail in log(door.app) if action == "exported"]


def row_of(rows, name):
    return dict(zip(rows[0], next(row for row in rows if row[0] == name), strict=True))


def everybody(door):
    """Placed, waiting with a rank, formulas, accents, speakers, a walk-in; one withdrew."""
    zoe = door.somebody(
        "Zoë", "Çelik", email="zoe@voorbeeld.example", phone="+31787701234", prefix="van der"
    )
    came = door.register(zoe, door.dikes, door.money, door.lunch)
    waits = door.somebody("Bram", "Aalbers", door.other_town, email=None)
    waits.contact_email = "bram@voorbeeld.example"
    door.save(waits)
    door.register(waits, door.dikes)
    door.register(door.somebody("=1+1", "@SOM(A1)", email="formule@voorbeeld.example"))
    gone = door.somebody("Wim", "Weg")
    door.register(gone, door.heat)
    door.withdraw(gone)
    door.speaks(door.heat, "Naam Alleen")
    speaker = door.somebody("Sanne", "Spreker", door.other_town, email="sanne@voorbeeld.example")
    door.speaks(door.dikes, person=speaker)
    door.speaks(door.money, person=speaker)
    visitor = door.somebody("Inge", "Loop", email=None)
    door.let_in(visitor)
    door.mark(came)
    return came


def test_export_matches_the_golden_file(door, organiser):
    everybody(door)

    exported = organiser.get(door.at(".csv")).data.decode("utf-8")

    assert exported.replace("\r\n", "\n") == golden(
        "attendance.csv", exported.replace("\r\n", "\n")
    )


def test_csv_has_its_dialect(door, organiser):
    answer = organiser.get(door.at(".csv"))

    assert answer.data == (
        b"\xef\xbb\xbfnaam;email;telefoon;organisatie;doelgroep;ronde 1;ronde 2;aanwezig\r\n"
    )
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_spreadsheets_hold_the_same_cells(door, organiser, kind):
    everybody(door)

    assert cells_of(kind, fetched(organiser, door, kind)) == csv_cells(organiser, door)


def test_json_holds_the_same_cells_without_the_apostrophe(door, organiser):
    everybody(door)

    heading, *rows = csv_cells(organiser, door)
    bare = [[original_text(cell) for cell in row] for row in rows]

    assert json.loads(fetched(organiser, door, "json")) == [
        dict(zip(heading, row, strict=True)) for row in bare
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_file_is_named_after_meeting_and_day(door, organiser, kind):
    named = organiser.get(door.at(f".{kind}")).headers["Content-Disposition"]

    assert named == f'attachment; filename="aanwezigheid-aan-de-rivier-2027-03-23.{kind}"'


def test_day_is_added_to_an_address_without_one(app, save, clock, browser_of):
    door = Door(app, save, clock, slug="zonder-dag")

    named = browser_of(door.organiser).get(door.at(".csv")).headers["Content-Disposition"]

    assert named == 'attachment; filename="aanwezigheid-zonder-dag-2027-03-23.csv"'


def test_waiting_person_has_the_number_in_line(door, organiser):
    door.register(door.somebody("Eerst", "Jansen"), door.dikes)
    for number in (1, 2):
        door.register(door.somebody("Wacht", f"Pieters{number}"), door.dikes, door.money)

    row = row_of(csv_cells(organiser, door), "Wacht Pieters2")

    assert (row["ronde 1"], row["ronde 2"]) == ("wachtlijst 2: Dijken", "Geld")


def test_wish_has_the_number_in_line_for_the_meeting(app, save, clock, browser_of):
    door = Door(app, save, clock, maximum=1)
    door.publish()
    door.register(door.somebody("Eerst", "Jansen"))
    door.register(door.somebody("Wacht", "Pieters"), door.heat)

    row = row_of(csv_cells(browser_of(door.organiser), door), "Wacht Pieters")

    assert row["ronde 1"] == "wachtlijst 1: Warmte"


def test_speaker_has_the_title_of_the_workshop(door, organiser):
    door.speaks(door.money, "Naam Alleen")

    row = row_of(csv_cells(organiser, door), "Naam Alleen")

    assert (row["ronde 1"], row["ronde 2"], row["doelgroep"]) == ("", "Geld", "")


def test_registered_speaker_is_one_row(door, organiser):
    person = door.somebody("Sanne", "Spreker")
    door.register(person, door.heat)
    door.speaks(door.money, person=person)

    rows = csv_cells(organiser, door)

    assert [row[0] for row in rows[1:]] == ["Sanne Spreker"]
    assert rows[1][5:7] == ["Warmte", "Geld"]


def test_titles_are_those_that_readers_see(door, organiser):
    door.register(door.somebody("Anna", "Jansen"), door.heat)
    with door.app.app_context():
        db.session.merge(door.heat).title = "Nog niet gepubliceerd"
        db.session.commit()

    assert row_of(csv_cells(organiser, door), "Anna Jansen")["ronde 1"] == "Warmte"


def test_present_is_yes_no_or_unknown(door, browser_of, clock):
    door.mark(door.register(door.somebody("Is", "Er")))
    undone = door.register(door.somebody("Toch", "Niet"))
    door.mark(undone)
    door.mark(undone, MarkKind.UNDONE)
    before = [row[-1] for row in csv_cells(browser_of(door.organiser), door)[1:]]

    clock.moment = door.meeting.ends_at
    after = [row[-1] for row in csv_cells(browser_of(door.organiser), door)[1:]]

    assert (before, after) == (["ja", ""], ["ja", "nee"])


def test_cancelled_meeting_says_of_nobody_that_they_stayed_away(door, clock, organiser):
    door.register(door.somebody("Anna", "Jansen"))
    with door.app.app_context():
        meeting = db.session.merge(door.meeting)
        meeting.state = MeetingState.CANCELLED
        meeting.ends_at = clock() - timedelta(hours=1)
        meeting.starts_at = clock() - timedelta(hours=3)
        meeting.registration_closes_at = meeting.starts_at
        db.session.commit()

    assert csv_cells(organiser, door)[1][-1] == ""


def test_rows_stand_in_order_of_last_name(door, organiser):
    for first, last in (("Bo", "Zeeman"), ("Ali", "Öztürk"), ("Cor", "Oever"), ("Dirk", "aalders")):
        door.register(door.somebody(first, last))
    door.speaks(door.heat, "Piet Paulusma")

    names = [row[0] for row in csv_cells(organiser, door)[1:]]

    assert names == ["Dirk aalders", "Cor Oever", "Ali Öztürk", "Piet Paulusma", "Bo Zeeman"]


@pytest.mark.parametrize("kind", KINDS)
def test_export_is_written_down(door, organiser, kind):
    door.register(door.somebody("Anna", "Jansen"))
    fetched(organiser, door, kind)

    with door.app.app_context():
        entry = db.session.query(AuditEntry).filter_by(action=AuditAction.EXPORTED).one()
        assert (entry.subject, entry.actor_id) == (
            "meeting:aan-de-rivier-2027-03-23",
            door.organiser.id,
        )
        assert entry.detail == {
            "format": kind,
            "columns": [
                *("naam", "email", "telefoon", "organisatie", "doelgroep"),
                *("ronde 1", "ronde 2", "aanwezig"),
            ],
            "people": 1,
        }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_number_of_queries_does_not_grow(door, organiser, count_queries, kind):
    def fill(numbers):
        for number in numbers:
            person = door.somebody("Anna", f"Jansen{number}")
            door.register(person, door.dikes, door.money, door.lunch)

    fill(range(3))
    few = count_queries(lambda: organiser.get(door.at(f".{kind}")).data)
    fill(range(3, 60))
    many = count_queries(lambda: organiser.get(door.at(f".{kind}")).data)

    assert few == many


def test_group_of_a_walk_in_is_kept(door, organiser):
    door.let_in(door.somebody("Inge", "Loop", email=None), door.other_town)

    row = row_of(csv_cells(organiser, door), "Inge Loop")

    assert (row["organisatie"], row["doelgroep"], row["aanwezig"]) == (
        "Papendrecht",
        Audience.RAAD,
        "ja",
    )


def test_columns_are_those_of_the_address_in_its_order(door, organiser):
    everybody(door)

    rows = csv_cells(organiser, door, "?kolommen=achternaam,tussenvoegsel,lunch,status,naam")

    assert rows[0] == ["achternaam", "tussenvoegsel", "lunch", "status", "naam"]
    assert ["Çelik", "van der", "ja", "plek", "Zoë van der Çelik"] in rows
    assert ["Naam Alleen", "", "", "spreker", "Naam Alleen"] in rows
    assert ["Loop", "", "", "inloop", "Inge Loop"] in rows


def test_every_other_column_of_somebody(door, organiser):
    door.mark(door.register(door.somebody("Anna", "Jansen"), door.money))
    query = "?kolommen=voornaam,ambt,gemeente,wachtlijst,aangemeld op,gezien om,lunch"

    assert csv_cells(organiser, door, query)[1] == [
        *("Anna", "raadslid", "Zwijndrecht", ""),
        *("2027-03-10 12:00", "2027-03-10 12:00", ""),
    ]


def test_list_of_one_part_gives_the_file_of_the_whole_meeting(door, organiser):
    everybody(door)
    speaker = door.somebody("Sara", "Deel")
    door.speaks(door.dikes, person=speaker)
    door.register(speaker, door.heat)

    of_part = csv_cells(organiser, door, f"?onderdeel={door.heat.public_id}")

    assert of_part == csv_cells(organiser, door)
    assert len([row for row in of_part if row[0] == "Sara Deel"]) == 1


def test_speaker_has_the_municipality_of_the_office(door, organiser):
    speaker = door.somebody("Sanne", "Spreker", door.other_town)
    door.speaks(door.dikes, person=speaker)

    rows = csv_cells(organiser, door, "?kolommen=voornaam,achternaam,gemeente,ambt")

    assert rows[1] == ["Sanne", "Spreker", "Papendrecht", "raadslid"]


def test_waiting_for_the_meeting_has_its_number(app, save, clock, browser_of):
    door = Door(app, save, clock, maximum=1)
    door.publish()
    for name in ("Eerst", "Tweede", "Derde"):
        door.register(door.somebody(name, "Jansen"))

    rows = csv_cells(browser_of(door.organiser), door, "?kolommen=voornaam,status,wachtlijst")

    assert sorted(rows[1:]) == [
        ["Derde", "wachtlijst", "2"],
        ["Eerst", "plek", ""],
        ["Tweede", "wachtlijst", "1"],
    ]


def test_who_withdrew_is_in_every_file_when_asked_for(door, organiser):
    everybody(door)
    query = "?kolommen=naam,status,afgemeld om,ronde 1,gezien om"
    without, rows = (csv_cells(organiser, door, query + more) for more in ("", "&afgemeld=ja"))

    gone = [row for row in rows if row not in without]
    assert gone == [["Wim Weg", "afgemeld", "2027-03-10 12:00", "", ""]]
    for kind in ("xlsx", "ods"):
        file = fetched(organiser, door, kind, query + "&afgemeld=ja")
        assert cells_of(kind, file) == rows
    in_json = json.loads(fetched(organiser, door, "json", query + "&afgemeld=ja"))
    assert [one["naam"] for one in in_json] == [original_text(row[0]) for row in rows[1:]]
    assert [one["people"] for one in exported(door)] == [len(without) - 1] + 4 * [len(rows) - 1]
    assert [one.get("with_withdrawn") for one in exported(door)] == [None] + 4 * [True]


def test_who_withdrew_and_speaks_all_the_same_is_in_it_once(door, organiser):
    person = door.somebody("Sanne", "Spreker")
    door.register(person, door.heat)
    door.withdraw(person)
    door.speaks(door.dikes, person=person)

    rows = csv_cells(organiser, door, "?kolommen=naam,status&afgemeld=ja")

    assert rows[1:] == [["Sanne Spreker", "spreker"]]
    assert exported(door)[0]["people"] == 1


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kolom=naam", "In het adres staat ‘kolom’. Bedoelt u ‘kolommen’?"),
        ("Kolommen=naam", "In het adres staat ‘Kolommen’. Bedoelt u ‘kolommen’?"),
        ("afgemelden=ja", "In het adres staat ‘afgemelden’. Bedoelt u ‘afgemeld’?"),
        ("afgemeld=misschien", "Zet in het adres achter ‘afgemeld’ ja of nee."),
    ],
)
@pytest.mark.parametrize("path", [".csv", "/exporteren", "/exporteren/xlsx"])
def test_misspelt_address_is_told_on_the_page(door, organiser, path, query, sentence):
    answer = organiser.get(door.at(f"{path}?{query}"))

    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_foreign_names_in_the_address_change_nothing(door, organiser):
    everybody(door)

    assert csv_cells(organiser, door, "?foo=1&utm_source=mail") == csv_cells(organiser, door)


def test_unknown_column_is_named_on_the_page(door, organiser):
    answer = organiser.get(door.at(".csv?kolommen=naam,postcode"))

    assert answer.status_code == 422
    assert "De kolom ‘postcode’ bestaat niet. Kies uit: naam, email, telefoon" in answer.text
    assert exported(door) == []


def test_no_column_at_all_is_told(door, organiser):
    answer = organiser.get(door.at(".ods?kolommen="))

    assert (answer.status_code, "Kies ten minste één kolom." in answer.text) == (422, True)


def test_chosen_columns_are_in_the_log(door, organiser):
    fetched(organiser, door, "csv", "?kolommen=naam,ambt")

    assert exported(door)[0] == {"format": "csv", "columns": ["naam", "ambt"], "people": 0}


def test_rows_of_the_export_are_those_of_the_list(door):
    everybody(door)
    with door.app.app_context():
        attendance = Attendance(db.session.get_one(Meeting, door.meeting.id), EVERYBODY)
        listed, exported = everybody_on(attendance), list(exported_people(attendance))

        assert count_exported(attendance) == len(listed)
    for one, other in zip(listed, exported, strict=True):
        for field in SHARED:
            assert (field, getattr(one, field)) == (field, getattr(other, field))


SHARED = (
    *"name address phone office organisation state rank picks parts".split(),
    *"arrived_at is_late left_at excused_at".split(),
)


def test_griffier_exports_the_own_municipality(door, save, browser_of):
    door.register(door.somebody("Anna", "Jansen"))
    door.register(door.somebody("Bo", "Bos", door.other_town))
    griffier = a_person("Gijs", "Griffier")
    griffier.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.town.id))
    save(griffier)
    browser = browser_of(griffier)

    assert [row[0] for row in csv_cells(browser, door)] == ["naam", "Anna Jansen"]
    assert exported(door)[0]["people"] == 1
    assert browser.get(door.at(".csv?kolommen=aangemeld op")).status_code == 422
