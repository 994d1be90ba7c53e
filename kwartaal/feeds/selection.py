"""What somebody chose for a composed feed, as it stands in its address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, unquote_plus, urlencode

from werkzeug.datastructures import MultiDict

from kwartaal.models.programme import ItemKind

KINDS = {
    "plenair": ItemKind.PLENARY,
    "ronde": ItemKind.ROUND,
    "workshop": ItemKind.WORKSHOP,
    "lunch": ItemKind.LUNCH,
    "borrel": ItemKind.DRINKS,
    "pauze": ItemKind.BREAK,
}
YES, NO = "ja", "nee"
MANY = ("reeks", "soort")
ITEMS, DEADLINES = "onderdelen", "termijnen"
FIELDS = (*MANY, ITEMS, DEADLINES)
SLUG = re.compile("[a-z0-9-]{1,80}")


class UnknownChoice(ValueError):
    """The address asks for something that no composed feed has."""


@dataclass(frozen=True)
class Selection:
    """Which series (none: all) a feed is of, and what is in it beside the meetings.

    Equal choices are equal selections, and have one address: series by slug, kinds in their order,
    all kinds as none, and none without programme items.
    """

    series: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    with_items: bool = False
    with_deadlines: bool = False

    @cached_property
    def query(self) -> str:
        """The query string of the one address of this feed."""
        pairs = [*(("reeks", slug) for slug in self.series), *(("soort", k) for k in self.kinds)]
        pairs += [(ITEMS, YES)] if self.with_items else []
        pairs += [(DEADLINES, YES)] if self.with_deadlines else []
        return urlencode(pairs)

    @property
    def item_kinds(self) -> frozenset[ItemKind]:
        """The kinds of programme items in the feed."""
        if not self.with_items:
            return frozenset()
        return frozenset(KINDS[kind] for kind in self.kinds or KINDS)


def known_part(query: str) -> str:
    """A query string without the names that no composed feed has.

    Calendar sites and mailings add names of their own (`nocache`, `utm_source`), each time another
    value perhaps: an address with them is that of the same feed, under the same key.
    """
    pairs = query.split("&") if query else ()
    return "&".join(pair for pair in pairs if unquote_plus(pair.partition("=")[0]) in FIELDS)


@lru_cache(maxsize=500)  # programs ask for the same all day
def read_selection(query: str) -> Selection:
    """What the known part of a query string asks for; raises UnknownChoice for another value.

    Whether a series exists is not looked at. No series or kind at all (`reeks=`) is none chosen.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    asked = MultiDict((name, value) for name, value in pairs if value or name not in MANY)
    series, kinds = asked.getlist("reeks"), asked.getlist("soort")
    if not set(kinds) <= set(KINDS) or not all(SLUG.fullmatch(slug) for slug in series):
        raise UnknownChoice
    if not {*asked.getlist(ITEMS), *asked.getlist(DEADLINES)} <= {YES, NO}:
        raise UnknownChoice
    return selection_of(series, kinds, asked.getlist(ITEMS), asked.getlist(DEADLINES))


def selection_of(
    series: Iterable[str], kinds: Collection[str], items: Collection[str], deadlines: Iterable[str]
) -> Selection:
    """A choice in its one form; `items` and `deadlines` are what was said of them: yes, no, or not.

    Who chose kinds of programme items and said nothing of the items has them too: nothing else can
    have been meant.
    """
    with_items = YES in items or (bool(kinds) and NO not in items)
    chosen = [kind for kind in KINDS if kind in set(kinds)]
    narrows = with_items and len(chosen) < len(KINDS)
    return Selection(
        tuple(sorted(set(series))), tuple(chosen) if narrows else (), with_items, YES in deadlines
    )


def wants_items(said: Collection[str]) -> bool:
    """Whether the feed of one meeting has its programme items; they are left out on request.

    `said` are the values of ITEMS in its address; raises UnknownChoice for another than yes or no.
    """
    if not set(said) <= {YES, NO}:
        raise UnknownChoice
    return NO not in said
