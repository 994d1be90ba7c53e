"""Addresses that put a feed in a calendar program, as its maker describes or its users found."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from kwartaal.feeds.addresses import Address

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK_AT_HOME = "https://outlook.live.com/calendar/0/addfromweb"
OUTLOOK_AT_WORK = "https://outlook.office.com/calendar/0/addfromweb"


@dataclass(frozen=True)
class Subscription:
    """A feed under the name it gets in somebody's calendar program.

    All but `device` are pages of another host, which is told the address: it fetches the feed.
    """

    name: str
    address: Address

    @property
    def device(self) -> str:
        """Opens the calendar program of this device."""
        return self.address.webcal

    @property
    def google(self) -> str:
        return f"{GOOGLE}?{urlencode({'cid': self.address.webcal})}"

    @property
    def outlook_at_home(self) -> str:
        return f"{OUTLOOK_AT_HOME}?{self._for_outlook}"

    @property
    def outlook_at_work(self) -> str:
        return f"{OUTLOOK_AT_WORK}?{self._for_outlook}"

    @property
    def _for_outlook(self) -> str:
        return urlencode({"url": self.address.https, "name": self.name})
