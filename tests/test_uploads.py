"""Which files are let in, under what name, and what is said of the others."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwartaal.uploads import UploadRefused, check
from kwartaal.uploads.checking import NAMES_AUTHOR, UNTAGGED
from kwartaal.uploads.file_types import BY_EXTENSION
from kwartaal.uploads.names import (
    LONGEST,
    extension_of,
    in_address,
    named_after,
    numbered,
    shown_name,
    title_from,
)
from kwartaal.uploads.refusals import (
    Damaged,
    EmptyFile,
    HoldsFiles,
    HoldsMacros,
    Locked,
    NameAndContentDiffer,
    OldOrLocked,
    TwoFilesInOne,
    UnknownType,
    UnpacksTooLarge,
)
from tests.document_samples import a_jpeg, a_packed_pdf, a_pdf, a_png, a_zip, an_office_file

OFFICE = [extension for extension, kind in BY_EXTENSION.items() if kind.start == b"PK\x03\x04"]
SAMPLES = {extension: an_office_file(extension) for extension in OFFICE} | {
    ".pdf": a_pdf(),
    ".png": a_png(),
    ".jpg": a_jpeg(),
    ".jpeg": a_jpeg(),
}
EICAR_LIKE = b"MZ" + bytes(200)


def judged(tmp_path: Path, name: str, data: bytes):
    path = tmp_path / "file"
    path.write_bytes(data)
    return check(path, name)


@pytest.mark.parametrize("extension", BY_EXTENSION)
def test_every_accepted_kind_comes_in(tmp_path: Path, extension: str):
    checked = judged(tmp_path, f"Brief{extension.upper()}", SAMPLES[extension])

    assert checked.kind == BY_EXTENSION[extension]
    assert (checked.name, checked.size) == (f"Brief{extension.upper()}", len(SAMPLES[extension]))
    assert checked.warnings == ()


def test_pages_of_a_pdf_are_counted(tmp_path: Path):
    assert judged(tmp_path, "a.pdf", a_pdf(pages=3)).pages == 3


@pytest.mark.parametrize(
    ("name", "data", "warnings"),
    [
        ("a.pdf", a_pdf(tagged=False), (UNTAGGED,)),
        ("a.pdf", a_pdf(author="Anna"), (NAMES_AUTHOR,)),
        ("a.pdf", a_pdf(tagged=False, author="Anna"), (UNTAGGED, NAMES_AUTHOR)),
        ("a.docx", an_office_file(author="Anna"), (NAMES_AUTHOR,)),
        ("a.docx", an_office_file(author=" "), ()),
        ("a.odt", an_office_file(".odt", author="Anna"), (NAMES_AUTHOR,)),
    ],
)
def test_what_is_better_mended_is_a_warning(tmp_path: Path, name, data, warnings):
    assert judged(tmp_path, name, data).warnings == warnings


ZEROS = bytes(1 << 20)


def a_template(address: str) -> dict[str, bytes]:
    """The part of a Word file that names its template."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relation = f'<Relationship Id="a" Type="{kind}" Target="{address}" TargetMode="External"/>'
    return {"word/_rels/settings.xml.rels": f"<Relationships>{relation}</Relationships>".encode()}


