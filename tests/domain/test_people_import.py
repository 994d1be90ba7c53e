"""What an import of people will do, without an application or a database."""

from __future__ import annotations

from datetime import date

import pytest

from kwartaal.domain.people_import import ForecastRow, ImportRow, Outcome, Region, forecast
from kwartaal.domain.people_import.subjects import Held, Subject
from kwartaal.domain.people_refusals import CellRefused
from kwartaal.models.organisation import Audience, OrganisationKind
from tests.factories import an_office_kind, an_organisation

TODAY = date(2027, 3, 10)
ELECTED, ENDED = date(2022, 3, 30), date(2026, 3, 18)
NEW, CHANGED, UNCHANGED, REFUSED = (
    Outcome.NEW,
    Outcome.CHANGED,
    Outcome.UNCHANGED,
    Outcome.REFUSED,
)
TAKEN = "Dit adres is al het inlogadres van iemand anders. Gebruik het alleen als contactadres."
PAPENDRECHT, SLIEDRECHT, YARD = (
    an_organisation("Papendrecht"),
    an_organisation("Sliedrecht"),
    an_organisation("Scheepswerf", OrganisationKind.COMPANY),
)
COUNCILLOR = an_office_kind("raadslid")
WORKER = an_office_kind("medewerker", company=Audience.BEDRIJF)
for number, thing in enumerate((PAPENDRECHT, SLIEDRECHT, YARD, COUNCILLOR, WORKER), 1):
    thing.id = number


def anna(**values: object) -> Subject:
    return Subject("Anna", "van", "Dijk", **({"id": 7, "email": "anna@x.example"} | values))


def councillor(starts_on: date = ELECTED, ends_on: date | None = None) -> Held:
    return Held(PAPENDRECHT.id, COUNCILLOR.id, starts_on, ends_on, id=3)


def a_row(**values: object) -> ImportRow:
    usual = {"number": 2, "first_name": "Anna", "prefix": "van", "last_name": "Dijk"}
    return ImportRow(**(usual | values))


def council_row(**values: object) -> ImportRow:
    return a_row(**({"organisation": "Papendrecht", "office": "raadslid"} | values))


def expected(
    *rows: ImportRow, known: tuple[Subject, ...] = (), contact_only: tuple[int, ...] = ()
) -> list[ForecastRow]:
    region = Region(known, [PAPENDRECHT, SLIEDRECHT, YARD], [COUNCILLOR, WORKER], TODAY)
    return forecast(rows, region, contact_only).rows


def outcomes(*rows: ImportRow, known: tuple[Subject, ...] = ()) -> list[Outcome]:
    return [one.outcome for one in expected(*rows, known=known)]


def sentences(*rows: ImportRow, known: tuple[Subject, ...] = ()) -> list[list[str]]:
    return [[str(mistake) for mistake in one.mistakes] for one in expected(*rows, known=known)]


def changes(
    *rows: ImportRow, known: tuple[Subject, ...] = ()
) -> list[tuple[str, object, object, str]]:
    (one,) = expected(*rows, known=known)
    return [(change.fact.value, change.old, change.new, change.about) for change in one.changes]


def test_an_unknown_person_is_new_with_address_and_office() -> None:
    row = council_row(email="anna@x.example", phone="+31787701234", starts_on=ELECTED)

    assert outcomes(row) == [NEW]
    assert changes(row) == [
        ("phone", "", "+31787701234", ""),
        ("email", None, "anna@x.example", ""),
        ("office", None, ELECTED, "raadslid, Papendrecht"),
    ]


def test_an_office_without_a_first_day_begins_today() -> None:
    assert changes(council_row()) == [("office", None, TODAY, "raadslid, Papendrecht")]


def test_the_same_address_and_name_is_the_same_person() -> None:
    known = anna(offices=[councillor()])

    assert outcomes(council_row(email="anna@x.example"), known=(known,)) == [UNCHANGED]


