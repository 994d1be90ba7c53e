"""What the griffie did after a kwartaalbijeenkomst: presentations, recording, report, recap."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from kwartaal.amsterdam import amsterdam_moment
from kwartaal.db import db
from kwartaal.demo.dates import office_day
from kwartaal.demo.days import after_making_ends_meet as after
from kwartaal.demo.quarters import Quarter
from kwartaal.demo.timeline import Timeline
from kwartaal.domain import meeting_reports, recaps, telling
from kwartaal.domain.recap_drafts import RecapText, draft_recap
from kwartaal.domain.telling import Instructions
from kwartaal.filters import AUDIENCES, long_date
from kwartaal.models.attendance_figures import per_audience
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.people_list import EVERYBODY
from kwartaal.models.published import load_published
from kwartaal.models.recap import Recap

TEN = time(10)


class Aftermath:
    """The deeds after one meeting that was held."""

    def __init__(self, quarter: Quarter) -> None:
        self._quarter = quarter
        self._clerk = quarter.desk.clerk

    def schedule(self, timeline: Timeline) -> None:
        """Within two weeks everything is on the site."""
        deeds = (
            (2, self.show_presentations),
            (3, self.draft_report),
            (5, self.link_recording),
            (10, self.finish_report),
            (14, self.publish_recap),
        )
        for days, deed in deeds:
            timeline.at(_at_work(self._quarter.on + timedelta(days=days)), deed)

    def show_presentations(self, now: datetime) -> None:
        """Documents of the kind Presentatie, in a version of the agenda."""
        meeting = self._quarter.meeting
        self._quarter.desk.filing.add(meeting, after.PRESENTATIONS, self._clerk, now)
        telling.publish(meeting, self._clerk, now, Instructions(note=after.VERSION_NOTE))

    def draft_report(self, now: datetime) -> None:
        meeting_reports.write(self._quarter.meeting, 1, after.REPORT_DRAFT, "", now)
        db.session.flush()

    def finish_report(self, now: datetime) -> None:
        meeting_reports.write(self._quarter.meeting, 1, after.REPORT, "", now)
        db.session.flush()
        seen = meeting_reports.content_hash(after.REPORT)
        meeting_reports.make_final(self._quarter.meeting, seen, self._clerk, now)

    def link_recording(self, now: datetime) -> None:
        meeting_reports.link_recording(self._quarter.meeting, after.RECORDING, self._clerk, now)

    def publish_recap(self, now: datetime) -> None:
        """The first text that Kwartaal makes, with an opening of the griffie."""
        recaps.write(self._quarter.meeting, self._written(), now)
        db.session.flush()
        recap = db.session.get_one(Recap, self._quarter.meeting.id)
        recaps.publish(self._quarter.meeting, recaps.fingerprint(recap), self._clerk, now)

    def _written(self) -> RecapText:
        meeting = self._quarter.meeting
        published = load_published(meeting)
        if published is None:
            raise LookupError(meeting.slug)
        names = {group: str(name) for group, name in AUDIENCES.items()}
        figures = per_audience(Attendance(meeting, EVERYBODY))
        first = draft_recap(published, figures, long_date(published.starts_at), names)
        text = f"{after.RECAP_OPENING}\n{first.text}"
        return RecapText(after.RECAP_TITLE, after.RECAP_LEAD, text)


def _at_work(day: date) -> datetime:
    """Ten o'clock on that day, or the working day before."""
    return amsterdam_moment(office_day(day), TEN)
