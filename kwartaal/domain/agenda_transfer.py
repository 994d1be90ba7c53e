"""Moving a point, with its documents, to the agenda of another meeting.

The other meeting gets a copy with an identity of its own; the point itself leaves its draft as in
`agenda.remove`, so that versions that hold it keep reading its openness (decision 0020). Callers
hold both meetings' rows and commit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kwartaal.domain import agenda as rules
from kwartaal.domain.document_transfer import Pairs, any_closed, of_points, take_along
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.preparation_refusals import ClosedStaysWithBody
from kwartaal.models.agenda import AgendaItem, add_points, agenda_of
from kwartaal.models.document import Document, add_documents, documents_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness, strictest
from kwartaal.models.published_documents import held_by_publications


@dataclass(frozen=True)
class Transfer:
    """What was moved, as (what it was, its copy), the point before its sub-points; the names of
    purposes that the other series does not know, which the copies are without; the documents that
    stand there now; and those that readers find in versions of the meeting that the point left.
    """

    pairs: Pairs
    dropped: list[str]
    documents: list[Document]
    left: list[Document]


def transfer(
    item: AgendaItem,
    agenda: Sequence[AgendaItem],
    target: Meeting,
    duplicate: Callable[[str], str],
) -> Transfer:
    """Move a point with its sub-points, and the documents under them, to another meeting's agenda.

    `agenda` is the one it leaves, `duplicate` gives the name on disk of a second copy of a file.
    Raises what `copy_over` raises.
    """
    documents, there = documents_of(item.meeting_id), documents_of(target.id)
    going = of_points([item, *rules.subpoints(item, agenda)], documents)
    pairs = copy_over(item, agenda, target, agenda_of(target.id), documents)
    add_points(copy for _old, copy in pairs)
    held = held_by_publications(one.id for one in documents)
    moved = take_along(pairs, documents, there, held, duplicate)
    add_documents(moved)
    rules.discard(item)
    return Transfer(pairs, dropped_purposes(pairs), moved, [one for one in going if one.id in held])


def copy_over(
    item: AgendaItem,
    agenda: Sequence[AgendaItem],
    target: Meeting,
    target_agenda: Sequence[AgendaItem],
    documents: Sequence[Document] = (),
) -> Pairs:
    """Take a point and its sub-points out of their draft, and put copies at the end of another.

    A sub-point becomes a point there. Nothing becomes more open by it: what only members may read
    stays with their body, also when it is one of the `documents` of the meeting they leave. Raises
    CancelledIsFixed or ClosedStaysWithBody.
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
    return list(zip(rules.take_out(item, agenda), copies, strict=True))


def dropped_purposes(pairs: Pairs) -> list[str]:
    """The names of purposes that the copies are without, each once."""
    lost = (old.purpose.name for old, new in pairs if old.purpose and not new.purpose)
    return list(dict.fromkeys(lost))


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
