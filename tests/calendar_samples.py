"""Calendars with everything that is hard about them; each has a golden file under snapshots/ical.

`python -m tests.calendar_samples` writes the files anew. When the bytes of an unchanged sample
change, raise `kwartaal.ical.FORMAT`, or subscribers keep what they have.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kwartaal.ical import (
    Calendar,
    Class,
    Color,
    Conference,
    Event,
    Status,
    Transparency,
    busy,
    withdrawn,
    write,
)

GOLDEN = Path(__file__).parent / "snapshots" / "ical"
INJECTED = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:evil\rSUMMARY:evil\u2028ATTENDEE:mailto:a@b.example"
)


def utc(year: int, month: int, day: int, *time: int) -> datetime:
    return datetime(year, month, day, *time, tzinfo=UTC)  # type: ignore[misc]


def an_event(**changes: Any) -> Event:
    fields: dict[str, Any] = {
        "uid": "0d4f8f2e-6c1b-4a6e-9a35-5a1d0a7b3c11",
        "summary": "Kwartaalbijeenkomst voorjaar",
        "starts_at": utc(2027, 3, 10, 11, 30),
        "ends_at": utc(2027, 3, 10, 16, 0),
        "revised_at": utc(2027, 1, 15, 9, 12, 33),
        "created_at": utc(2026, 11, 22, 8, 0),
        "location": "Stadhuis Zwijndrecht, Raadhuisplein 3, Zwijndrecht",
        "url": "https://kwartaal.example/bijeenkomsten/voorjaar-2027/",
    }
    return Event(**fields | changes)


def a_calendar(*events: Event, **changes: Any) -> Calendar:
    fields: dict[str, Any] = {
        "name": "Kwartaalbijeenkomsten",
        "source": "https://kwartaal.example/kalender/openbaar.ics",
        "url": "https://kwartaal.example/kalender/",
        "color": Color.DARKSLATEBLUE,
    }
    return Calendar(events=events, **fields | changes)


def at(uid: str, starts_at: datetime, **length: float) -> Event:
    return an_event(
        uid=uid, summary=uid, starts_at=starts_at, ends_at=starts_at + timedelta(**length)
    )


def texts(uid: str, text: str) -> Event:
    """An event with the text in every field a person fills in."""
    return an_event(
        uid=uid,
        summary=text,
        location=text,
        description=text,
        categories=(text, "Raad"),
    )


MEETING = an_event(
    description="Programma\n13.00 Plenair\n14.00 Ronde 1\n\nhttps://kwartaal.example/bijeenkomsten/",
    categories=("Kwartaalbijeenkomst", "Raad, college en ambtelijk"),
    attachments=("https://kwartaal.example/bijeenkomsten/voorjaar-2027/agenda/",),
    color=Color.TEAL,
    geo=(51.8172, 4.63333),
    conference=Conference("https://stream.example.org/mei?taal=nl;s=1", 'Online; "mee", hier'),
    sequence=3,
)
WORKSHOP = an_event(
    uid="d5a3a5b0-3a2b-4b44-8e0a-0c4a9b1f7e22",
    summary="Ronde 1: Wonen",
    starts_at=utc(2027, 3, 10, 13, 0),
    ends_at=utc(2027, 3, 10, 13, 45),
    related_to=MEETING.uid,
)
TENTATIVE = an_event(
    uid="waiting",
    status=Status.TENTATIVE,
    transp=Transparency.TRANSPARENT,
    description="U staat op de wachtlijst, plaats 3.",
)
CANCELLED = an_event(uid="cancelled", status=Status.CANCELLED, sequence=7)

SAMPLES: dict[str, Calendar] = {
    "public": a_calendar(
        MEETING,
        CANCELLED,
        replace(TENTATIVE, uid="announced", description=""),
        an_event(uid="past", starts_at=utc(2021, 11, 24, 12, 0), ends_at=utc(2021, 11, 24, 17, 0)),
        description="Alle openbare bijeenkomsten; ook de eerdere.",
    ),
    "empty": a_calendar(),
    "meeting-with-items": a_calendar(
        WORKSHOP, MEETING, replace(WORKSHOP, uid="orphan", related_to="x")
    ),
    "single": a_calendar(MEETING, single=True, source=""),
    "personal": a_calendar(
        TENTATIVE,
        MEETING,
        busy(replace(MEETING, uid="closed")),
        busy(replace(MEETING, uid="closed-cancelled", status=Status.CANCELLED)),
        withdrawn(replace(MEETING, uid="lowered")),
        an_event(uid="titled", class_=Class.PRIVATE),
        name="Kwartaal: mijn bijeenkomsten",
        source="",
    ),
    "clock-forward": a_calendar(
        at("ends at the gap", utc(2027, 3, 28, 0, 0), hours=1),
        at("begins at the gap", utc(2027, 3, 28, 1, 0), hours=1),
        at("spans the gap", utc(2027, 3, 27, 22, 0), hours=6),
    ),
    "clock-back": a_calendar(
        at("before the double hour", utc(2027, 10, 30, 23, 30), minutes=25),
        at("in its first half", utc(2027, 10, 31, 0, 15), minutes=30),
        at("in its second half", utc(2027, 10, 31, 1, 15), minutes=30),
        at("after it", utc(2027, 10, 31, 2, 0), hours=1),
        at("spans it", utc(2027, 10, 30, 20, 0), hours=8),
    ),
    "over-midnight": a_calendar(
        at("evening in winter", utc(2027, 1, 20, 21, 0), hours=3),
        at("evening in summer", utc(2027, 7, 14, 20, 0), hours=4),
        at("new year", utc(2027, 12, 31, 22, 30), hours=2),
        at("two days", utc(2027, 6, 3, 7, 0), hours=34),
    ),
    "texts": a_calendar(
        texts("line breaks", " een\r\ntwee\rdrie\n\nvier\u2028vijf\x85zes \n"),
        texts("separators", 'a;b,c:d\\e\\nf\\Ng\\;h"i^n=j'),
        texts("emoji", "Vlag 🇳🇱 gezin 👨‍👩‍👧‍👦 duim 👍🏽 " * 5),
        texts("right to left", "שלום, עולם; مرحبا بالعالم \u202eomgekeerd\u202c " * 4),
        texts("controls", "\ufeffa\x00b\x07c\x1bd\x7fe\x9ff\tg"),
        texts("2,000 characters", "Tweeduizend tekens; " * 100),
        texts("2,000 wide characters", "漢字é🙂" * 500),
        texts("2,000 backslashes", "\\" * 2000),
        texts("nothing", " \r\n\t"),
        name='Raad; college, "ambtelijk"\n\\Nieuw \\n 🙂',
        description="Regel 1\nRegel 2; met, tekens \\n",
    ),
    "injected": a_calendar(
        an_event(
            uid=INJECTED,
            summary=INJECTED,
            location=INJECTED,
            description=INJECTED,
            url="https://kwartaal.example/" + INJECTED,
            categories=(INJECTED,),
            attachments=("https://kwartaal.example/" + INJECTED,),
            related_to=INJECTED,
        ),
        name=INJECTED,
        description=INJECTED,
        source="https://kwartaal.example/" + INJECTED,
        url="https://kwartaal.example/" + INJECTED,
    ),
}


def write_golden_files() -> None:
    for name, calendar in SAMPLES.items():
        (GOLDEN / f"{name}.ics").write_bytes(write(calendar))


if __name__ == "__main__":
    write_golden_files()
