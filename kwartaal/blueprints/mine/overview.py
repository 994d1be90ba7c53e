"""One's own meetings as the page lists them: what is coming, and what has been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kwartaal.db import db
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import PublishedMeeting
from kwartaal.models.registration import Registration
from kwartaal.models.stage import Stage, stage_of
from kwartaal.models.standing import Standing, standings_of
from kwartaal.models.visibility import Sight, Viewer, visible_meetings


@dataclass(frozen=True)
class OwnMeeting:
    """A meeting somebody registered for. What one may not see any more has no `published`."""

    standing: Standing
    published: PublishedMeeting | None
    stage: Stage
    has_started: bool

    @property
    def meeting(self) -> Meeting:
        return self.registration.meeting

    @property
    def registration(self) -> Registration:
        return self.standing.registration

    @property
    def is_cancelled(self) -> bool:
        return self.stage == Stage.CANCELLED

    @property
    def may_change(self) -> bool:
        return self.published is not None and self.stage.takes_registrations

    @property
    def may_withdraw(self) -> bool:
        seen = self.published is not None and not self.is_cancelled
        return seen and self.standing.is_live and not self.has_started


@dataclass(frozen=True)
class Overview:
    """Everything on the page: coming in order of time, past the latest first."""

    coming: list[OwnMeeting]
    past: list[OwnMeeting]

    def count(self, state: str) -> int:
        """How many meetings are coming where one has a place ("placed") or waits ("waiting")."""
        return sum(one.registration.state == state and not one.is_cancelled for one in self.coming)


def overview_of(viewer: Viewer, person_id: int, now: datetime, today: date) -> Overview:
    """One's own meetings, in a constant number of queries."""
    standings = standings_of(person_id)
    seen = _seen(viewer, today, [standing.registration.meeting_id for standing in standings])
    own = [_own_meeting(standing, seen, now) for standing in standings]
    coming = [one for one in own if one.meeting.ends_at > now]
    return Overview(coming, [one for one in reversed(own) if one.meeting.ends_at <= now])


def _own_meeting(standing: Standing, seen: set[int], now: datetime) -> OwnMeeting:
    meeting = standing.registration.meeting
    return OwnMeeting(
        standing=standing,
        published=standing.published if meeting.id in seen else None,
        stage=stage_of(meeting, now),
        has_started=meeting.starts_at <= now,
    )


def _seen(viewer: Viewer, today: date, meeting_ids: list[int]) -> set[int]:
    rows = db.session.execute(visible_meetings(viewer, today).where(Meeting.id.in_(meeting_ids)))
    return {row.Meeting.id for row in rows if row.sight == Sight.FULL}
