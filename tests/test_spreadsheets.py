"""Tables out and in: the dialect, the same cells in both, and files that must be refused."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwartaal.spreadsheets import (
    Cell,
    Phone,
    Row,
    original_text,
    read_table,
    safe_text,
    write_csv,
)
from kwartaal.spreadsheets.refusals import (
    BrokenQuotes,
    DamagedFile,
    ErrorInCell,
    FileTooLarge,
    FormulaInCell,
    HiddenCharacter,
    NameAndContentDiffer,
    NoTable,
    OldOrLockedFile,
    TableRefused,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
    UnknownFileType,
    UnpacksTooLarge,
    UnreadableLetters,
    UnusableHeading,
)
from tests.table_files import xlsx_file

SNAPSHOT = Path(__file__).parent / "snapshots" / "table.csv"
COLUMNS = ("naam", "email", "telefoon", "ronde 1")
ROWS: list[Sequence[Cell]] = [
    ("Ümit Şahin", "umit@papendrecht.example", Phone("+31787701234"), "Wonen, werken"),
    ("Lies van 't Hof", "lies@bedrijf.example", Phone("+31612345678"), "wachtlijst 3: Zon"),
    ("=1+1", "+een@bedrijf.example", None, "-"),
    ("@naam", "'t Hof", Phone("+4930901820"), "\tmet een tab"),
    ("\rmet een enter", "twee\r\nregels", "+31 78 770 12 34", 'met "quotes"; en meer'),
    ("\N{GRINNING FACE} <script>", None, None, 12),
]
WRITTEN = [
    ("Ümit Şahin", "umit@papendrecht.example", "+31 78 770 12 34", "Wonen, werken"),
    ("Lies van 't Hof", "lies@bedrijf.example", "+31 6 12 34 56 78", "wachtlijst 3: Zon"),
    ("'=1+1", "'+een@bedrijf.example", "", "'-"),
    ("'@naam", "''t Hof", "+49 30 901820", "'\tmet een tab"),
    ("'\rmet een enter", "twee\r\nregels", "'+31 78 770 12 34", 'met "quotes"; en meer'),
    ("\N{GRINNING FACE} <script>", "", "", "12"),
]

any_text = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff")),
    st.text(st.sampled_from("=+-@'\t\r\n;,\"| aÜ\N{GRINNING FACE}_x0D")),
    st.sampled_from(["+31787701234", "_x000D_", "'=1+1", "''", "sep=,"]),
)
phones = st.integers(100, 9_999_999).map(lambda end: Phone(f"+3178{end:07}"))
any_row = st.tuples(any_text, any_text, st.one_of(phones, any_text)).filter(
    lambda row: any(cell.strip() for cell in row)
)


def csv_file(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    return b"".join(write_csv(columns, rows))


def cells(filename: str, data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(filename, data).rows]


def a_workbook(fill: Callable[[Any], None]) -> bytes:
    """An XLSX file of another program than ours."""
    workbook = openpyxl.Workbook()
    fill(workbook)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def a_sheet(*rows: Sequence[Any]) -> bytes:
    def fill(workbook: Any) -> None:
        for row in rows:
            workbook.active.append(row)

    return a_workbook(fill)


def a_zip(entries: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_sheet(content: bytes) -> bytes:
    """A workbook of which the sheet holds this XML."""
    with ZipFile(BytesIO(a_sheet(["naam"]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return a_zip({**parts, "xl/worksheets/sheet1.xml": content})


def sheet_xml(rows: str, before: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    return f'<?xml version="1.0"?>{before}{sheet}'.encode()


def test_csv_is_written_in_the_agreed_dialect() -> None:
    assert csv_file(COLUMNS, ROWS) == SNAPSHOT.read_bytes()


def test_csv_has_the_agreed_cells_for_any_reader() -> None:
    text = csv_file(COLUMNS, ROWS).decode("utf-8-sig")

    assert [tuple(row) for row in csv.reader(StringIO(text, newline=""), delimiter=";")] == [
        COLUMNS,
        *WRITTEN,
    ]


def test_csv_is_written_while_the_rows_come() -> None:
    asked_for = 0

    def rows() -> Any:
        nonlocal asked_for
        for asked_for in range(1, 10_001):
            yield [str(asked_for)]

    pieces = write_csv(["nummer"], rows())
    next(pieces), next(pieces)

    assert asked_for < 1000
    assert len(list(pieces)) > 10


def test_xlsx_has_the_same_cells_and_all_are_text() -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx_file(COLUMNS, ROWS))).active
    assert sheet is not None
    found = [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows()]

    # openpyxl leaves a carriage return as it is written in the file.
    assert [tuple(str(c).replace("_x000D_", "\r") for c in row) for row in found] == [
        COLUMNS,
        *WRITTEN,
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert {cell.hyperlink for row in sheet.iter_rows() for cell in row} == {None}


def test_xlsx_heading_is_bold_and_stays_in_view_above_columns_of_a_fitting_width() -> None:
    data = xlsx_file(["naam", "toelichting"], [["Jan", "x" * 30], ["Piet", "y" * 500]])
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert sheet is not None

    assert sheet.freeze_panes == "A2"
    assert [sheet["A1"].font.b, sheet["A2"].font.b] == [True, False]
    assert [round(sheet.column_dimensions[name].width) for name in "AB"] == [11, 61]


def test_xlsx_cells_stay_text_when_edited_and_show_every_line() -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx_file(["telefoon"], [["078\n079"]]))).active
    assert sheet is not None

    cell = sheet["A2"]
    looks = (cell.number_format, cell.alignment.wrap_text, cell.alignment.vertical, cell.font.name)
    assert looks == ("@", True, "top", "Calibri")


@pytest.mark.parametrize(("columns", "pages"), [(5, 1), (22, 3)])
def test_xlsx_prints_across_with_heading_and_first_column_on_each_page(columns, pages) -> None:
    row = ["vijftien letter"] * columns
    sheet = openpyxl.load_workbook(BytesIO(xlsx_file(row, [row]))).active

    setup = sheet.page_setup
    wide = setup.fitToWidth or 1  # as much as a file that does not say it
    assert (setup.orientation, wide, setup.fitToHeight) == ("landscape", pages, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")


def test_xlsx_refuses_to_cut_text_off() -> None:
    with pytest.raises(ValueError, match="row 2 does not fit"):
        xlsx_file(["tekst"], [["x" * 40_000]])


def test_a_phone_that_is_no_number_gets_no_exception() -> None:
    assert [safe_text(Phone(text)) for text in ("=1+1", "+31 =1+1", "-", "")] == [
        "'=1+1",
        "'+31 =1+1",
        "'-",
        "",
    ]


def test_half_characters_are_written_as_a_mark() -> None:
    assert safe_text("a\ud800b\uffff") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"


def test_an_apostrophe_of_another_program_stays() -> None:
    assert original_text("'s-Gravendeel") == "'s-Gravendeel"


@given(any_text)
def test_exactly_one_apostrophe_is_taken_off(text: str) -> None:
    assert original_text(safe_text(text)) == text


@settings(deadline=None)
@given(st.lists(any_row, max_size=5))
def test_any_text_comes_back_from_csv(rows: list[tuple[str, ...]]) -> None:
    columns = ("naam", "a,b,c,d", "telefoon")

    table = read_table("lijst.csv", csv_file(columns, rows))

    assert (table.columns, [row.cells for row in table.rows]) == (columns, as_read(rows))


@settings(deadline=None, max_examples=40)
@given(st.lists(any_row, max_size=5))
def test_any_text_comes_back_from_xlsx(rows: list[tuple[str, ...]]) -> None:
    columns = ("naam", "a,b,c,d", "telefoon")

    table = read_table("lijst.xlsx", xlsx_file(columns, rows))

    assert (table.columns, [row.cells for row in table.rows]) == (columns, as_read(rows))


def as_read(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Phones come back as they are written, all else as it was."""
    return [tuple(safe_text(c) if isinstance(c, Phone) else c for c in row) for row in rows]


