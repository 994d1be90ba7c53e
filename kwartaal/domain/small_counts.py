"""Counts of people that may be shown without telling who somebody is.

Outside raad and college, whose members are known by their office, a count below three could be
about one known person. Source: docs/decisions/0022-after-the-meeting.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kwartaal.models.organisation import Audience

SMALLEST_SHOWN = 3
ALWAYS_SHOWN = frozenset({Audience.RAAD, Audience.COLLEGE})


@dataclass(frozen=True)
class ShownCounts:
    """Counts by group, in the order given; None reads "minder dan 3".

    The total is None where subtracting the shown counts would tell something of a hidden one.
    """

    counts: Mapping[Audience, int | None]
    total: int | None

    @property
    def hides(self) -> bool:
        return None in self.counts.values()


def shown_counts(counts: Mapping[Audience, int]) -> ShownCounts:
    """What may be shown of counts per group; zero is hidden like one and two.

    Which groups are given must not depend on who came, or a group that is there would tell that
    somebody did. One hidden count takes the total along, and so do several: two hidden groups of
    four people together are two and two.
    """
    shown = {group: _shown(group, count) for group, count in counts.items()}
    hides = None in shown.values()
    return ShownCounts(shown, None if hides else sum(counts.values()))


def _shown(group: Audience, count: int) -> int | None:
    return count if group in ALWAYS_SHOWN or count >= SMALLEST_SHOWN else None