@pytest.mark.parametrize(
    ("known", "row", "outcome"),
    [
        ("Anna", "ANNA", UNCHANGED),
        ("Anna", "A.", UNCHANGED),
        ("Anna", "Änna", CHANGED),
        ("A.", "Anna", CHANGED),
        ("Anna", "Bea", REFUSED),
        ("Anna", "B.", REFUSED),
    ],
)
def test_first_names_with_the_same_address(known: str, row: str, outcome: Outcome) -> None:
    person = Subject(known, "van", "Dijk", "anna@x.example", id=7)

    assert outcomes(a_row(first_name=row, email="anna@x.example"), known=(person,)) == [outcome]


def test_an_address_of_somebody_else_is_refused_and_can_be_for_contact() -> None:
    row = a_row(first_name="Bea", email="anna@x.example")

    (refused,) = expected(row, known=(anna(),))
    (accepted,) = expected(row, known=(anna(),), contact_only=(2,))

    assert (refused.outcome, refused.contact_only) == (REFUSED, False)
    assert [str(mistake) for mistake in refused.mistakes] == [TAKEN]
    assert (accepted.outcome, accepted.contact_only) == (NEW, True)
    assert [(c.fact.value, c.new) for c in accepted.changes] == [
        ("contact_email", "anna@x.example")
    ]


def test_an_address_kept_for_contact_stays_that_the_next_time() -> None:
    bea = Subject("Bea", "van", "Dijk", contact_email="anna@x.example", id=8)

    (again,) = expected(a_row(first_name="Bea", email="anna@x.example"), known=(anna(), bea))

    assert (again.outcome, again.contact_only) == (UNCHANGED, None)


def test_an_address_twice_in_the_file_names_the_first_row() -> None:
    rows = (
        a_row(email="post@x.example"),
        a_row(number=3, first_name="Bea", email="post@x.example"),
    )

    assert sentences(*rows) == [
        [],
        ["Dit adres staat ook op regel 2, bij iemand anders. Gebruik het alleen als contactadres."],
    ]


def test_two_rows_of_one_person_are_two_offices() -> None:
    rows = (
        council_row(email="anna@x.example"),
        a_row(number=3, email="anna@x.example", organisation="Scheepswerf", office="medewerker"),
    )

    assert outcomes(*rows) == [NEW, CHANGED]


def test_the_same_row_twice_is_one_person() -> None:
    rows = (council_row(), council_row(number=3))

    assert outcomes(*rows) == [NEW, UNCHANGED]


def test_rows_that_disagree_about_a_person_are_refused() -> None:
    rows = (
        a_row(email="anna@x.example", phone="+31787701234"),
        a_row(number=3, email="anna@x.example", phone="+31787701235"),
    )

    assert sentences(*rows) == [[], ["Op regel 2 staat deze persoon met andere gegevens."]]


def test_without_an_address_name_and_organisation_decide() -> None:
    here = Subject("Anna", "", "Dijk", id=1, offices=[councillor()])
    there = Subject("Anna", "", "Dijk", id=2)

    assert outcomes(council_row(prefix=""), known=(here, there)) == [UNCHANGED]


def test_people_of_one_name_cannot_be_told_apart_without_more() -> None:
    known = (Subject("Anna", "", "Dijk", id=1), Subject("Anna", "", "Dijk", id=2))

    assert sentences(a_row(prefix=""), known=known) == [
        ["Meer mensen heten zo. Vul het e-mailadres in van wie u bedoelt."]
    ]


def test_somebody_new_with_a_known_name_is_pointed_out() -> None:
    (one,) = expected(a_row(email="other@x.example"), known=(anna(),))

    assert (one.outcome, one.has_namesake) == (NEW, True)


def test_a_first_address_goes_to_who_had_none() -> None:
    known = anna(email=None, offices=[councillor()])

    assert changes(council_row(email="anna@x.example"), known=(known,)) == [
        ("email", None, "anna@x.example", "")
    ]


def test_who_has_a_role_or_membership_gets_no_address_by_import() -> None:
    known = anna(email=None, has_duties=True)

    assert sentences(a_row(email="anna@x.example"), known=(known,)) == [
        ["Alleen deze persoon zelf of de beheerder mag dit inlogadres wijzigen."]
    ]