@pytest.mark.parametrize(
    "data",
    [
        "naam;plaats\r\nZoë;Súdwest\r\n".encode("utf-8-sig"),
        "naam;plaats\nZoë;Súdwest".encode(),
        "naam,plaats\r\nZoë,Súdwest\r\n".encode(),
        "naam\tplaats\r\nZoë\tSúdwest\r\n".encode("utf-16"),
        "naam;plaats\r\nZoë;Súdwest\r\n".encode("windows-1252"),
        "naam;plaats\rZoë;Súdwest\r".encode(),
        '"naam","plaats"\r\n"Zoë","Súdwest"\r\n'.encode(),
        '"naam";plaats;"a,b,c,d,e"\r\nZoë;Súdwest\r\n'.encode(),
        "sep=|\r\nnaam|plaats\r\nZoë|Súdwest\r\n".encode(),
        "\r\n;\r\nnaam;plaats;\r\n;;\r\nZoë;Súdwest;;\r\n\r\n".encode(),
    ],
)
def test_csv_of_other_programs(data: bytes) -> None:
    table = read_table("Lijst.CSV", data)

    assert table.columns[:2] == ("naam", "plaats")
    assert [row.cells[:2] for row in table.rows] == [("Zoë", "Súdwest")]


def test_csv_keeps_signs_of_windows() -> None:
    text = "naam;plaats\r\nD’Arc – “Café” €5;Ünal Škoda… œuvre\r\n"

    assert cells("a.csv", text.encode("windows-1252")) == [
        ("D’Arc – “Café” €5", "Ünal Škoda… œuvre")
    ]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    data = b'naam;plaats\n\n"twee\nregels";a\nJan;b\n'

    assert read_table("a.csv", data).rows == [
        Row(3, ("twee\nregels", "a")),
        Row(4, ("Jan", "b")),
    ]


