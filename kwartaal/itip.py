"""One event as a message to its one attendee: RFC 5546 (iTIP), to be mailed as RFC 6047 says.

Pure, like kwartaal.ical. The organiser never asks for an answer: people answer in Kwartaal, so that
RSVP is FALSE. Each message has one event and one attendee, so that nobody reads who else comes
(decision 0027).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from icalendar.prop import vCalAddress, vInline

from kwartaal.content_lines import one_line
from kwartaal.ical import Calendar, Event, Status, component_of, lines_of, require_utc


class Method(StrEnum):
    """METHOD of a message (RFC 5546 sections 3.2.2 and 3.2.5)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Answer(StrEnum):
    """PARTSTAT of an attendee (RFC 5545 section 3.2.12), as far as somebody says it in Kwartaal."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


@dataclass(frozen=True)
class Party:
    """Somebody a message names: an e-mail address, and a name that may be empty."""

    address: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Message:
    """An event for one attendee. `made_at` is its DTSTAMP (RFC 5545 section 3.8.7.2), aware UTC.

    The organiser must be the From, Sender or Reply-To of the mail (RFC 6047 section 2.3). Raises
    ValueError for a moment that is not in UTC.
    """

    event: Event
    organiser: Party
    attendee: Party
    answer: Answer
    made_at: datetime

    def __post_init__(self) -> None:
        require_utc(self.made_at)

    @property
    def method(self) -> Method:
        """CANCEL for what does not take place (any more) for this attendee."""
        return Method.CANCEL if self.event.status is Status.CANCELLED else Method.REQUEST

    def write(self) -> bytes:
        """As UTF-8 bytes with METHOD, ORGANIZER and one ATTENDEE."""
        component = component_of(Calendar(name="", events=(self.event,), single=True))
        component.add("method", vInline(self.method))
        (event,) = component.events
        del event["dtstamp"]
        event.add("dtstamp", self.made_at)
        event.add("organizer", _address(self.organiser))
        event.add("attendee", _address(self.attendee, PARTSTAT=self.answer, **AS_ATTENDEE))
        return lines_of(component)


# RFC 5545 sections 3.2.3, 3.2.16 and 3.2.17.
AS_ATTENDEE = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"}


def _address(party: Party, **parameters: str) -> vCalAddress:
    """A double quote cannot stand in a parameter (RFC 5545 section 3.2)."""
    address = vCalAddress(f"mailto:{party.address}")
    name = one_line(party.name).replace('"', "")
    if name:
        address.params["CN"] = name
    address.params.update({key: str(value) for key, value in parameters.items()})
    return address