BOMB = {"word/media/a.bmp": ZEROS * 4}
REFUSED = [
    pytest.param("a.pdf", b"", EmptyFile, id="empty"),
    pytest.param("a.exe", EICAR_LIKE, UnknownType, id="program"),
    pytest.param("a.svg", b"<svg/>", UnknownType, id="svg"),
    pytest.param("a.html", b"<html>", UnknownType, id="html"),
    pytest.param("a.docm", an_office_file(), UnknownType, id="docm"),
    pytest.param("brief", a_pdf(), UnknownType, id="no extension"),
    pytest.param("a.pdf.", b"", EmptyFile, id="a dot at the end"),
    pytest.param("rekening\u202efdp.exe", EICAR_LIKE, UnknownType, id="turned name"),
    pytest.param("a.pdf", EICAR_LIKE, NameAndContentDiffer, id="renamed program"),
    pytest.param("a.png", b"<svg onload=alert(1)>", NameAndContentDiffer, id="renamed svg"),
    pytest.param("a.docx", b"<html><script>", NameAndContentDiffer, id="renamed html"),
    pytest.param("a.pdf", b"\n" + a_pdf(), NameAndContentDiffer, id="pdf not at byte 0"),
    pytest.param("a.xlsx", an_office_file(".docx"), NameAndContentDiffer, id="docx as xlsx"),
    pytest.param("a.odt", an_office_file(".ods"), NameAndContentDiffer, id="ods as odt"),
    pytest.param("a.docx", a_zip({"a.txt": b"x"}), NameAndContentDiffer, id="a plain zip"),
    pytest.param("a.docx", b"\xd0\xcf\x11\xe0" + bytes(512), OldOrLocked, id="old or locked"),
    pytest.param("a.pdf", a_pdf() + a_zip({"a": b"x"}), TwoFilesInOne, id="pdf and zip"),
    pytest.param("a.png", a_png() + a_zip({"a": b"x"}), TwoFilesInOne, id="png and zip"),
    pytest.param("a.jpg", a_jpeg() + a_zip({"a": b"x"}), TwoFilesInOne, id="jpg and zip"),
    pytest.param("a.docx", a_zip({"a": b"x"}) + an_office_file(), TwoFilesInOne, id="two zips"),
    pytest.param("a.docx", an_office_file() + b"MZ" * 50, TwoFilesInOne, id="tail"),
    pytest.param("a.pdf", b"%PDF-1.7\nhallo", Damaged, id="broken pdf"),
    pytest.param("a.pdf", b"%PDF-1.7\n%%EOF", Damaged, id="a pdf of nothing"),
    pytest.param("a.pdf", a_pdf(pages=0), Damaged, id="a pdf without pages"),
    pytest.param("a.pdf", a_pdf()[:-200] + b"%%EOF", Damaged, id="half a pdf"),
    pytest.param("a.docx", an_office_file()[:-40], Damaged, id="half a docx"),
    pytest.param("a.png", a_png() + b"<script>", Damaged, id="png with a tail"),
    pytest.param("a.png", a_png() + b"MZ" + a_png()[-12:], Damaged, id="png with two ends"),
    pytest.param("a.png", a_png()[:8] + a_png()[-12:], Damaged, id="png of nothing"),
    pytest.param("a.png", a_png()[:-20] + a_png()[-12:], Damaged, id="half a png"),
    pytest.param("a.png", a_png()[:8], Damaged, id="the start of a png"),
    pytest.param("a.jpg", b"\xff\xd8\xff", Damaged, id="jpg of nothing"),
    pytest.param("a.jpg", b"\xff\xd8\xff\xd9", Damaged, id="jpg without a picture"),
    pytest.param("a.jpg", a_jpeg()[:-2], Damaged, id="half a jpg"),
    pytest.param("a.docx", an_office_file(parts={"docProps/core.xml": b"<x"}), Damaged, id="xml"),
    pytest.param("a.pdf", a_pdf(password="geheim"), Locked, id="pdf with a password"),
    pytest.param("a.pdf", a_pdf(script=True), HoldsMacros, id="pdf with a script"),
    pytest.param("a.pdf", a_pdf(attachment=True), HoldsFiles, id="pdf with a file"),
    pytest.param(
        "a.docx", an_office_file(parts={"word/vbaProject.bin": b"x"}), HoldsMacros, id="macros"
    ),
    pytest.param(
        "a.docx",
        an_office_file(parts={"[Content_Types].xml": b"<a b='macroEnabled'/>"}),
        HoldsMacros,
        id="docm as docx",
    ),
    pytest.param(
        "a.odt",
        an_office_file(".odt", {"Basic/Standard/a.xml": b"x"}),
        HoldsMacros,
        id="macros in odt",
    ),
    pytest.param(
        "a.docx",
        an_office_file(parts={"word/embeddings/a.exe": b"MZ"}),
        HoldsFiles,
        id="exe inside",
    ),
    pytest.param(
        "a.docx",
        an_office_file(parts={"word/embeddings/oleObject1.bin": b"x"}),
        HoldsFiles,
        id="object inside",
    ),
    pytest.param("a.docx", an_office_file(parts={"a.exe ": b"MZ"}), HoldsFiles, id="exe, space"),
    pytest.param("a.docx", an_office_file(parts={"a.exe.": b"MZ"}), HoldsFiles, id="exe, dot"),
    pytest.param("a.docx", an_office_file(parts={"../../a.txt": b"x"}), HoldsFiles, id="way out"),
    pytest.param("a.docx", an_office_file(parts={"..\\a.txt": b"x"}), HoldsFiles, id="way out too"),
    pytest.param(
        "a.docx",
        an_office_file(parts=a_template("https://x.example/a.dotm")),
        HoldsMacros,
        id="template from the internet",
    ),
    pytest.param("a.docx", an_office_file(parts={"a.zip": a_zip({})}), HoldsFiles, id="zip inside"),
    pytest.param(
        "a.odt",
        an_office_file(".odt", {"META-INF/manifest.xml": b"<encryption-data/>"}),
        Locked,
        id="odt with a password",
    ),
    pytest.param("a.docx", an_office_file(parts=BOMB), UnpacksTooLarge, id="zip bomb"),
    pytest.param(
        "a.docx",
        an_office_file(parts={f"{n}.xml": b"" for n in range(2001)}),
        UnpacksTooLarge,
        id="many parts",
    ),
    pytest.param(
        "a.docx",
        an_office_file(parts={f"{n}.xml": ZEROS[:500_000] for n in range(4)}),
        UnpacksTooLarge,
        id="many small bombs",
    ),
    pytest.param(
        "a.docx",
        an_office_file(parts={f"{n}.xml": ZEROS for n in range(201)}),
        UnpacksTooLarge,
        id="all parts together",
    ),
]


