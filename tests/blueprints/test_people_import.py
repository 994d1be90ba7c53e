"""Importing people: the file, its columns, what will happen, and all of it or nothing."""

from __future__ import annotations

import re
import time
from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from kwartaal import worker
from kwartaal.db import db
from kwartaal.models.people_import import PeopleImport
from kwartaal.models.person import Office, Person
from kwartaal.spreadsheets import write_csv
from tests.factories import a_person, an_office_kind, an_organisation, staff
from tests.signing_in import log
from tests.table_files import xlsx_file

UPLOAD = "/beheer/personen/importeren"
HEADINGS = (
    "Voornaam",
    "Tussenvoegsel",
    "Achternaam",
    "E-mail",
    "Telefoon",
    "Organisatie",
    "Ambt",
    "Vanaf",
    "Tot en met",
)
ANNA = ("Anna", "van", "Dijk", "anna@x.example", "078 770 12 34", "Papendrecht", "raadslid", "", "")
BEA = ("Bea", "", "Bos", "", "", "Papendrecht", "raadslid", "30-3-2022", "18-3-2026")
TAKEN = "Dit adres is al het inlogadres van iemand anders. Gebruik het alleen als contactadres."


@pytest.fixture
def griffie(save):
    person = staff(first_name="Gré", last_name="Zomer")
    save(person, an_organisation("Papendrecht"), an_office_kind("raadslid"))
    return person


@pytest.fixture
def desk(griffie, browser_of):
    return browser_of(griffie)


def csv(*rows, headings=HEADINGS):
    return b"".join(write_csv(headings, rows))


def send(desk, data, name="lijst.csv"):
    return desk.post(UPLOAD, data={"file": (BytesIO(data), name)})


def start(desk, *rows, headings=HEADINGS, **columns):
    """Upload a list and take the columns as suggested; the address of the preview."""
    sent = send(desk, csv(*rows, headings=headings))
    page = desk.get(sent.location).text
    suggested = {}
    for select in re.findall(r"<select.*?</select>", page, re.S):
        name = re.search(r' name="(\w+)"', select)[1]
        chosen = re.search(r'<option[^>]* selected[^>]* value="(\d*)"', select)
        suggested[name] = chosen[1] if chosen else ""
    return desk.post(sent.location, data=suggested | columns).location


def preview_rows(page):
    """(row, name, outcome, explanation) as the table shows them."""
    body = page.split("<tbody", 1)[1].split("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    return [tuple(plain(cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", r, re.S)) for r in rows]


def plain(html):
    text = re.sub(r"<label.*?</label>", "", html, flags=re.S).replace("<br>", " | ")
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def people(app):
    with app.app_context():
        found = sa.select(Person).where(Person.last_name != "Zomer").order_by(Person.id)
        return [(p.full_name, p.email, p.contact_email, p.phone) for p in db.session.scalars(found)]


def offices(app):
    with app.app_context():
        rows = db.session.scalars(sa.select(Office).order_by(Office.id))
        return [(o.person.full_name, o.label, o.starts_on, o.ends_on) for o in rows]


def uploads(app):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(PeopleImport.id)))


def field_error(response):
    return re.findall(r'error-message" id="([\w-]+)-error">.*?<span>(.*?)</span>', response.text)


def test_a_list_is_imported_in_three_steps(app, desk):
    preview = start(desk, ANNA, BEA)

    assert preview_rows(desk.get(preview).text) == [
        (
            "2",
            "Anna van Dijk",
            "Nieuw",
            "Telefoon: +31 78 770 12 34 | Inlogadres: anna@x.example | "
            "raadslid, Papendrecht, vanaf 10 maart 2027",
        ),
        ("3", "Bea Bos", "Nieuw", "raadslid, Papendrecht, vanaf 30 maart 2022"),
    ]
    assert people(app) == []
    done = desk.post(preview, follow_redirects=True)
    assert "Klaar: 2 nieuw en 0 bijgewerkt." in done.text
    assert people(app) == [
        ("Anna van Dijk", "anna@x.example", None, "+31787701234"),
        ("Bea Bos", None, None, None),
    ]
    assert offices(app) == [
        ("Anna van Dijk", "raadslid, Papendrecht", date(2027, 3, 10), None),
        ("Bea Bos", "raadslid, Papendrecht", date(2022, 3, 30), date(2026, 3, 18)),
    ]
    assert log(app) == [("imported", "people", {"new": 2, "changed": 0, "unchanged": 0})]
    assert uploads(app) == 0


