"""What a council hears of a meeting: how many of its municipality registered and came, per group.

No names: consent for those is not asked yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kwartaal.domain.small_counts import shown_counts
from kwartaal.models.attendance_figures import Figures
from kwartaal.models.organisation import Audience

# Always these, also where nobody came: the groups that offices in a municipality give.
GROUPS = (Audience.RAAD, Audience.COLLEGE, Audience.AMBTELIJK)


@dataclass(frozen=True)
class GroupLine:
    """A group with what may be shown; None reads "minder dan 3"."""

    group: Audience
    registered: int | None
    present: int | None


@dataclass(frozen=True)
class CouncilSummary:
    """The lines of the three groups and their totals; a total that is None is not shown."""

    lines: tuple[GroupLine, ...]
    registered: int | None
    present: int | None
    hides: bool

    @property
    def most(self) -> int:
        """The largest number on the page, which a bar is drawn against."""
        numbers = (n for line in self.lines for n in (line.registered, line.present))
        return max((number for number in numbers if number), default=0)


def summarise(figures: Mapping[Audience | None, Figures]) -> CouncilSummary:
    """The summary of one municipality, from its figures per group.

    Registered is who had a place; present is whoever was seen, walk-ins too.
    """
    of_group = {group: figures.get(group, Figures()) for group in GROUPS}
    registered = shown_counts({group: one.registered for group, one in of_group.items()})
    present = shown_counts({group: one.present for group, one in of_group.items()})
    return CouncilSummary(
        lines=tuple(
            GroupLine(group, registered.counts[group], present.counts[group]) for group in GROUPS
        ),
        registered=registered.total,
        present=present.total,
        hides=registered.hides or present.hides,
    )
