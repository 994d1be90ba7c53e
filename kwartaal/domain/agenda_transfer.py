"""Moving a point to the agenda of another meeting.

The other meeting gets a copy with an identity of its own; the point itself leaves its draft as in
`agenda.remove`, so that versions that hold it keep reading its openness (decision 0020). Callers
hold both meetings' rows and commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kwartaal.domain import agenda as rules
from kwartaal.domain.document_transfer import any_closed, of_points
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.preparation_refusals import ClosedStaysWithBody
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness, strictest


@dataclass(frozen=True)
class Transfer:
    """What was moved, as (what it was, its copy), the point before its sub-points; and the names
    of purposes that the other series does not know, which the copies are without.
    """

    pairs: list[tuple[AgendaItem, AgendaItem]]
    dropped: list[str]


def transfer(
    item: AgendaItem,
    agenda: Sequence[AgendaItem],
    target: Meeting,
    target_agenda: Sequence[AgendaItem],
    documents: Sequence[Document] = (),
) -> Transfer:
    """Move a point with its sub-points to the end of another meeting's agenda.

    A sub-point becomes a point there. Nothing becomes more open by it: what only members may read
    stays with their body, also when it is one of the `documents` of the meeting, which go along by
    `document_transfer`. Raises CancelledIsFixed or ClosedStaysWithBody.
    """
    check_changeable(target)
    moved = [item, *rules.subpoints(item, agenda)]
    closed = any(map(_is_closed, moved)) or any_closed(of_points(moved, documents))
    if closed and target.series.body_id != item.meeting.series.body_id:
        raise ClosedStaysWithBody
    copies = [_copy(one, target) for one in moved]
    copies[0].position = rules.end_of(target_agenda)
    for subpoint in copies[1:]:
        subpoint.parent = copies[0]
    rules.remove(item, agenda)
    pairs = list(zip(moved, copies, strict=True))
    return Transfer(pairs, _dropped(pairs))


def _copy(item: AgendaItem, target: Meeting) -> AgendaItem:
    offered = {purpose.name.casefold(): purpose for purpose in target.series.purposes}
    openness = _openness(item)
    return AgendaItem(
        meeting=target,
        position=item.position,
        title=item.title,
        text=item.text,
        purpose=offered.get(item.purpose.name.casefold()) if item.purpose else None,
        minutes=item.minutes,
        speaker=item.speaker,
        person=item.person,
        links=list(item.links),
        openness=openness,
        shows_title=item.shows_title and openness != Openness.OPENBAAR,
        removed=False,
    )


def _openness(item: AgendaItem) -> Openness:
    """The strictest of its own, that of its point, and that of the meeting it stood in."""
    return strictest(rules.openness_alone(item), item.meeting.openness)


def _is_closed(item: AgendaItem) -> bool:
    return _openness(item) != Openness.OPENBAAR


def _dropped(pairs: Sequence[tuple[AgendaItem, AgendaItem]]) -> list[str]:
    """The names of purposes that the copies are without, each once."""
    lost = (old.purpose.name for old, new in pairs if old.purpose and not new.purpose)
    return list(dict.fromkeys(lost))