def test_imported_people_sort_and_sign_in_like_others(app, desk):
    desk.post(start(desk, ("Özlem", "", "Çelik", "O@X.example", "", "", "", "", "")))

    with app.app_context():
        person = db.session.scalars(sa.select(Person).where(Person.email == "o@x.example")).one()
        assert (person.sort_key, person.wants_announcements) == ("celik ozlem", True)


@pytest.mark.on_both
def test_the_same_list_again_changes_nothing(app, desk):
    desk.post(start(desk, ANNA, BEA))
    before = (people(app), offices(app))

    preview = start(desk, ANNA, BEA)
    page = desk.get(preview).text
    answer = desk.post(preview)

    assert [row[2:] for row in preview_rows(page)] == [("Niets", ""), ("Niets", "")]
    assert "Alles uit dit bestand staat er al. Er is niets te importeren." in page
    assert answer.status_code == 422
    assert (people(app), offices(app)) == before


@pytest.mark.on_both
def test_what_is_known_is_brought_up_to_date(app, desk):
    desk.post(start(desk, ANNA))

    changed = ("Anna", "van", "Dijk", "anna@x.example", "0787701235", "Papendrecht", "raadslid")
    preview = start(desk, (*changed, "", "31-12-2027"))
    assert preview_rows(desk.get(preview).text) == [
        (
            "2",
            "Anna van Dijk",
            "Bijgewerkt",
            "Telefoon: +31 78 770 12 34 wordt +31 78 770 12 35 | "
            "raadslid, Papendrecht, laatste dag 31 december 2027",
        )
    ]
    desk.post(preview)

    assert people(app) == [("Anna van Dijk", "anna@x.example", None, "+31787701235")]
    assert offices(app)[0][3] == date(2027, 12, 31)


def test_one_mistake_and_nothing_is_imported(app, desk):
    preview = start(desk, ANNA, ("Bea", "", "Bos", "geen adres", "12", "Papendrcht", "", "", ""))

    page = desk.get(preview).text
    answer = desk.post(preview)

    assert preview_rows(page) == [
        (
            "3",
            "Bea Bos",
            "Fout",
            "E-mail: Vul een adres in met een @. Bijvoorbeeld: naam@voorbeeld.nl | "
            "Telefoon: Dit telefoonnummer klopt niet. Bijvoorbeeld: 078 770 12 34. "
            "Zet bij een buitenlands nummer + en het landnummer ervoor.",
        )
    ]
    assert "Importeer 1" not in page
    assert answer.status_code == 422
    assert "Er staan nog fouten in. Er is niets geïmporteerd." in answer.text
    assert people(app) == []
    assert uploads(app) == 1


