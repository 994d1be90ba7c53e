"""Every golden calendar, read by libical, by ical.js and by two more: they see the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kwartaal.ical import Event, write
from tests.calendar_libraries import (
    ICAL_JS,
    load_ical_js,
    read_with_ical_js,
    read_with_libical,
    require_libical,
)
from tests.calendar_readers import READERS, Read, read_with_vobject
from tests.calendar_samples import INJECTED, a_calendar, an_event
from tests.golden import SNAPSHOTS

require_libical()

GOLDEN = sorted(
    path for folder in ("feeds", "ical", "story") for path in SNAPSHOTS.glob(f"{folder}/*.ics")
)
LONG = "Een titel die niet ophoudt; met komma's, en \\ schuine strepen. " * 32
HARD = {
    "line breaks": "een\r\ntwee\rdrie\nvier\u2028vijf\u0085zes\vzeven",
    "semicolons": "Wonen; water, en \\ meer\\nniet \\; \\,",
    "emoji": "Vlag 🏳️‍🌈 en gezin 👩‍👩‍👧‍👦",
    "two thousand characters": LONG[:2000],
    "right to left": "\u202eלהתראות\u202c في الموعد",
    "an event": INJECTED,
    "an alarm": "x\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM",
    "folded": "x\r\n END:VCALENDAR\r\n\tBEGIN:VCALENDAR",
    "control characters": "a\x00b\x07c\x1bd\ufeffe",
}
FIELDS = ("summary", "location", "description")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    load_ical_js(page)
    yield page
    page.close()


def seen_by_all(page: Page, content: bytes) -> list[list[Read]]:
    """What each of the four reads, in one order."""
    reads = [read(content) for read in READERS.values()]
    return [
        sorted(one)
        for one in (*reads, read_with_libical(content), read_with_ical_js(page, content))
    ]


def test_the_vendored_file_is_the_one_of_the_manifest():
    manifest = json.loads((ICAL_JS.parent / "MANIFEST.json").read_text())["files"]

    assert set(manifest) == {path.name for path in ICAL_JS.parent.iterdir()} - {"MANIFEST.json"}
    for name, about in manifest.items():
        content = (ICAL_JS.parent / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == about["sha256"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_four_libraries_read_the_same(page, path: Path):
    first, *others = seen_by_all(page, path.read_bytes())

    assert others == [first] * 3


def in_every_field(text: str) -> Event:
    return an_event(
        uid="hard",
        categories=(text,),
        attachments=(f"https://kwartaal.example/{text}",),
        url=f"https://kwartaal.example/{text}",
        **dict.fromkeys(FIELDS, text),
    )


def hardened(text: str) -> bytes:
    return write(a_calendar(in_every_field(text), name=f"x{text}", description=text))


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_hardest_texts_are_read_alike_and_add_nothing(page, text):
    first, *others = seen_by_all(page, hardened(text))

    assert others == [first] * 3
    assert [one.uid for one in first] == ["hard"]


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(st.one_of(st.characters(), st.sampled_from('\\;,:"\r\n\t BEGIN')), max_size=90))
def test_any_text_is_read_alike_and_adds_nothing(page, text):
    content = hardened(text)
    lines = content.replace(b"\r\n ", b"").split(b"\r\n")

    assert [line for line in lines if line.startswith((b"BEGIN:VE", b"ATTENDEE"))] == [
        b"BEGIN:VEVENT"
    ]
    first = read_with_vobject(content)
    assert [first, first] == [read_with_libical(content), read_with_ical_js(page, content)]