def test_short_rows_are_filled_and_long_rows_are_refused() -> None:
    rows = read_table("a.csv", b"naam;plaats\nJan\nPiet;a;b\n").rows

    assert [row.cells for row in rows] == [("Jan", ""), ("Piet", "a")]
    assert [type(row.refusal) for row in rows] == [type(None), TooManyCells]


@pytest.mark.parametrize("filename", ["a.csv", "a.xlsx"])
def test_hidden_characters_refuse_their_row(filename: str) -> None:
    rows = [["Jan", "a"], ["Piet", "b\x07"]]
    write: Callable[..., bytes] = csv_file if filename == "a.csv" else xlsx_file

    found = read_table(filename, write(["naam", "plaats"], rows)).rows

    assert [type(row.refusal) for row in found] == [type(None), HiddenCharacter]
    assert str(found[1].refusal) == "In kolom B staat een onzichtbaar teken. Typ de tekst opnieuw."


@pytest.mark.parametrize(
    "data",
    [
        "naam\nAndré\n".encode("cp850"),
        "naam\nZoë\n".encode("cp850"),
        "naam\nKöln\n".encode("cp850"),
        "naam\nAndré\n".encode("mac-roman"),
        "naam\nNoëlle\n".encode("mac-roman"),
        "naam\nZoë\n".encode() + "Zoë\n".encode("windows-1252"),
        "naam\nZoë\n".encode("utf-8-sig") + b"Zo\xeb\n",
        "naam\nZoë\n".encode("utf-16-le"),
        "naam\nZoë\n".encode("utf-16")[:-1],
        b"naam\n\x00\x01\x02",
    ],
)
def test_letters_that_cannot_be_read(data: bytes) -> None:
    with pytest.raises(UnreadableLetters):
        read_table("a.csv", data)


@pytest.mark.parametrize(
    "data",
    [
        b'naam;plaats\nJan;a\n"Piet;b\nKees;c\n',
        b'naam;plaats\nJan;a\n"Piet"er;b\n',
        b"naam;plaats\nJan;a\n" + b"x" * 200_000 + b";b\n",
    ],
)
def test_broken_quotes_name_the_row(data: bytes) -> None:
    with pytest.raises(BrokenQuotes, match="^Regel 3 klopt niet"):
        read_table("a.csv", data)


def test_xlsx_values_become_the_text_people_see() -> None:
    data = a_sheet(
        ["tekst", "getal", "telefoon", "groot", "datum", "moment", "duur", "ja"],
        [
            " Zoë ",
            1.5,
            31787701234,
            1e20,
            date(2027, 3, 28),
            datetime(2027, 3, 28, 14, 30),
            timedelta(hours=36),
            True,
        ],
    )

    assert cells("a.xlsx", data) == [
        (
            " Zoë ",
            "1,5",
            "31787701234",
            "100000000000000000000",
            "2027-03-28",
            "2027-03-28 14:30",
            "36:00",
            "WAAR",
        )
    ]


def test_a_formula_refuses_its_row_and_no_other() -> None:
    rows = read_table("a.xlsx", a_sheet(["naam", "som"], ["Jan", "=1+1"], ["Piet", 2])).rows

    assert rows[1] == Row(3, ("Piet", "2"))
    assert isinstance(rows[0].refusal, FormulaInCell)
    assert str(rows[0].refusal) == ("In kolom B staat een formule. Vervang die door de uitkomst.")


def test_an_error_of_excel_refuses_its_row() -> None:
    row = read_table("a.xlsx", a_sheet(["naam"], ["#N/A"])).rows[0]

    assert isinstance(row.refusal, ErrorInCell)


def test_formula_in_the_heading() -> None:
    with pytest.raises(UnusableHeading, match="^Regel 1 is de kop"):
        read_table("a.xlsx", a_sheet(["naam", "=A1"], ["Jan", "x"]))


