"""The lines of the agenda editor: each point with its number and where it is among its siblings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kwartaal.models.agenda import AgendaItem, numbered
from kwartaal.models.published import Reader


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

    @property
    def may_go_in(self) -> bool:
        """Whether the point can become a sub-point of the one before."""
        return not (self.item.is_subpoint or self.has_subpoints or self.index == 0)


def rows_of(agenda: Sequence[AgendaItem], reader: Reader) -> Iterator[Row]:
    """What the visitor may know of: under a point one may not read, nothing is named."""
    lines = Counter(item.parent_id for item in agenda)
    counts: Counter[int | None] = Counter()
    hiding = {item.parent_id for item in agenda if not reader.sees(item)}
    for number, item in numbered(agenda):
        index = counts[item.parent_id]
        counts[item.parent_id] += 1
        if item.parent is None or reader.sees(item.parent):
            last = lines[item.parent_id] - 1
            sees = reader.sees(item)
            may_read_all = sees and item.id not in hiding
            yield Row(item, number, index, last, sees, lines[item.id] > 0, may_read_all)
