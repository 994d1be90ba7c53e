"""Two calendar libraries that are not the one we write with, brought to one shape."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import vobject
from ical.calendar_stream import IcsCalendarStream


class Read(NamedTuple):
    """What a subscriber sees of one event; moments in UTC, "" for what is not there.

    `geo` is rounded to what four decimals say; `online` is the address of CONFERENCE.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    status: str
    summary: str
    location: str
    description: str
    geo: tuple[float, ...] = ()
    online: str = ""


NOTHING = ("Vervallen afspraak", "", "", (), "")  # all that is left to read, behind the status


def rounded(*degrees: float) -> tuple[float, ...]:
    return tuple(round(one, 4) for one in degrees)


def read_with_vobject(content: bytes) -> list[Read]:
    calendar = vobject.readOne(content.decode(), validate=True)
    return [_from_vobject(event) for event in calendar.contents.get("vevent", [])]


def _from_vobject(event: Any) -> Read:
    def value(name: str) -> Any:
        return event.getChildValue(name, "")

    return Read(
        uid=value("uid"),
        starts_at=value("dtstart").astimezone(UTC),
        ends_at=value("dtend").astimezone(UTC),
        status=value("status"),
        summary=value("summary"),
        location=value("location"),
        description=value("description"),
        geo=rounded(*map(float, filter(None, value("geo").split(";")))),
        online=value("conference"),
    )


def categories_with_vobject(content: bytes) -> list[str]:
    """Of the first event; ical splits a name at its escaped comma, so it is no witness here."""
    names: list[str] = vobject.readOne(content.decode()).vevent.categories.value
    return names


def read_with_ical(content: bytes) -> list[Read]:
    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    return [_from_ical(event) for event in calendar.events]


def _from_ical(event: Any) -> Read:
    return Read(
        uid=event.uid,
        starts_at=event.dtstart.astimezone(UTC),
        ends_at=event.dtend.astimezone(UTC),
        status=event.status.value,
        summary=event.summary or "",
        location=event.location or "",
        description=event.description or "",
        geo=rounded(event.geo.lat, event.geo.lng) if event.geo else (),
        online=event.conference[0].uri if event.conference else "",
    )


READERS: dict[str, Callable[[bytes], list[Read]]] = {
    "vobject": read_with_vobject,
    "ical": read_with_ical,
}