def test_the_preview_can_be_narrowed(desk):
    preview = start(desk, ANNA, ("Bea", "", "", "", "", "", "", "", ""))

    shown = {
        asked: [row[0] for row in preview_rows(desk.get(f"{preview}?toon={asked}").text)]
        for asked in ("alles", "nieuw", "fout", "bijgewerkt", "onzin")
    }

    assert shown == {
        "alles": ["2", "3"],
        "nieuw": ["2"],
        "fout": ["3"],
        "bijgewerkt": [],
        "onzin": ["3"],
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({3: "anna@@x"}, "E-mail: Dit adres klopt niet. Bijvoorbeeld: naam@voorbeeld.nl"),
        ({0: "A" * 61}, "Voornaam: Gebruik niet meer dan 60 tekens. Nu zijn het er 61."),
        ({0: ""}, "De voornaam of de achternaam ontbreekt."),
        ({2: "Di\njk"}, "Achternaam: Gebruik hier één regel, zonder enters."),
        ({7: "30-2-2026"}, "Vanaf: Deze datum bestaat niet."),
        (
            {7: "2026"},
            "Vanaf: Vul een datum in met dag, maand en jaar. Bijvoorbeeld: 28-3-2027",
        ),
        ({8: "1-1-1500"}, "Tot en met: Kies een jaar van 1900 tot en met 2100."),
        (
            {7: "2-1-2026", 8: "1-1-2026"},
            "De laatste dag ligt voor de eerste dag, 2-1-2026.",
        ),
        (
            {5: "Papendrcht"},
            "We kennen de organisatie ‘Papendrcht’ niet. Het lijkt op: Papendrecht.",
        ),
        ({5: "Xx"}, "We kennen de organisatie ‘Xx’ niet. Voeg die eerst toe."),
        ({6: "raadlid"}, "We kennen het ambt ‘raadlid’ niet. Het lijkt op: raadslid."),
        ({6: ""}, "Vul organisatie en ambt allebei in, of geen van beide."),
    ],
)
def test_a_row_with_a_mistake_says_what(app, desk, values, said):
    row = tuple(values.get(at, cell) for at, cell in enumerate(ANNA))

    (shown,) = preview_rows(desk.get(start(desk, row)).text)

    assert shown[2:] == ("Fout", said)


@pytest.mark.on_both
@pytest.mark.parametrize("name", ["=1+1", "@Bos", "<script>alert(1)</script>", "Zoë 🎉"])
def test_odd_names_are_text_there_and_back(app, desk, name):
    preview = start(desk, ("Anna", "", name, "", "", "", "", "", ""))

    assert "<script>alert" not in desk.get(preview).text
    desk.post(preview)

    assert people(app)[0][0] == f"Anna {name}"


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("van der Maas", "Anna van der Maas"),
        ("Maas, van der", "Anna van der Maas"),
        ("'t Hart", "Anna 't Hart"),
        ("De Smet", "Anna De Smet"),
        ("van", "Anna van"),
    ],
)
def test_a_prefix_before_a_last_name_is_taken_off(app, desk, written, kept):
    desk.post(start(desk, ("Anna", written), headings=("Voornaam", "Achternaam")))

    with app.app_context():
        person = db.session.scalars(sa.select(Person).order_by(Person.id.desc())).first()
        assert person.full_name == kept
        assert person.prefix == kept.removeprefix("Anna ").removesuffix(person.last_name).strip()


@pytest.mark.on_both
def test_an_address_of_somebody_else_can_be_for_contact(app, desk, save):
    save(a_person("Cor", "Post", email="anna@x.example"))
    preview = start(desk, ANNA)

    (refused,) = preview_rows(desk.get(preview).text)
    desk.post(f"{preview}contactadressen", data={"regel": "2", "contact": "2"})
    (accepted,) = preview_rows(desk.get(preview).text)
    desk.post(preview)

    assert refused[2:] == ("Fout", TAKEN)
    assert accepted[2] == "Nieuw"
    assert people(app)[-1] == ("Anna van Dijk", None, "anna@x.example", "+31787701234")
    (again,) = preview_rows(desk.get(start(desk, ANNA)).text)
    assert again[2:] == ("Niets", "")


def test_the_choice_for_contact_can_be_undone_and_made_for_all(app, desk, save):
    save(a_person("Cor", "Post", email="anna@x.example"))
    preview = start(desk, ANNA, ("Bea", "", "Bos", "anna@x.example", "", "", "", "", ""))
    choose = f"{preview}contactadressen"

    answers = []
    for data in ({"alles": "y"}, {"regel": ["2", "3"], "contact": "3"}, {"regel": ["2", "x", "²"]}):
        desk.post(choose, data=data)
        page = desk.get(f"{preview}?toon=alles").text
        answers.append([row[2] for row in preview_rows(page)])

    assert answers == [["Nieuw", "Nieuw"], ["Fout", "Nieuw"], ["Fout", "Nieuw"]]
    assert 'value="3" id="contact-3" checked' in page


def test_two_people_with_one_address_in_the_file(desk):
    preview = start(desk, ANNA, ("Bea", "", "Bos", "anna@x.example", "", "", "", "", ""))

    (row,) = preview_rows(desk.get(preview).text)

    assert row == (
        "3",
        "Bea Bos",
        "Fout",
        "Dit adres staat ook op regel 2, bij iemand anders. Gebruik het alleen als contactadres.",
    )


