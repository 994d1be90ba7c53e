"""What somebody chose for a composed feed, as it stands in its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlencode

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
YES = "ja"
MANY = ("reeks", "soort")
FIELDS = (*MANY, "onderdelen", "termijnen")
SLUG = re.compile("[a-z0-9-]{1,80}")
# What mailers, search engines and social media hang on an address to follow who opens it.
TRACKING = re.compile(
    "utm_[a-z_]+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid"
    "|li_fat_id|mc_[ce]id|_hsenc|_hsmi|mkt_tok"
)


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
        pairs += [("onderdelen", YES)] if self.with_items else []
        pairs += [("termijnen", YES)] if self.with_deadlines else []
        return urlencode(pairs)

    @property
    def item_kinds(self) -> frozenset[ItemKind]:
        """The kinds of programme items in the feed."""
        if not self.with_items:
            return frozenset()
        return frozenset(KINDS[kind] for kind in self.kinds or KINDS)


@lru_cache(maxsize=500)  # programs ask for the same all day
def read_selection(query: str) -> Selection:
    """What a query string asks for; raises UnknownChoice for a name or value that nothing has.

    Whether a series exists is not looked at. No series or kind at all (`reeks=`) is none chosen.
    What follows readers around (`utm_source`) asks for nothing: an address that went through a
    mailing is still that of the same feed.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    asked = MultiDict((name, value) for name, value in pairs if not _says_nothing(name, value))
    if not set(asked) <= set(FIELDS):
        raise UnknownChoice
    series, kinds = asked.getlist("reeks"), asked.getlist("soort")
    yes = asked.getlist("onderdelen") + asked.getlist("termijnen")
    if not set(kinds) <= set(KINDS) or not set(yes) <= {YES}:
        raise UnknownChoice
    if not all(SLUG.fullmatch(slug) for slug in series):
        raise UnknownChoice
    return selection_of(series, kinds, "onderdelen" in asked, "termijnen" in asked)


def _says_nothing(name: str, value: str) -> bool:
    return TRACKING.fullmatch(name) is not None or (name in MANY and not value)


def selection_of(
    series: Iterable[str], kinds: Iterable[str], with_items: bool, with_deadlines: bool
) -> Selection:
    """A choice in its one form."""
    chosen = [kind for kind in KINDS if kind in set(kinds)]
    narrows = with_items and len(chosen) < len(KINDS)
    return Selection(
        tuple(sorted(set(series))), tuple(chosen) if narrows else (), with_items, with_deadlines
    )