def test_the_first_visible_sheet_counts() -> None:
    def fill(workbook: Any) -> None:
        workbook.active.append(["verborgen"])
        workbook.active.sheet_state = "hidden"
        workbook.create_sheet("Lijst").append(["naam"])

    assert read_table("a.xlsx", a_workbook(fill)).columns == ("naam",)


def test_ten_thousand_rows_are_read_in_a_few_seconds() -> None:
    rows = [
        (f"Naam {n}", f"naam{n}@bedrijf.example", "Papendrecht", "raad", "Wonen", "Zon", "ja")
        for n in range(10_000)
    ]
    columns = ("naam", "email", "organisatie", "doelgroep", "ronde 1", "ronde 2", "aanwezig")
    files = {"a.csv": csv_file(columns, rows), "a.xlsx": xlsx_file(columns, rows)}

    started = time.process_time()
    found = {filename: cells(filename, data) for filename, data in files.items()}

    assert time.process_time() - started < 10
    assert found == {"a.csv": rows, "a.xlsx": rows}


@pytest.mark.parametrize(
    ("filename", "data", "refusal"),
    [
        ("a.csv", b"", NoTable),
        ("a.csv", b"\xef\xbb\xbf", NoTable),
        ("a.csv", b"\r\n;;\r\n \r\n", NoTable),
        ("a.xlsx", a_sheet(), NoTable),
        ("a.pdf", b"%PDF-1.7", UnknownFileType),
        ("personen", b"naam\nJan\n", UnknownFileType),
        ("a.xlsm", a_sheet(["naam"]), UnknownFileType),
        ("a.csv", a_sheet(["naam"]), NameAndContentDiffer),
        ("a.xlsx", b"naam\nJan\n", NameAndContentDiffer),
        ("a.xlsx", a_zip({"word/document.xml": b"<x/>"}), NameAndContentDiffer),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), OldOrLockedFile),
        ("a.xlsx", b"PK\x03\x04", DamagedFile),
        ("a.xlsx", a_sheet(["naam"])[:-30], DamagedFile),
        ("a.xlsx", a_zip({"xl/workbook.xml": b"<workbook"}), DamagedFile),
        ("a.xlsx", with_sheet(sheet_xml("<row>")), DamagedFile),
        ("a.xlsx", with_sheet(sheet_xml('<row r="999999999"><c><v>1</v></c></row>')), DamagedFile),
        ("a.csv", b"naam\n" + b"x" * 26_214_400, FileTooLarge),
        ("a.csv", b"naam\n" + b"x\n" * 20_001, TooManyRows),
        ("a.csv", b";".join([b"x"] * 61) + b"\n", TooManyColumns),
        ("a.xlsx", xlsx_file(["x"] * 61, []), TooManyColumns),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_files_that_are_refused(filename: str, data: bytes, refusal: type[TableRefused]) -> None:
    with pytest.raises(refusal):
        read_table(filename, data)


def test_as_much_as_is_allowed() -> None:
    table = read_table("a.csv", b";".join([b"x"] * 60) + b"\n" + b"x\n" * 20_000)

    assert (len(table.columns), len(table.rows)) == (60, 20_000)


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param({"xl/workbook.xml": bytes(4 << 20)}, id="one dense part"),
        pytest.param({f"{n}.xml": bytes(1 << 20) for n in range(81)}, id="all parts together"),
        pytest.param({f"{n}.xml": b"" for n in range(1001)}, id="many parts"),
        pytest.param({f"{'x' * 500}{n}": b"" for n in range(2000)}, id="a large directory"),
    ],
)
def test_zip_bombs_are_refused_unopened(entries: dict[str, bytes]) -> None:
    with pytest.raises(UnpacksTooLarge):
        read_table("a.xlsx", a_zip(entries))


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    row = '<row><c t="inlineStr"><is><t>&b;</t></is></c></row>'

    with pytest.raises(DamagedFile):
        read_table("a.xlsx", with_sheet(sheet_xml(row, before=bomb)))


def test_a_sheet_that_lies_about_its_size_costs_nothing() -> None:
    data = with_sheet(
        sheet_xml('<row r="1"><c t="inlineStr"><is><t>naam</t></is></c></row>').replace(
            b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
        )
    )
    started = time.process_time()

    assert read_table("a.xlsx", data).columns == ("naam",)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("refusal", TableRefused.__subclasses__())
def test_every_refusal_has_a_sentence_of_its_own(refusal: type[TableRefused]) -> None:
    assert refusal.message != TableRefused.message
    assert refusal.message.endswith(".")
