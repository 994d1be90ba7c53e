"""The feeds that people keep for themselves: making, changing, and ending one. Callers commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain import calendar_choice
from kwartaal.domain.refusals import N_, Refused
from kwartaal.models import account
from kwartaal.models.calendar import MOST_FEEDS, CalendarFeed, add_feed, end_feed, feeds_of


class FeedNameTaken(Refused):
    message = N_("U hebt al een abonnement met deze naam. Kies een andere naam.")
    field = "name"


class TooManyFeeds(Refused):
    message = N_("U hebt al %(most)s abonnementen. Beëindig er eerst een die u niet meer gebruikt.")


class AddressRenewed(Refused):
    message = N_(
        "Dit adres is net al vernieuwd. Er is nu niets veranderd. Gebruik het adres hieronder."
    )


@dataclass(frozen=True)
class Wish:
    """How somebody wants a feed to be: what it is called, and what stands in it."""

    name: str
    per_item: bool = False
    with_deadlines: bool = False


def add(person_id: int, wish: Wish, now: datetime) -> CalendarFeed:
    """A new feed; raises TooManyFeeds or FeedNameTaken."""
    account.lock_person(person_id)
    others = feeds_of(person_id)
    if len(others) >= MOST_FEEDS:
        raise TooManyFeeds(most=MOST_FEEDS)
    check_name(wish.name, others)
    feed = CalendarFeed(
        person_id=person_id, position=_free_position(others), created_at=now, changed_at=now
    )
    _write(feed, wish)
    add_feed(feed)
    return feed


def change(feed: CalendarFeed, wish: Wish, now: datetime) -> None:
    """Another name or other content, at the same address; raises FeedNameTaken."""
    account.lock_person(feed.person_id)
    check_name(wish.name, [other for other in feeds_of(feed.person_id) if other is not feed])
    if wish != Wish(feed.name, feed.per_item, feed.with_deadlines):
        feed.changed_at = now
    _write(feed, wish)


def renew(feed: CalendarFeed, seen: int | None, now: datetime) -> None:
    """Give a feed another address, which no program reads yet; the old one is void at once.

    `seen` is the generation of the address that its owner wants to be rid of. Raises AddressRenewed
    when that one is void already: the one of now may just have been put somewhere.
    """
    account.lock_person(feed.person_id)
    feeds_of(feed.person_id)  # reads this one afresh
    if feed.generation != seen:
        raise AddressRenewed
    feed.generation += 1
    feed.changed_at = now
    feed.last_fetched_at, feed.program = None, None


def end(feed: CalendarFeed, now: datetime) -> bool:
    """End a feed; its address is void at once, and for good.

    Without any feed, who had their meetings in it gets them by mail; returns whether that happened.
    """
    person = account.lock_person(feed.person_id)
    end_feed(feed)
    if person.calendar_by_mail or feeds_of(person.id):
        return False
    calendar_choice.choose(person, by_mail=True, now=now)
    return True


def check_name(name: str, others: Iterable[CalendarFeed]) -> None:
    """Names of one person's feeds differ in more than capitals; raises FeedNameTaken."""
    if name.casefold() in {other.name.casefold() for other in others}:
        raise FeedNameTaken


def _free_position(others: Iterable[CalendarFeed]) -> int:
    taken = {other.position for other in others}
    return next(free for free in range(1, MOST_FEEDS + 1) if free not in taken)


def _write(feed: CalendarFeed, wish: Wish) -> None:
    feed.name = wish.name
    feed.per_item, feed.with_deadlines = wish.per_item, wish.with_deadlines
