"""The attendance list opened by LibreOffice itself: the same cells, and nothing executed."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess

import pytest

from tests.attendance_samples import Door

# One database is enough: the files come from the same rows.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# Separator ;, quote ", UTF-8, from row 1, columns as they are, language, quoted as text, detect no
# numbers: what somebody gets who opens the file and presses Enter.
CSV_FILTER = "CSV:59,34,76,1,,1043,false,false"
TO_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1043,false,true"
SECONDS = 120
KINDS = ("csv", "xlsx", "ods")


@pytest.fixture(scope="module")
def soffice(tmp_path_factory):
    """Converts a file to another kind, in a profile of its own; gives the new file."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice (soffice) is niet gevonden")
        pytest.skip("LibreOffice (soffice) is niet gevonden: deze test is overgeslagen")
    profile = tmp_path_factory.mktemp("profile")

    def convert(source, kind):
        target = source.parent / "made"
        reading = [f"--infilter={CSV_FILTER}"] if source.suffix == ".csv" else []
        subprocess.run(  # noqa: S603 (a fixed program)
            [
                program,
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                *reading,
                "--convert-to",
                kind,
                "--outdir",
                str(target),
                str(source),
            ],
            check=True,
            timeout=SECONDS,
            capture_output=True,
        )
        return target / f"{source.stem}.{kind.partition(':')[0]}"

    return convert


@pytest.fixture
def exported(app, save, clock, browser_of, tmp_path):
    """The files of a meeting with accents, a phone number, and names that look like formulas."""
    door = Door(app, save, clock)
    door.publish()
    door.register(door.somebody("Zoë", "Çelik", phone="+31787701234", prefix="van der"), door.dikes)
    door.register(door.somebody("Şahin", "Wacht"), door.dikes)
    door.register(door.somebody("=1+1", '=HYPERLINK("http://kwaad.example")'))
    door.register(door.somebody("+31", "@SOM(A1)"))
    door.register(door.somebody("=DDE", "'soffice';'a.ods';'A1'"))
    door.register(door.somebody("\tTab", "Twee  spaties"))
    browser = browser_of(door.organiser)
    files = {}
    for kind in KINDS:
        files[kind] = tmp_path / f"aanwezigheid.{kind}"
        files[kind].write_bytes(browser.get(door.at(f".{kind}")).data)
    return files


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_reads_the_same_cells(soffice, exported, kind):
    read = cells(soffice(exported[kind], TO_CSV))

    assert read == cells(exported["csv"])
    assert {row[0]: (row[2], row[5]) for row in read[1:]} == {
        '\'=1+1 =HYPERLINK("http://kwaad.example")': ("", ""),
        "'=DDE 'soffice';'a.ods';'A1'": ("", ""),
        "'+31 @SOM(A1)": ("", ""),
        "'\tTab Twee  spaties": ("", ""),
        "Zoë van der Çelik": ("+31 78 770 12 34", "Dijken"),
        "Şahin Wacht": ("", "wachtlijst 1: Dijken"),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_finds_no_formula_and_no_link(soffice, exported, kind):
    opened = soffice(exported[kind], "fods").read_text()

    assert "HYPERLINK" in opened
    assert [word for word in ("table:formula", "xlink:href=", "dde-source") if word in opened] == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_prints_it(soffice, exported, kind):
    assert soffice(exported[kind], "pdf").read_bytes().startswith(b"%PDF-")