def test_an_empty_cell_changes_nothing() -> None:
    known = anna(phone="+31787701234", offices=[councillor(ends_on=date(2027, 12, 31))])

    assert outcomes(council_row(prefix="", email="anna@x.example"), known=(known,)) == [UNCHANGED]


def test_a_last_day_ends_an_office() -> None:
    known = anna(offices=[councillor()])
    row = council_row(email="anna@x.example", starts_on=ELECTED, ends_on=ENDED)

    assert changes(row, known=(known,)) == [("last_day", None, ENDED, "raadslid, Papendrecht")]


def test_the_same_office_for_a_new_term_is_another_one() -> None:
    known = anna(offices=[councillor(ends_on=ENDED)])
    row = council_row(email="anna@x.example", starts_on=date(2026, 3, 19))

    assert changes(row, known=(known,)) == [
        ("office", None, date(2026, 3, 19), "raadslid, Papendrecht")
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"first_name": ""}, "De voornaam of de achternaam ontbreekt."),
        ({"last_name": ""}, "De voornaam of de achternaam ontbreekt."),
        ({"office": ""}, "Vul organisatie en ambt allebei in, of geen van beide."),
        ({"organisation": ""}, "Vul organisatie en ambt allebei in, of geen van beide."),
        (
            {"organisation": "", "office": "", "starts_on": ELECTED},
            "Er staat een datum, maar geen organisatie en ambt.",
        ),
        (
            {"organisation": "Papendrcht"},
            "We kennen de organisatie ‘Papendrcht’ niet. Het lijkt op: Papendrecht, Sliedrecht.",
        ),
        (
            {"organisation": "Xyz"},
            "We kennen de organisatie ‘Xyz’ niet. Voeg die eerst toe.",
        ),
        ({"office": "raadlid"}, "We kennen het ambt ‘raadlid’ niet. Het lijkt op: raadslid."),
        ({"office": "zzz"}, "We kennen het ambt ‘zzz’ niet."),
        (
            {"organisation": "Scheepswerf"},
            "Het ambt ‘raadslid’ komt bij Scheepswerf niet voor. Kies een ander ambt.",
        ),
        (
            {"starts_on": TODAY, "ends_on": ELECTED},
            "De laatste dag ligt voor de eerste dag, 10-3-2027.",
        ),
        ({"ends_on": ELECTED}, "De laatste dag ligt voor de eerste dag, 10-3-2027."),
    ],
)
def test_a_row_that_cannot_be_right_says_why(values: dict[str, object], said: str) -> None:
    assert sentences(council_row(**values)) == [[said]]


def test_an_office_that_overlaps_is_refused() -> None:
    known = anna(offices=[councillor()])
    row = council_row(email="anna@x.example", starts_on=date(2024, 1, 1))

    assert sentences(row, known=(known,)) == [
        ["Dit ambt staat er al in een deel van deze tijd, vanaf 30-3-2022."]
    ]


@pytest.mark.parametrize("name", ["papendrecht", "Gemeente Papendrecht", " PAPENDRECHT  "])
def test_an_organisation_is_found_however_it_is_written(name: str) -> None:
    assert changes(council_row(organisation=name)) == [
        ("office", None, TODAY, "raadslid, Papendrecht")
    ]


def test_a_refused_row_leaves_no_trace_for_the_next() -> None:
    rows = (
        council_row(office="zzz", email="anna@x.example"),
        a_row(number=3, first_name="Bea", email="anna@x.example"),
    )

    assert outcomes(*rows) == [REFUSED, NEW]


def test_cells_that_could_not_be_read_are_all_told() -> None:
    mistakes = (CellRefused(column="Tel", sentence="a"), CellRefused(column="E", sentence="b"))

    assert sentences(a_row(mistakes=mistakes)) == [["Tel: a", "E: b"]]


def test_names_are_not_looked_for_in_a_list_of_strangers() -> None:
    rows = [council_row(number=n, organisation=f"Papendrecht{n:03}") for n in range(2, 110)]

    said = [line for (line,) in sentences(*rows)]

    assert said[0].endswith("Het lijkt op: Papendrecht.")
    assert said[-1].endswith("Voeg die eerst toe.")
