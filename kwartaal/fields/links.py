"""Fields for links: one address, or each on a line of its own with what it is called before it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask_babel import gettext as _
from wtforms.widgets import URLInput

from kwartaal.fields.typed import LongTextField, TextField

LONGEST_LABEL, LONGEST_ADDRESS = 120, 500
SCHEME = "https://"
# What no address holds as it is (RFC 3986 section 2), or what could end it on a page.
FORBIDDEN = re.compile(r"""[\s\x00-\x20\x7f<>"`\\]""")


class TypedLink(NamedTuple):
    """A line of the field; without words of its own a link is called by its address."""

    label: str
    address: str

    @property
    def line(self) -> str:
        return self.address if self.label == self.address else f"{self.label} {self.address}"


class LinksField(LongTextField):
    """Links as text: `data` has one "words https://address" per line. See `links_in`."""

    def __init__(self, *args: Any, most: int = 10, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def read(self, text: str) -> str:
        lines = super().read(text).splitlines()
        links = [_link(line) for line in lines if line.strip()]
        if len(links) > self.most:
            raise ValueError(_("Gebruik niet meer dan %(most)s links.", most=self.most))
        return "\n".join(link.line for link in links)


class AddressField(TextField):
    """One https address. `data` is "" when it is empty."""

    widget = URLInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=LONGEST_ADDRESS, **kwargs)

    def read(self, text: str) -> str:
        address = super().read(text)
        if not is_safe_address(address):
            raise ValueError(
                _("Dit adres klopt niet. Bijvoorbeeld: https://www.voorbeeld.nl/uitzending")
            )
        return address


def links_in(text: str) -> list[TypedLink]:
    """The links of a field that is in order."""
    return [_link(line) for line in text.splitlines()]


def _link(line: str) -> TypedLink:
    """One line as a link, or ValueError with a sentence; who begins with the address may."""
    *words, address = line.split()
    if words and not is_safe_address(address) and is_safe_address(words[0]):
        address, *words = line.split()
    label = " ".join(words) or address
    if not is_safe_address(address):
        raise ValueError(
            _(
                "‘%(line)s’ heeft geen adres dat begint met https://. "
                "Bijvoorbeeld: Startnotitie https://www.voorbeeld.nl/notitie",
                line=line.strip()[:60],
            )
        )
    if words and len(label) > LONGEST_LABEL:
        raise ValueError(_("Gebruik voor de naam van een link hoogstens 120 tekens."))
    return TypedLink(label, address)


def is_safe_address(address: str) -> bool:
    """An https address of a host; without a name in it that could pose as the host."""
    if not address.startswith(SCHEME) or len(address) > LONGEST_ADDRESS:
        return False
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return "." in host and "@" not in parts.netloc and FORBIDDEN.search(address) is None
