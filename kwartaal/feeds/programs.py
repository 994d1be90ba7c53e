"""Which kind of program fetches a feed, from what it says of itself; that text is not kept."""

from __future__ import annotations

import re

from kwartaal.models.calendar import Program

# The first that fits counts: Outlook and Thunderbird also claim to be a browser.
SIGNS = (
    (Program.GOOGLE, re.compile("Google")),
    (Program.OUTLOOK, re.compile("Outlook|Microsoft|MSOffice|Exchange")),
    (Program.THUNDERBIRD, re.compile("Thunderbird")),
    (Program.SERVER, re.compile("Nextcloud|ownCloud|sabre|Zimbra|Fastmail|Horde|SOGo", re.I)),
    # A browser on the same device names its system too, but does not begin with it.
    (Program.APPLE, re.compile("dataaccessd|CalendarAgent|^(iOS|iPadOS|macOS|Mac OS X|watchOS)/")),
)


def program_of(user_agent: str) -> Program:
    """The kind of program behind a User-Agent (RFC 9110 section 10.1.5); OTHER when in doubt."""
    return next((kind for kind, sign in SIGNS if sign.search(user_agent)), Program.OTHER)
