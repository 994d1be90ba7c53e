"""Parts of a day that come along to another day, by the clock in Amsterdam (decision 0030).

Where that clock changes, a time may not exist or mean two moments. Such a part is refused, never
put an hour off: what comes along keeps its time of day and its order.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kwartaal.amsterdam import SkippedTime, is_second, later
from kwartaal.domain.change_refusals import ItemInDoubleHour, ItemInSkippedHour
from kwartaal.models.programme import ProgrammeItem


def shift(item: ProgrammeItem, span: timedelta, field: str = "starts_at") -> None:
    """A part of the day so much later; ItemInSkippedHour or ItemInDoubleHour at `field`."""
    period = (item.starts_at, item.ends_at)
    item.starts_at, item.ends_at = shifted(period, span, item.title, field)


def shifted(
    period: tuple[datetime, datetime], span: timedelta, title: str, field: str = "starts_at"
) -> tuple[datetime, datetime]:
    """Begin and end of what is called `title`, so much later; raises what `shift` raises."""
    try:
        start, end = (later(moment, span) for moment in period)
    except SkippedTime:
        raise ItemInSkippedHour(field, title=title) from None
    for before, after in zip(period, (start, end), strict=True):
        # On a day without a second occurrence it would come before what it came after.
        if is_second(before) and not is_second(after):
            raise ItemInDoubleHour(field, title=title)
    return start, end
