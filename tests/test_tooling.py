"""The files around the code keep their promises: lock, commands, changelog, mission."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
# The commands that docs and scripts rely on.
COMMANDS = {"run", "test", "check", "bench", "test-long", "lock"}
PIN = re.compile(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==([^\s;]+)", re.MULTILINE)
MISSION_ID = re.compile(r"\b(?:KB|[BMRWAP])-\d{1,2}\b")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[>=<~!; ]", requirement)[0].lower() for requirement in requirements}


def pins(lock: str) -> dict[str, set[str]]:
    """Package → versions; more than one where Pythons differ."""
    found: dict[str, set[str]] = {}
    for name, version in PIN.findall((ROOT / "requirements" / f"{lock}.txt").read_text()):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("runtime", PROJECT["dependencies"]),
        ("production", PROJECT["dependencies"] + EXTRAS["production"]),
        ("dev", PROJECT["dependencies"] + EXTRAS["dev"]),
    ],
)
def test_a_lock_holds_every_dependency_of_the_project(lock: str, wanted: list[str]) -> None:
    assert names(wanted) - pins(lock).keys() == set()


@pytest.mark.parametrize("lock", ["production", "dev"])
def test_the_larger_locks_hold_the_runtime_in_the_same_versions(lock: str) -> None:
    larger = pins(lock)

    assert {name: larger.get(name) for name in pins("runtime")} == pins("runtime")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_has_hashes_and_names_no_address(lock: Path) -> None:
    text = lock.read_text()
    entries = re.split(r"\n(?=\S)", text.strip())

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"\S*://\S*|--(?:extra-)?index-url.*|--find-links.*", text) == []
    assert re.findall(r"(?:^|\s)/\w+\S*", text) == []


def test_every_command_of_the_project_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    assert COMMANDS - targets == set()


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.sh")), ids=lambda p: p.name)
def test_a_script_is_executable_and_has_no_syntax_error(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", script], capture_output=True).stderr == b""


def test_an_old_python_is_refused_with_one_sentence(tmp_path: Path) -> None:
    """A copy of the project on a machine whose only Python says it is 3.9."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "requirements").mkdir()
    script = tmp_path / "scripts" / "environment.sh"
    script.write_text((ROOT / "scripts" / "environment.sh").read_text())
    (tmp_path / "requirements" / "runtime.txt").write_text("flask==3.1.3\n")
    old_python = tmp_path / "bin" / "python3"
    old_python.parent.mkdir()
    old_python.write_text("#!/bin/sh\nexit 1\n")
    old_python.chmod(0o755)
    for tool in ("dirname", "cmp", "rm", "cp"):
        (old_python.parent / tool).symlink_to(f"/usr/bin/{tool}")

    refused = subprocess.run(
        ["/bin/sh", script, "runtime"],
        env={"PATH": str(old_python.parent)},
        capture_output=True,
        text=True,
    )

    assert refused.returncode == 1
    assert refused.stderr == (
        "Kwartaal heeft Python 3.11, 3.12, 3.13 of 3.14 nodig, "
        "en op deze computer staat geen van die vier.\n"
    )
    assert not (tmp_path / ".venv").exists()


def test_every_mission_id_cited_in_the_code_is_explained() -> None:
    explained = set(MISSION_ID.findall((ROOT / "docs" / "mission.md").read_text()))
    sources = [*(ROOT / "kwartaal").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    cited = {(id, path.name) for path in sources for id in MISSION_ID.findall(path.read_text())}

    assert {(id, name) for id, name in cited if id not in explained} == set()


def test_every_decision_record_has_its_three_parts() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    parts = ("Context", "Decision", "Consequences")

    assert [r.name for r in records if any(part not in r.read_text() for part in parts)] == []


def test_the_glossary_is_in_order_and_points_at_files_that_exist() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|")][2:]
    files = {re.findall(r"`([^`]+)`", row[-1])[0] for row in rows}
    terms = [row[0].strip().lower() for row in rows]

    assert [name for name in files if not (ROOT / name).exists()] == []
    assert terms == sorted(terms)