def test_headings_are_recognised_and_can_be_chosen(app, desk):
    headings = ("Functie", "Roepnaam", "Familienaam", "Post", "Werkgever")
    row = ("raadslid", "Anna", "Dijk", "anna@x.example", "Papendrecht")

    desk.post(start(desk, row, headings=headings, email="3"))

    assert people(app) == [("Anna Dijk", "anna@x.example", None, None)]
    assert offices(app)[0][1] == "raadslid, Papendrecht"


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"last_name": ""}, ("last_name", "Kies de kolom met de achternaam.")),
        ({"last_name": "99"}, ("last_name", "Deze keuze bestaat niet. Kies uit de lijst.")),
        ({"last_name": "x"}, ("last_name", "Deze keuze bestaat niet. Kies uit de lijst.")),
        (
            {"prefix": "0"},
            ("prefix", "Deze kolom koos u ook bij ‘Voornaam’. Kies een andere."),
        ),
    ],
)
def test_columns_must_be_chosen_well(desk, columns, error):
    address = send(desk, csv(ANNA)).location

    response = desk.post(address, data={"first_name": "0", "last_name": "2"} | columns)

    assert response.status_code == 422
    assert field_error(response) == [error]


def test_the_preview_without_columns_leads_to_them(desk):
    columns = send(desk, csv(ANNA)).location

    assert desk.get(columns.removesuffix("kolommen")).location == columns
    assert desk.post(columns.removesuffix("kolommen")).location == columns


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "lijst.csv", "Het bestand is leeg. Zet op de eerste regel de namen van de kolommen."),
        (b"x", "lijst.pdf", "Kies een bestand dat eindigt op .csv of .xlsx."),
        (
            "Voornaam;Achternaam\r\nAndr\u201a;X".encode("cp1252"),
            "lijst.csv",
            "We kunnen de letters in dit bestand niet goed lezen. "
            "Sla het in Excel op als CSV UTF-8.",
        ),
        (
            b"PK\x03\x04 geen werkmap",
            "lijst.xlsx",
            "Het bestand is beschadigd. Open het in Excel en sla het opnieuw op.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_the_field(app, desk, data, name, said):
    response = send(desk, data, name)

    assert response.status_code == 422
    assert field_error(response) == [("file", said)]
    assert uploads(app) == 0


@pytest.mark.on_both
def test_no_file_is_said_at_the_field(desk):
    assert field_error(desk.post(UPLOAD)) == [("file", "Kies een bestand.")]


def test_windows_letters_are_read(app, desk):
    data = "Voornaam;Achternaam\r\nRenée;Çelik\r\n".encode("cp1252")
    columns = send(desk, data).location

    desk.post(columns, data={"first_name": "0", "last_name": "1"})
    desk.post(columns.removesuffix("kolommen"))

    assert people(app)[0][0] == "Renée Çelik"


def test_a_formula_in_a_workbook_is_told_at_its_row(desk):
    book = Workbook()
    for row in (HEADINGS, ANNA, ("=A2", *ANNA[1:])):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    columns = send(desk, file.getvalue(), "lijst.xlsx").location

    desk.post(columns, data={"first_name": "0", "last_name": "2"})
    rows = preview_rows(desk.get(columns.removesuffix("kolommen")).text)

    assert rows == [
        (
            "3",
            "Onbekend",
            "Fout",
            "In kolom A staat een formule. Vervang die door de uitkomst.",
        )
    ]


@pytest.mark.on_both
def test_a_workbook_reads_like_a_csv_file(app, desk):
    columns = send(desk, xlsx_file(HEADINGS, [ANNA, BEA]), "lijst.xlsx").location
    form = {name: str(at) for at, name in enumerate(("first_name", "prefix", "last_name", "email"))}

    desk.post(columns, data=form)
    desk.post(columns.removesuffix("kolommen"))

    assert [person[0] for person in people(app)] == ["Anna van Dijk", "Bea Bos"]


def test_an_upload_is_used_once(app, desk):
    preview = start(desk, ANNA)
    desk.post(preview)

    again = desk.post(preview, follow_redirects=True)

    assert "Dit bestand is al geïmporteerd of niet meer bewaard." in again.text
    assert len(people(app)) == 1


@pytest.mark.on_both
def test_an_upload_is_for_who_sent_it(app, desk, save, browser_of):
    preview = start(desk, ANNA)
    other = staff()
    save(other)
    browser = browser_of(other)

    assert [browser.get(preview).location, browser.post(preview).location] == [UPLOAD, UPLOAD]
    browser.post(f"{preview}stoppen")
    assert uploads(app) == 1
    assert people(app) == [(other.full_name, other.email, None, None)]


def test_an_upload_is_kept_for_two_hours(app, desk, clock, griffie, browser_of):
    preview = start(desk, ANNA)
    clock.pass_(hours=2)

    assert browser_of(griffie).get(preview).location == UPLOAD
    worker.run_once(app)
    assert uploads(app) == 0


def test_a_second_upload_replaces_the_first(app, desk):
    first = start(desk, ANNA)
    second = start(desk, BEA)

    assert desk.get(first).location == UPLOAD
    assert desk.get(second).status_code == 200
    assert uploads(app) == 1


def test_stopping_throws_the_file_away(app, desk):
    preview = start(desk, ANNA)

    answer = desk.post(f"{preview}stoppen", follow_redirects=True)

    assert "Gestopt. Er is niets geïmporteerd en het bestand is weg." in answer.text
    assert (uploads(app), people(app)) == (0, [])


def test_what_changed_since_the_preview_is_looked_at_again(app, desk, save):
    preview = start(desk, ANNA)
    assert "Importeer 1 regel" in desk.get(preview).text
    save(a_person("Cor", "Post", email="anna@x.example"))

    answer = desk.post(preview)

    assert answer.status_code == 422
    assert [row[3] for row in preview_rows(answer.text)] == [TAKEN]
    assert people(app) == [("Cor Post", "anna@x.example", None, None)]


def test_the_steps_work_on_two_processes(app, make_app, desk, browser_of, griffie):
    """Nothing is kept in memory: another process takes the next step."""
    preview = start(desk, ANNA)
    other = make_app(WTF_CSRF_ENABLED=False).test_client()
    with desk.session_transaction() as cookie, other.session_transaction() as copy:
        copy.update(cookie)

    assert other.post(preview).status_code == 303
    assert len(people(app)) == 1


def many(count):
    return [
        (f"Voor{n}", "van", f"Naam{n}", f"p{n}@x.example", f"06 {10_000_000 + n}", "Papendrecht")
        + ("raadslid", "30-3-2022", "")
        for n in range(count)
    ]


@pytest.mark.on_both
def test_an_import_asks_as_many_queries_for_many(desk, count_queries):
    def queries(*rows):
        preview = start(desk, *rows)
        shown = count_queries(lambda: desk.get(preview))
        return shown, count_queries(lambda: desk.post(preview))

    assert queries(*many(2)) == queries(*many(300)[2:])


@pytest.mark.on_both
def test_ten_thousand_rows(app, desk):
    began = time.process_time()
    preview = start(desk, *many(10_000))
    shown = desk.get(preview)
    done = desk.post(preview)
    worked = time.process_time() - began

    assert "1 tot en met 100 van 10.000 regels" in shown.text
    assert done.status_code == 303
    with app.app_context():
        counts = [db.session.scalar(sa.select(sa.func.count(t.id))) for t in (Person, Office)]
    assert counts == [10_001, 10_000]
    assert worked < 60, f"{worked:.0f} s"


@pytest.mark.on_both
def test_the_forms_carry_the_token_against_forgery(app, desk):
    preview = start(desk, ANNA)
    app.config["WTF_CSRF_ENABLED"] = True

    pages = [desk.get(address).text for address in (UPLOAD, f"{preview}kolommen", preview)]

    assert [page.count("<form") - page.count('name="csrf_token"') for page in pages] == [0, 0, 0]
    assert desk.post(preview).status_code == 400
