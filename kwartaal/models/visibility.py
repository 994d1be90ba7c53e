"""The one query that decides who sees which meeting; pages, feeds, mails and exports use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, or_, select
from sqlalchemy.orm import joinedload

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.body import Body, Membership
from kwartaal.models.document import Document
from kwartaal.models.meeting import Meeting, MeetingSlug, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.series import Series

S = TypeVar("S", Select[Meeting], Select[Meeting, str])


@dataclass(frozen=True)
class Viewer:
    """Who is looking: nobody (person_id None), a person, or a person who prepares meetings."""

    person_id: int | None = None
    prepares_meetings: bool = False


OUTSIDER = Viewer()


class Sight(StrEnum):
    """How much of a meeting a viewer sees."""

    FULL = "full"
    DATE_ONLY = "date_only"  # the body's name and the date, nothing else


def visible_meetings(viewer: Viewer, today: date) -> Select[Meeting, str]:
    """Meetings a viewer sees, with how much of each: rows of (Meeting, Sight).

    Concepts are never in it; openness is read as it is now, not as it was when published.
    Source: decision "Openness"; `today` is the day in Amsterdam.
    """
    full = and_(_is_shown(), _full_sight(viewer, today))
    date_only = and_(_is_shown(), Meeting.openness == Openness.DATUM)
    sight = case((full, Sight.FULL.value), else_=Sight.DATE_ONLY.value)
    return _meetings(sight).where(or_(full, date_only))


def is_public() -> ColumnElement[bool]:
    """Which meetings outsiders see all of: the same rule, where one statement must say it."""
    return and_(_is_shown(), _is_open())


def find_visible(meeting_id: int, viewer: Viewer, today: date) -> Meeting | None:
    """One meeting, if the viewer sees all of it today."""
    found = db.session.execute(
        visible_meetings(viewer, today).where(Meeting.id == meeting_id)
    ).first()
    return found[0] if found is not None and found[1] == Sight.FULL else None


def preparable_meetings(viewer: Viewer, today: date) -> Select[Meeting]:
    """Meetings a viewer may prepare at the desk, concepts among them."""
    if not viewer.prepares_meetings:
        return select(Meeting).where(false())
    return (
        select(Meeting)
        .join(Series)
        .options(joinedload(Meeting.series).joinedload(Series.body), joinedload(Meeting.venue))
        .where(_full_sight(viewer, today))
    )


def preparable_series(viewer: Viewer, today: date) -> Select[Series]:
    """Series a viewer may prepare meetings of: those of the region, and of the own bodies."""
    if not viewer.prepares_meetings:
        return select(Series).where(false())
    return (
        select(Series)
        .options(joinedload(Series.body))
        .where(or_(Series.body_id.is_(None), of_own_body(viewer, today)))
        .order_by(Series.name)
    )


def own_bodies(viewer: Viewer, today: date) -> Select[Body]:
    """Bodies a viewer who prepares meetings is a member of today."""
    if not viewer.prepares_meetings:
        return select(Body).where(false())
    member = exists(_membership(viewer, today).where(Membership.body_id == Body.id).correlate(Body))
    return select(Body).where(member).order_by(Body.name)


def at_address(meetings: S, slug: str) -> S:
    """Of these meetings the one at an address now, else the one that was there before."""
    before = exists().where(MeetingSlug.slug == slug, MeetingSlug.meeting_id == Meeting.id)
    here = Meeting.slug == slug
    return meetings.where(or_(here, before)).order_by(case((here, 0), else_=1)).limit(1)


def sees_agenda_item(item: AgendaItem, viewer: Viewer, is_member: bool) -> bool:
    """Whether a viewer who sees the meeting also sees this item's content.

    In a meeting without a body a closed item is for those who prepare the meeting. A closed point
    closes its sub-points.
    """
    if item.is_open or is_member:
        return True
    return viewer.prepares_meetings and item.meeting.series.body_id is None


def sees_document(document: Document, viewer: Viewer, is_member: bool) -> bool:
    """The same for a document; under a point that is closed to the viewer nothing is open."""
    item = document.agenda_item
    if item is not None and not sees_agenda_item(item, viewer, is_member):
        return False
    if document.openness == Openness.OPENBAAR or is_member:
        return True
    return viewer.prepares_meetings and document.meeting.series.body_id is None


def of_own_body(viewer: Viewer, today: date) -> ColumnElement[bool]:
    """Whether a series is of a body that the viewer is a member of today; for a query of series."""
    own = _membership(viewer, today).where(Membership.body_id == Series.body_id)
    return exists(own.correlate(Series))


def is_member(viewer: Viewer, body_id: int | None, today: date) -> ColumnElement[bool]:
    """Whether the viewer is a member of the body today; a scalar to select."""
    return _membership(viewer, today).where(Membership.body_id == body_id).exists()


def members_on(body_id: int | None, today: date) -> Select[int]:
    """The ids of a body's members: who sees all of its meetings."""
    return select(Membership.person_id).where(Membership.body_id == body_id, *_lasting(today))


def members_among(meeting: Meeting, today: date) -> frozenset[int]:
    """The ids of who sees all of a meeting however closed it is; one query."""
    body_id = meeting.series.body_id
    return frozenset(db.session.scalars(members_on(body_id, today))) if body_id else frozenset()


def _full_sight(viewer: Viewer, today: date) -> ColumnElement[bool]:
    return or_(_is_open(), of_own_body(viewer, today))


def _is_shown() -> ColumnElement[bool]:
    return Meeting.state != MeetingState.CONCEPT


def _is_open() -> ColumnElement[bool]:
    return Meeting.openness == Openness.OPENBAAR


def _membership(viewer: Viewer, today: date) -> Select[Membership]:
    own = Membership.person_id == (viewer.person_id or 0)
    return select(Membership).where(own, *_lasting(today))


def _lasting(today: date) -> tuple[ColumnElement[bool], ...]:
    """Both days of a membership count."""
    return (
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )


def _meetings(sight: ColumnElement[str]) -> Select[Meeting, str]:
    statement = (
        select(Meeting, sight.label("sight"))
        .join(Series)
        .options(joinedload(Meeting.series).joinedload(Series.body), joinedload(Meeting.venue))
    )
    return statement
