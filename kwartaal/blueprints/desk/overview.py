"""The meetings that ask for something, read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.domain.planned_publications import would_fail
from kwartaal.domain.publications import draft_of
from kwartaal.filters import moment
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.planned_publication import plans_of
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.visibility import Viewer, preparable_meetings
from kwartaal.navigation import MeetingFrame, meeting_frame, meeting_link
from kwartaal.translations import filled

MOST = 50  # meetings ahead; a region has a few dozen a year


@dataclass(frozen=True)
class Signal:
    """Something to look at: which meeting, what about it, and where to do something."""

    meeting: Meeting
    sentence: str
    url: str | None


@dataclass(frozen=True)
class Overview:
    """The next meeting that people know of, what asks for attention, and the concepts.

    `full` counts the parts of the next meeting without a place left; `waiting` who waits for
    something inside a meeting, by the meeting's id.
    """

    next: MeetingFrame | None
    days_left: int
    full: int
    signals: Sequence[Signal]
    concepts: Sequence[Meeting]
    waiting: dict[int, int]


def load_overview(viewer: Viewer, today: date, now: datetime) -> Overview:
    """Empty for whoever prepares no meetings."""
    ahead = _ahead(viewer, today, now)
    known = [meeting for meeting in ahead if meeting.state != MeetingState.CONCEPT]
    frame = meeting_frame(known[0]) if known else None
    waiting = _waiting(known)
    signals = [signal for one in known for signal in _signals(one, waiting.get(one.id, 0), now)]
    signals = [*_plan_signals(ahead), *signals]
    if frame is not None and frame.unpublished:
        signals.insert(0, _unpublished(frame))
    return Overview(
        next=frame,
        days_left=max((amsterdam_date(known[0].starts_at) - today).days, 0) if known else 0,
        full=sum(not item.has_room for item in frame.draft.items) if frame else 0,
        signals=signals,
        concepts=[meeting for meeting in ahead if meeting.state == MeetingState.CONCEPT],
        waiting=waiting,
    )


def _ahead(viewer: Viewer, today: date, now: datetime) -> list[Meeting]:
    statement = (
        preparable_meetings(viewer, today)
        .where(Meeting.ends_at > now, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST)
    )
    return list(db.session.scalars(statement))


def _waiting(meetings: Sequence[Meeting]) -> dict[int, int]:
    statement = (
        select(ProgrammeItem.meeting_id, func.sum(ProgrammeItem.waiting))
        .where(ProgrammeItem.meeting_id.in_([meeting.id for meeting in meetings]))
        .group_by(ProgrammeItem.meeting_id)
    )
    return {meeting_id: count for meeting_id, count in db.session.execute(statement)}


def _signals(meeting: Meeting, waiting_inside: int, now: datetime) -> Iterator[Signal]:
    if meeting.state == MeetingState.ANNOUNCED:
        url = meeting_link("programme.show", meeting)
        yield Signal(meeting, _("Aangekondigd. Het programma is nog niet gepubliceerd."), url)
    waiting = meeting.waiting + waiting_inside
    if waiting and not meeting.promotes(now):
        yield Signal(meeting, _stuck(waiting), meeting_link("attendance.show", meeting))
    if meeting.takes_registrations(now) and meeting.invited_at is None:
        url = meeting_link("publications.show", meeting)
        if url is not None:
            words = _("Aanmelden is open, maar het bericht daarover is nog niet verstuurd.")
            yield Signal(meeting, words, url)


def _plan_signals(meetings: Sequence[Meeting]) -> Iterator[Signal]:
    """Plans that were not carried out, and those that would not be; a draft is read for each."""
    plans = plans_of([meeting.id for meeting in meetings])
    for meeting in meetings:
        plan = plans.get(meeting.id)
        url = meeting_link("publications.show", meeting)
        if plan is None:
            continue
        if plan.warns:
            words = _("Het geplande publiceren ging niet door.")
            yield Signal(meeting, f"{words} {filled(plan.refusal, plan.refusal_values)}", url)
        elif would_fail(plan, draft_of(meeting)):
            planned = _("Publiceren is gepland op %(moment)s.", moment=moment(plan.publish_at))
            words = _("Zoals het concept nu is, wordt er dan niets gepubliceerd.")
            yield Signal(meeting, f"{planned} {words}", url)


def _stuck(waiting: int) -> str:
    return str(
        ngettext(
            "%(num)s wachtende schuift niet meer vanzelf door. Kies zelf wie een plek krijgt.",
            "%(num)s wachtenden schuiven niet meer vanzelf door. Kies zelf wie een plek krijgt.",
            waiting,
        )
    )


def _unpublished(frame: MeetingFrame) -> Signal:
    words = _("Er zijn wijzigingen die nog niet gepubliceerd zijn.")
    return Signal(frame.meeting, words, frame.link("publications.show"))
