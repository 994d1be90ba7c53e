"""The lines of the agenda editor: each point with its number and where it is among its siblings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kwartaal.models.agenda import AgendaItem, numbered
from kwartaal.models.published import Reader
from kwartaal.models.running_times import Points


@dataclass(frozen=True)
class Row:
    """`index` and `last` count from 0, among the points or the sub-points of one point."""

    item: AgendaItem
    number: int | str
    index: int
    last: int
    may_read: bool
    has_subpoints: bool
    may_read_all: bool  # the sub-points too
    starts_at: datetime | None = None  # as it would be published now

    @property
    def may_go_in(self) -> bool:
        """Whether the point can become a sub-point of the one before."""
        return not (self.item.is_subpoint or self.has_subpoints or self.index == 0)


def clock_of(agenda: Sequence[AgendaItem]) -> Points:
    """What the running times ask of the points of a draft."""
    return [{"id": item.id, "minutes": item.minutes, "parent": item.parent_id} for item in agenda]


def rows_of(
    agenda: Sequence[AgendaItem], reader: Reader, times: Sequence[datetime | None]
) -> Iterator[Row]:
    """What the visitor may know of: under a point one may not read, nothing is named."""
    lines = Counter(item.parent_id for item in agenda)
    counts: Counter[int | None] = Counter()
    hiding = {item.parent_id for item in agenda if not reader.sees(item)}
    for (number, item), starts_at in zip(numbered(agenda), times, strict=True):
        index = counts[item.parent_id]
        counts[item.parent_id] += 1
        if item.parent is None or reader.sees(item.parent):
            last = lines[item.parent_id] - 1
            sees = reader.sees(item)
            may_read_all = sees and item.id not in hiding
            has_subpoints = lines[item.id] > 0
            yield Row(item, number, index, last, sees, has_subpoints, may_read_all, starts_at)
