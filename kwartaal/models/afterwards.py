"""What there is to read about a meeting once it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kwartaal.models.council_sight import readable_councils
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Organisation
from kwartaal.models.visibility import Viewer


@dataclass(frozen=True)
class Afterwards:
    """What one viewer finds on the page of a held meeting; each part may be empty."""

    councils: tuple[Organisation, ...]

    def __bool__(self) -> bool:
        return any((self.councils,))


def read_afterwards(meeting: Meeting, viewer: Viewer, today: date) -> Afterwards:
    """For a meeting that was held and that the viewer sees all of."""
    return Afterwards(councils=tuple(councils_of(meeting, viewer, today)))


def councils_of(meeting: Meeting, viewer: Viewer, today: date) -> list[Organisation]:
    """The councils a viewer may read a summary for; none of a body's meeting."""
    if meeting.series.body_id is not None:
        return []
    return readable_councils(viewer, today)
