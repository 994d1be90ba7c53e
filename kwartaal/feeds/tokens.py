"""The secret in a personal feed's address: the feed's id and an HMAC over id and generation.

The key is derived from SECRET_KEY, so nothing secret is stored, the owner can always read the
address again, and raising the generation voids it (decision "Calendars").
"""

from __future__ import annotations

import hmac
import re
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

from kwartaal.models.calendar import CalendarFeed, find_feed

PURPOSE = b"kwartaal.calendar-feed"
ID_BYTES = 16
# 16 bytes of id and 32 of HMAC in base64, without padding.
WELL_FORMED = re.compile("[A-Za-z0-9_-]{64}")


def token_of(feed: CalendarFeed, secret: str) -> str:
    """What stands in the address now; 64 characters that need no escaping."""
    return urlsafe_b64encode(feed.public_id.bytes + _mac(feed, secret)).decode()


def find_by_token(token: str, secret: str) -> CalendarFeed | None:
    """The feed of an address; None for one that was made up, changed or replaced."""
    public_id = _id_in(token)
    feed = find_feed(public_id) if public_id else None
    if feed is None or not hmac.compare_digest(token_of(feed, secret), token):
        return None
    return feed


def _mac(feed: CalendarFeed, secret: str) -> bytes:
    key = hmac.digest(secret.encode(), PURPOSE, "sha256")
    return hmac.digest(key, feed.public_id.bytes + feed.generation.to_bytes(8), "sha256")


def _id_in(token: str) -> uuid.UUID | None:
    if not WELL_FORMED.fullmatch(token):
        return None
    return uuid.UUID(bytes=urlsafe_b64decode(token)[:ID_BYTES])