@pytest.mark.parametrize(("name", "data", "refusal"), REFUSED)
def test_what_may_not_come_in_is_refused(tmp_path: Path, name, data, refusal):
    with pytest.raises(UploadRefused) as caught:
        judged(tmp_path, name, data)

    assert type(caught.value) is refusal


IN_PDF = [
    pytest.param(b"<</AA<</O<</S/JavaScript/JS(x)>>>>>>", HoldsMacros, id="page script"),
    pytest.param(b"<</A<</S/J#61vaScript>>>>", HoldsMacros, id="script of a link"),
    pytest.param(b"[<</A<</S/URI/Next[<</S/Launch/F(cmd.exe)>>]>>>>]", HoldsMacros, id="program"),
    pytest.param(b"<</S/Rendition/JS(x)>>", HoldsMacros, id="script of a film"),
    pytest.param(b"<</Fields[]/XFA[(a)(b)]>>", HoldsMacros, id="form"),
    pytest.param(b"<</Subtype/FileAttachment>>", HoldsFiles, id="attachment"),
    pytest.param(b"<</Type/Filespec/F(evil.exe)/EF<</F 1 0 R>>>>", HoldsFiles, id="file"),
]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("holding", "refusal"), IN_PDF)
def test_any_object_of_a_pdf_may_hold_what_is_refused(tmp_path: Path, holding, refusal, packed):
    data = a_packed_pdf(holding) if packed else a_pdf(holding=holding)

    with pytest.raises(refusal):
        judged(tmp_path, "a.pdf", data)


@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_with_links_and_oddly_named_fonts_comes_in(tmp_path: Path, packed):
    font = b"<</Type/Font/Subtype/Type1>>"
    holding = b"<</Font<</JS %s/EF %s/XFA %s>>/A<</S/URI/URI(https://x.example)>>>>" % ((font,) * 3)
    data = a_packed_pdf(holding) if packed else a_pdf(holding=holding)

    assert judged(tmp_path, "a.pdf", data).pages == 1


