"""Where each feed is (the contract's addresses)."""

from __future__ import annotations

from dataclasses import dataclass

from kwartaal.feeds.selection import ITEMS, NO, Selection
from kwartaal.feeds.tokens import token_of
from kwartaal.models.calendar import CalendarFeed
from kwartaal.models.meeting import Meeting

LONGEST = 256  # characters


@dataclass(frozen=True)
class Address:
    """To copy, and as a link that opens the calendar program of this device."""

    https: str

    @property
    def webcal(self) -> str:
        return "webcal://" + self.https.partition("://")[2]

    @property
    def is_too_long(self) -> bool:
        """Whether Google would silently not read it."""
        return len(self.https) > LONGEST


def page(base_url: str) -> str:
    """The page about all feeds."""
    return f"{base_url}/kalender/"


def of_everything(base_url: str) -> Address:
    return Address(f"{base_url}/kalender/openbaar.ics")


def of_series(slug: str, base_url: str) -> Address:
    return Address(f"{base_url}/kalender/reeks/{slug}.ics")


def of_municipality(slug: str, base_url: str) -> Address:
    return Address(f"{base_url}/kalender/gemeente/{slug}.ics")


def of_selection(chosen: Selection, base_url: str) -> Address:
    query = f"?{chosen.query}" if chosen.query else ""
    return Address(f"{base_url}/kalender/samengesteld.ics{query}")


def of_meeting(meeting: Meeting, base_url: str, with_items: bool = True) -> Address:
    query = "" if with_items else f"?{ITEMS}={NO}"
    return Address(f"{base_url}/kalender/bijeenkomst/{meeting.slug}.ics{query}")


def of_person(feed: CalendarFeed, base_url: str, secret: str) -> Address:
    """The secret address: for its owner's eyes only."""
    return Address(f"{base_url}/kalender/persoonlijk/{token_of(feed, secret)}.ics")
