"""What we write, read back by libraries that are not ours: the same cells in every kind of file."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwartaal.spreadsheets import (
    Phone,
    original_text,
    safe_text,
    write_csv,
    write_json,
)
from tests.table_files import cells_of, ods_file, xlsx_file

COLUMNS = ["naam", "telefoon", "=kop"]
HEADING = ["naam", "telefoon", "'=kop"]
ROWS = [
    ["=1+1", Phone("+31787701234"), "@SOM(A1)"],
    ["-", Phone("+31612345678"), "+31 78 770 12 34"],
    ["\ttab vooraan", None, "tab\tmidden"],
    ["twee\nregels", None, "drie\n\nregels"],
    ["'apostrof", "", "''twee"],
    ['"quotes"; en, meer', None, " spatie  om en   om "],
    ["Ümit Şahin", Phone("+4930901820"), "\N{GRINNING FACE} & <b>vet</b>"],
    ['=HYPERLINK("http://kwaad.example")', None, "=cmd|' /C calc'!A0"],
    [" \t \t ", None, "a\t b \tc"],
]
WRITTEN = [
    ["'=1+1", "+31 78 770 12 34", "'@SOM(A1)"],
    ["'-", "+31 6 12 34 56 78", "'+31 78 770 12 34"],
    ["'\ttab vooraan", "", "tab\tmidden"],
    ["twee\nregels", "", "drie\n\nregels"],
    ["''apostrof", "", "'''twee"],
    ['"quotes"; en, meer', "", " spatie  om en   om "],
    ["Ümit Şahin", "+49 30 901820", "\N{GRINNING FACE} & <b>vet</b>"],
    ['\'=HYPERLINK("http://kwaad.example")', "", "'=cmd|' /C calc'!A0"],
    [" \t \t ", "", "a\t b \tc"],
]
WRITERS = {
    "csv": lambda columns, rows: b"".join(write_csv(columns, rows)),
    "xlsx": xlsx_file,
    "ods": ods_file,
    "json": lambda columns, rows: b"".join(write_json(columns, rows)),
}
SHEETS = ["csv", "xlsx", "ods"]
# Every character but what no XML file can hold; a carriage return is a line break in ODS.
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")),
    st.text(st.sampled_from("=+-@'\t\n;,\"| aÜ\N{GRINNING FACE}<&_x0D")),
    st.sampled_from(["_x000D_", "=1+1", "  ", "\n", "a\n", "\t\t", "]]>", "&amp;"]),
)
phones = st.integers(100, 9_999_999).map(lambda end: Phone(f"+3178{end:07}"))
tables = st.lists(st.tuples(texts, st.one_of(phones, texts), texts).map(list), max_size=4)


@pytest.mark.parametrize("kind", SHEETS)
def test_file_holds_the_agreed_cells(kind):
    assert cells_of(kind, WRITERS[kind](COLUMNS, ROWS)) == [HEADING, *WRITTEN]


def test_json_holds_the_same_cells_without_the_apostrophe():
    bare = [[original_text(cell) for cell in row] for row in WRITTEN]

    assert cells_of("json", WRITERS["json"](COLUMNS, ROWS)) == [COLUMNS, *bare]


@settings(deadline=None, max_examples=60)
@given(tables)
def test_any_cells_are_the_same_in_every_file(rows):
    expected = [["a", "b", "c"], *[[safe_text(cell) for cell in row] for row in rows]]
    bare = [[original_text(cell) for cell in row] for row in expected] if rows else []

    for kind in SHEETS:
        assert cells_of(kind, WRITERS[kind](["a", "b", "c"], rows)) == expected, kind
    assert cells_of("json", WRITERS["json"](["a", "b", "c"], rows)) == bare


@pytest.mark.parametrize("kind", WRITERS)
def test_list_of_nobody_is_a_file(kind):
    assert cells_of(kind, WRITERS[kind](["naam"], [])) == ([] if kind == "json" else [["naam"]])


def test_ods_tells_what_it_is_in_its_first_bytes():
    data = ods_file(COLUMNS, ROWS)

    assert data[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = ["mimetype", "META-INF/manifest.xml", "styles.xml", "content.xml"]
        assert archive.namelist() == names


def test_ods_of_equal_rows_is_equal():
    assert ods_file(COLUMNS, ROWS) == ods_file(COLUMNS, ROWS)


def test_ods_has_one_kind_of_line_break_and_a_mark_for_what_xml_cannot_hold():
    data = ods_file(["tekst"], [["een\r\ntwee\rdrie"], ["bel\x07"]])

    assert cells_of("ods", data)[1:] == [["een\ntwee\ndrie"], ["bel\N{REPLACEMENT CHARACTER}"]]


def test_json_is_written_while_the_rows_come():
    asked_for = 0

    def rows():
        nonlocal asked_for
        for asked_for in range(1, 10_001):
            yield [str(asked_for)]

    pieces = write_json(["nummer"], rows())
    next(pieces), next(pieces)

    assert asked_for < 1000
    assert len(list(pieces)) > 10


def test_json_is_a_list_of_objects_in_the_order_of_the_columns():
    data = b"".join(write_json(["naam", "aanwezig"], [["Zoë", "ja"], ["Bo", None]]))

    assert data.decode() == (
        '[\n{"naam": "Zoë", "aanwezig": "ja"},\n{"naam": "Bo", "aanwezig": ""}\n]\n'
    )
    assert json.loads(data)[1] == {"naam": "Bo", "aanwezig": ""}
