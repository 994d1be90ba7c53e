"""A calendar program that knows appointments from mails alone, written from RFC 5546 and RFC 6047.

It shares no code with Kwartaal and runs in a process of its own:

    python -m tests.imip_client anna@x.example

Each line on stdin is a JSON list of .eml files in the order in which they arrived; each line on
stdout is what stands in the calendar after that: `entries` by UID, and `problems`, with what no
table allows. Files are parsed once, so that one process can try many orders.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from functools import cache
from pathlib import Path
from typing import Any

import vobject

# How often a property stands in a VEVENT: RFC 5546 sections 3.2.2 and 3.2.5.
ONE, AT_MOST_ONE, SOME, ANY, NONE = (1, 1), (0, 1), (1, None), (0, None), (0, 0)
TABLES: dict[str, dict[str, tuple[int, int | None]]] = {
    "REQUEST": {
        "attendee": SOME,
        "dtstamp": ONE,
        "dtstart": ONE,
        "organizer": ONE,
        "sequence": AT_MOST_ONE,
        "summary": ONE,
        "uid": ONE,
        "class": AT_MOST_ONE,
        "created": AT_MOST_ONE,
        "description": AT_MOST_ONE,
        "dtend": AT_MOST_ONE,
        "last-modified": AT_MOST_ONE,
        "location": AT_MOST_ONE,
        "status": AT_MOST_ONE,
        "transp": AT_MOST_ONE,
        "url": AT_MOST_ONE,
        "request-status": NONE,
    },
    "CANCEL": {
        "attendee": ANY,
        "dtstamp": ONE,
        "organizer": ONE,
        "sequence": ONE,
        "uid": ONE,
        "dtstart": AT_MOST_ONE,
        "dtend": AT_MOST_ONE,
        "status": AT_MOST_ONE,
        "summary": AT_MOST_ONE,
        "valarm": NONE,
        "request-status": NONE,
    },
}
STATUS = {"REQUEST": ("", "TENTATIVE", "CONFIRMED"), "CANCEL": ("", "CANCELLED")}
# A change of one of these needs a higher SEQUENCE (RFC 5546 section 2.1.4).
SIGNIFICANT = ("starts_at", "ends_at", "status", "summary", "location")


class Wrong(Exception):
    """A message that a program may refuse, and why."""


@dataclass(frozen=True)
class Received:
    """One message as it came: the method, what orders it, and what it says of the event."""

    method: str
    uid: str
    order: tuple[int, datetime]  # SEQUENCE, then DTSTAMP: RFC 5546 section 2.1.5
    organizer: str
    attendees: dict[str, str]  # address and PARTSTAT
    content: dict[str, str]

    @property
    def significant(self) -> dict[str, str]:
        return {name: self.content[name] for name in SIGNIFICANT}


@dataclass
class CalendarProgram:
    """The appointments of one person; what was cancelled is remembered, so that nothing old of it
    comes back.
    """

    address: str
    newest: dict[str, Received] = field(default_factory=dict)
    seen: dict[tuple[str, int], Received] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def receive(self, path: str) -> None:
        try:
            self._take(received(path))
        except Wrong as wrong:
            self.problems.append(f"{Path(path).name}: {wrong}")

    def entries(self) -> dict[str, dict[str, object]]:
        return {
            uid: one.content | {"partstat": one.attendees[self.address], "sequence": one.order[0]}
            for uid, one in self.newest.items()
            if one.method == "REQUEST"
        }

    def _take(self, message: Received) -> None:
        if self.address not in message.attendees:
            raise Wrong(f"is for {sorted(message.attendees)}")
        before = self.newest.get(message.uid)
        if before is not None and before.organizer != message.organizer:
            raise Wrong(f"comes from {message.organizer}, not from {before.organizer}")
        self._compare(message)
        if before is None or message.order > before.order:
            self.newest[message.uid] = message

    def _compare(self, message: Received) -> None:
        """Of two messages with one SEQUENCE neither may say something else."""
        same = self.seen.setdefault((message.uid, message.order[0]), message)
        if (same.method, same.significant) != (message.method, message.significant):
            raise Wrong(f"says something else under SEQUENCE {message.order[0]}")


@cache
def received(path: str) -> Received:
    """What a mail brings for the calendar; raises Wrong."""
    mail = message_from_bytes(Path(path).read_bytes(), policy=policy.default)
    part = _calendar_part(mail)
    text = part.get_payload(decode=True).decode(part.get_content_charset("us-ascii"))
    calendar = vobject.readOne(text)
    method = _method(part, calendar)
    event = _event(calendar, method)
    organizer = _address(event.organizer.value)
    if organizer not in _senders(mail):
        raise Wrong(f"{organizer} is not From, Sender or Reply-To")
    return Received(
        method=method,
        uid=event.uid.value,
        order=(int(event.getChildValue("sequence", "0")), event.dtstamp.value),
        organizer=organizer,
        attendees={
            _address(one.value): one.params.get("PARTSTAT", ["NEEDS-ACTION"])[0]
            for one in event.contents.get("attendee", [])
        },
        content=_content(event),
    )


def _calendar_part(mail: EmailMessage) -> EmailMessage:
    """The last alternative (RFC 6047 section 2.4); a file beside it must hold the same."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    if len(parts) != 1:
        raise Wrong(f"{len(parts)} parts are text/calendar")
    alternatives = [p for p in mail.walk() if p.get_content_type() == "multipart/alternative"]
    if not alternatives or [*alternatives[0].iter_parts()][-1] is not parts[0]:
        raise Wrong("text/calendar is not the last alternative")
    for other in mail.walk():
        is_file = (other.get_filename() or "").endswith(".ics")
        if is_file and other.get_payload(decode=True) != parts[0].get_payload(decode=True):
            raise Wrong("the file holds another appointment")
    return parts[0]


