"""libical, which Evolution, KDE and many servers read with, and ical.js, which Thunderbird and
Nextcloud read with; brought to the shape of the other readers.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.calendar_readers import Read, rounded

ICAL_JS = Path(__file__).parent / "vendor" / "ical.min.js"
LIBICAL = "libical.so.3"
READ_WITH_ICAL_JS = """text => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    for (const zone of calendar.getAllSubcomponents("vtimezone"))
        ICAL.TimezoneService.register(new ICAL.Timezone(zone), zone.getFirstPropertyValue("tzid"));
    const found = calendar.getAllSubcomponents("vevent").map(one => {
        const event = new ICAL.Event(one);
        return [event.uid, event.startDate.toUnixTime(), event.endDate.toUnixTime(),
                one.getFirstPropertyValue("status"), event.summary || "", event.location || "",
                event.description || "", one.getFirstPropertyValue("geo") || [],
                one.getFirstPropertyValue("conference") || ""];
    });
    ICAL.TimezoneService.reset();
    return found;
}"""


class Time(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )


def require_libical() -> None:
    """Leave the calling test module out, in one line, where the library is not; never in CI."""
    try:
        ctypes.CDLL(LIBICAL)
    except OSError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("Overgeslagen, want libical ontbreekt", allow_module_level=True)


def read_with_libical(content: bytes) -> list[Read]:
    """Raises AssertionError for what libical could not parse."""
    library = _libical()
    calendar = library.icalparser_parse_string(content)
    try:
        assert library.icalcomponent_count_errors(calendar) == 0
        kind = library.icalcomponent_string_to_kind(b"VEVENT")
        found, event = [], library.icalcomponent_get_first_component(calendar, kind)
        while event:
            found.append(_from_libical(library, event))
            event = library.icalcomponent_get_next_component(calendar, kind)
        return found
    finally:
        library.icalcomponent_free(calendar)


def read_with_ical_js(page: Page, content: bytes) -> list[Read]:
    """`page` is one in which `load_ical_js` was called."""
    return [
        Read(
            uid,
            _moment(start),
            _moment(end),
            status,
            summary,
            location,
            description,
            rounded(*geo),
            online,
        )
        for uid, start, end, status, summary, location, description, geo, online in page.evaluate(
            READ_WITH_ICAL_JS, content.decode()
        )
    ]


def load_ical_js(page: Page) -> None:
    page.add_script_tag(path=ICAL_JS)


@cache
def _libical() -> Any:
    library = ctypes.CDLL(LIBICAL)
    pointers = ("parser_parse_string", "component_get_first_component")
    for name in (*pointers, "component_get_next_component", "component_get_first_property"):
        getattr(library, f"ical{name}").restype = ctypes.c_void_p
    for name in ("uid", "summary", "location", "description"):
        getattr(library, f"icalcomponent_get_{name}").restype = ctypes.c_char_p
    library.icalproperty_get_value_as_string.restype = ctypes.c_char_p
    for name in ("dtstart", "dtend"):
        getattr(library, f"icalcomponent_get_{name}").restype = Time
    library.icaltime_as_timet_with_zone.restype = ctypes.c_long
    library.icaltime_as_timet_with_zone.argtypes = (Time, ctypes.c_void_p)
    for name in ("count_errors", "free"):
        getattr(library, f"icalcomponent_{name}").argtypes = (ctypes.c_void_p,)
    for name in ("first_component", "next_component", "first_property"):
        getattr(library, f"icalcomponent_get_{name}").argtypes = (ctypes.c_void_p, ctypes.c_int)
    for name in ("uid", "summary", "location", "description", "dtstart", "dtend"):
        getattr(library, f"icalcomponent_get_{name}").argtypes = (ctypes.c_void_p,)
    library.icalproperty_get_value_as_string.argtypes = (ctypes.c_void_p,)
    return library


def _from_libical(library: Any, event: int) -> Read:
    def text(name: str) -> str:
        value: bytes | None = getattr(library, f"icalcomponent_get_{name}")(event)
        return (value or b"").decode()

    def moment(name: str) -> datetime:
        time = getattr(library, f"icalcomponent_get_{name}")(event)
        return _moment(library.icaltime_as_timet_with_zone(time, time.zone))

    def written(name: bytes) -> str:
        kind = library.icalproperty_string_to_kind(name)
        found = library.icalcomponent_get_first_property(event, kind)
        return library.icalproperty_get_value_as_string(found).decode() if found else ""

    return Read(
        text("uid"),
        moment("dtstart"),
        moment("dtend"),
        written(b"STATUS"),
        text("summary"),
        text("location"),
        text("description"),
        rounded(*map(float, filter(None, written(b"GEO").split(";")))),
        written(b"CONFERENCE"),
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
