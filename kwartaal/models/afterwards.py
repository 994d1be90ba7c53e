"""What there is to read about a meeting once it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kwartaal.models.council_sight import readable_councils
from kwartaal.models.meeting import Meeting
from kwartaal.models.meeting_report import MeetingReport, Recording, final_reports, find_recording
from kwartaal.models.organisation import Organisation
from kwartaal.models.published_documents import PublishedDocument
from kwartaal.models.published_view import PublishedMeeting
from kwartaal.models.recap import Recap, find_published_recap
from kwartaal.models.visibility import Viewer

PRESENTATION = "presentatie"  # the kind of document, in any case; A-3 in docs/mission.md


@dataclass(frozen=True)
class Afterwards:
    """What one viewer finds on the page of a held meeting; each part may be empty."""

    recap: Recap | None
    report: MeetingReport | None
    recording: Recording | None
    presentations: tuple[PublishedDocument, ...]
    councils: tuple[Organisation, ...]

    def __bool__(self) -> bool:
        return any((self.recap, self.report, self.recording, self.presentations, self.councils))


def read_afterwards(
    meeting: Meeting, published: PublishedMeeting, viewer: Viewer, today: date
) -> Afterwards:
    """For a meeting that was held, as the viewer sees it; at most four queries."""
    finals = final_reports(meeting.id)
    return Afterwards(
        recap=find_published_recap(meeting.id),
        report=finals[0] if finals else None,
        recording=find_recording(meeting.id),
        presentations=presentations_in(published),
        councils=tuple(councils_of(meeting, viewer, today)),
    )


def councils_of(meeting: Meeting, viewer: Viewer, today: date) -> list[Organisation]:
    """The councils a viewer may read a summary for; none of a body's meeting."""
    if meeting.series.body_id is not None:
        return []
    return readable_councils(viewer, today)


def presentations_in(published: PublishedMeeting) -> tuple[PublishedDocument, ...]:
    """The presentations this reader may open, wherever on the agenda they stand."""
    documents = (document for _number, document in published.numbered_documents)
    return tuple(one for one in documents if one.can_be_read and _is_presentation(one))


def _is_presentation(document: PublishedDocument) -> bool:
    return (document.kind or "").casefold() == PRESENTATION