def _method(part: EmailMessage, calendar: Any) -> str:
    """METHOD, which the part's Content-Type repeats (RFC 6047 section 2.4)."""
    inside, outside = calendar.getChildValue("method", ""), part.get_param("method")
    if inside != outside:
        raise Wrong(f"METHOD is {inside or 'absent'}, Content-Type says {outside}")
    if inside not in TABLES:
        raise Wrong(f"METHOD {inside} is not for an attendee")
    return str(inside)


def _event(calendar: Any, method: str) -> Any:
    """The one event, as the table of its method has it."""
    events = calendar.contents.get("vevent", [])
    if len(events) != 1 or set(calendar.contents) & {"vtodo", "vjournal", "vfreebusy"}:
        raise Wrong(f"{len(events)} events")
    for name, (least, most) in TABLES[method].items():
        count = len(events[0].contents.get(name, []))
        if count < least or (most is not None and count > most):
            raise Wrong(f"{name} stands there {count} times")
    status = events[0].getChildValue("status", "")
    if status not in STATUS[method]:
        raise Wrong(f"STATUS {status} in a {method}")
    zones = {zone.tzid.value for zone in calendar.contents.get("vtimezone", [])}
    for name in ("dtstart", "dtend"):
        for line in events[0].contents.get(name, []):
            if not {*line.params.get("TZID", []), *line.params.get("X-VOBJ-ORIGINAL-TZID", [])}:
                continue
            if not zones:
                raise Wrong(f"{name} has a TZID without a VTIMEZONE")
    return events[0]


def _content(event: Any) -> dict[str, str]:
    names = ("summary", "location", "description", "status", "class")
    texts = {name: str(event.getChildValue(name, "")) for name in names}
    return texts | {
        "starts_at": _moment(event.dtstart.value),
        "ends_at": _moment(event.dtend.value),
    }


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise Wrong("a moment without a time zone")
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def _senders(mail: EmailMessage) -> set[str]:
    """RFC 6047 section 2.3, and Reply-To, which programs accept for it."""
    headers = [str(mail[name]) for name in ("From", "Sender", "Reply-To") if mail[name]]
    return {address.lower() for _name, address in getaddresses(headers)}


def _address(uri: str) -> str:
    scheme, _colon, address = uri.partition(":")
    if scheme.lower() != "mailto":
        raise Wrong(f"{uri} is no address")
    return address.lower()


def answers(address: str, lines: Iterator[str]) -> Iterator[str]:
    """One line of JSON for each line."""
    for line in lines:
        program = CalendarProgram(address.lower())
        for path in json.loads(line):
            program.receive(path)
        ours = sorted(name for name in sys.modules if name.partition(".")[0] == "kwartaal")
        found = {"entries": program.entries(), "problems": program.problems, "ours": ours}
        yield json.dumps(found)


if __name__ == "__main__":
    for answer in answers(sys.argv[1], iter(sys.stdin)):
        print(answer, flush=True)
