"""What this browser asked for: kept in its signed cookie, so that a code works nowhere else."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import session

from kwartaal.models.account import SignInLink

KEY = "asked"
MOST_KEPT = 4  # who asks again may still type the code of an earlier mail


@dataclass(frozen=True)
class Asked:
    """The address that was typed, and the links asked for it, known or not."""

    email: str
    links: list[uuid.UUID]


def find_asked() -> Asked | None:
    kept = session.get(KEY)
    if not kept:
        return None
    return Asked(kept["email"], [uuid.UUID(link) for link in kept["links"]])


def remember(email: str, link: SignInLink) -> None:
    """Keep the newest links of one address; another address starts anew."""
    before = find_asked()
    earlier = before.links if before and before.email == email else []
    links = [*earlier, link.public_id][-MOST_KEPT:]
    session[KEY] = {"email": email, "links": [str(public_id) for public_id in links]}
