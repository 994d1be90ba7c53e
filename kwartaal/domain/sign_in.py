"""Signing in with a mailed link or code (decision 0007). Callers commit, also after a refusal."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from kwartaal.domain.refusals import CodeRefused, CodesDead, LinkDead
from kwartaal.models import account
from kwartaal.models.account import SignInLink
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person

LINK_LIFE = timedelta(minutes=30)
MOST_MAILS, MAILS_WITHIN = 3, timedelta(minutes=15)
MOST_WRONG_CODES = 5


def ask_for_link(email: str, now: datetime, leads_to: str = "") -> SignInLink:
    """Mail a link and a code to whoever signs in with an address, at most 3 times in 15 minutes.

    For an unknown address, and after too many mails, the same work makes a row that no mail
    belongs to: who asks learns nothing. `leads_to` is an own path to show after signing in.
    """
    account.forget_links_of_nobody(before=now)
    person = account.lock_account(email)
    mailed = account.count_links(person, since=now - MAILS_WITHIN)
    if mailed >= MOST_MAILS:
        person = None
    link = new_link(person, now, leads_to)
    if person is not None:
        enqueue(MailKind.SIGN_IN, person, str(link.public_id), now, sign_in_link=link)
    return link


def new_link(person: Person | None, now: datetime, leads_to: str = "") -> SignInLink:
    """A link that lives half an hour; the caller mails or prints it."""
    link = SignInLink(
        public_id=uuid.uuid4(),
        person=person,
        created_at=now,
        expires_at=now + LINK_LIFE,
        leads_to=leads_to,
    )
    account.keep(link)
    return link


def use_link(link: SignInLink, now: datetime) -> tuple[Person, str]:
    """Who signs in with a mailed link, and the path to show; it works once. Raises LinkDead."""
    for locked in account.lock_links([link.public_id]):
        if locked.person is not None and locked.is_usable(now):
            locked.used_at = now
            return locked.person, locked.leads_to
    raise LinkDead


def use_code(
    asked: list[uuid.UUID], is_right: Callable[[SignInLink], bool], now: datetime
) -> tuple[Person, str]:
    """Who signs in with the code of a mail that this browser asked for, and the path to show.

    Raises CodeRefused, having counted a wrong try on each, or CodesDead when none takes tries.
    """
    links = [link for link in account.lock_links(asked) if _takes_codes(link, now)]
    if not links:
        raise CodesDead
    for link in links:
        if is_right(link) and link.person is not None:
            link.used_at = now
            return link.person, link.leads_to
    for link in links:
        link.wrong_codes += 1
    raise CodeRefused


def _takes_codes(link: SignInLink, now: datetime) -> bool:
    return link.is_usable(now) and link.wrong_codes < MOST_WRONG_CODES