DOCX = an_office_file(author="Anna", parts={"word/media/a.bmp": bytes(500)})


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(DOCX) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_office_file_is_let_in_or_refused_and_nothing_else(tmp_path, at, other):
    data = DOCX[:at] + other + DOCX[at + len(other) :]

    try:
        assert judged(tmp_path, "a.docx", data).size == len(data)
    except UploadRefused as refusal:
        assert refusal.message != UploadRefused.message


def test_an_xml_bomb_in_the_properties_is_refused(tmp_path: Path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'

    with pytest.raises(Damaged):
        judged(tmp_path, "a.docx", an_office_file(parts={"docProps/core.xml": bomb}))


@pytest.mark.parametrize("address", ["file:///C:\\Sjablonen\\brief.dotx", "brief.dotx"])
def test_a_template_at_the_office_is_let_be(tmp_path: Path, address):
    assert judged(tmp_path, "a.docx", an_office_file(parts=a_template(address))).warnings == ()


def test_a_photo_with_something_behind_it_comes_in(tmp_path: Path):
    assert judged(tmp_path, "a.jpg", a_jpeg() + a_jpeg()).kind.name == "foto"


def test_a_chart_with_its_workbook_comes_in(tmp_path: Path):
    parts = {"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": an_office_file(".xlsx")}

    assert judged(tmp_path, "a.pptx", an_office_file(".pptx", parts)).kind.name == "PowerPoint"


def test_a_pdf_that_goes_round_in_circles_is_refused_in_time(tmp_path: Path):
    pages = b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n"
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + pages
    data += b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    started = time.monotonic()

    with pytest.raises(Damaged):
        judged(tmp_path, "a.pdf", data)
    assert time.monotonic() - started < 25


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Anna\\brief.pdf", "brief.pdf"),
        ("brief\u202egnp.pdf", "briefgnp.pdf"),
        ("a\x00b\x07\r\nc.pdf", "abc.pdf"),
        ("  twee   spaties .pdf", "twee spaties.pdf"),
        ("...pdf", "bestand.pdf"),
        (".pdf", "bestand.pdf"),
        ("", "bestand"),
        ('<b>"x"</b>.pdf', "b_.pdf"),
        ("e\u0301\u00e9n.pdf", "\u00e9\u00e9n.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("Wonen & energie 🏠.pdf", "Wonen & energie 🏠.pdf"),
    ],
)
def test_a_name_is_shown_without_what_could_fool_somebody(sent, shown):
    assert shown_name(sent) == shown


@given(st.text(max_size=400))
def test_no_name_is_a_path_or_too_long(sent):
    name = shown_name(sent)

    assert 0 < len(name) <= LONGEST
    assert not set(name) & set("/\\\0\r\n\u202e\u200b")
    assert name not in (".", "..")


def test_names_for_people_and_for_archives():
    assert title_from("Raadsvoorstel_wonen 2.pdf") == "Raadsvoorstel wonen 2"
    assert extension_of("A.B.PDF") == ".pdf"
    assert numbered("brief.pdf", 2) == "brief (2).pdf"


@pytest.mark.parametrize("refusal", UploadRefused.__subclasses__())
def test_every_refusal_has_a_sentence_of_its_own(refusal: type[UploadRefused]):
    assert refusal.message != UploadRefused.message
    assert refusal.message.endswith(".")


@pytest.mark.parametrize(
    ("title", "name", "address"),
    [
        ("Presentatie warmtevisie", "Presentatie warmtevisie.pdf", "Presentatie-warmtevisie.pdf"),
        ("Advies: 2026/2027?", "Advies 2026-2027.pdf", "Advies-2026-2027.pdf"),
        ("../../etc", "-..-etc.pdf", "-..-etc.pdf"),
        ("...", "bestand.pdf", "bestand.pdf"),
        ("x" * 200, "x" * 146 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_file_is_named_after_its_title(title, name, address):
    given = named_after(title, "stuk-03.PDF")

    assert (given, in_address(given)) == (name, address)
