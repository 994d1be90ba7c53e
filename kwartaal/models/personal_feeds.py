"""What stands for the bytes of a personal feed: the rights, the day, the choices, the counters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select

from kwartaal.amsterdam import amsterdam_moment
from kwartaal.db import db
from kwartaal.models.body import Membership
from kwartaal.models.calendar import EVERY_FEED, CalendarFeed, CalendarRevision
from kwartaal.models.deadlines import deadlines_of
from kwartaal.models.feeds import FeedState
from kwartaal.models.meeting import Meeting
from kwartaal.models.public_deadlines import PublicDeadline
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState


def personal_state(feed: CalendarFeed, today: date, now: datetime) -> FeedState:
    """Of what one person reads: two queries, and four more with deadlines.

    However many registrations and meetings there are. In it are the day in Amsterdam and the
    memberships (the owner's rights), the feed's choices, the counters of all meetings and of the
    person's own rows, those of the lists that the person waits in (the rank is in the text), and
    what time takes out of the feed.
    """
    facts = [*db.session.execute(select(*_facts(feed, now))).one(), *_rights(feed.person_id)]
    moments = [feed.changed_at, _midnight(today)]
    moments += [fact for fact in facts if isinstance(fact, datetime)]
    facts += [feed.generation, repr(feed.name), feed.per_item, feed.with_deadlines, today]
    if feed.with_deadlines:
        facts += _told(deadlines_of(feed.person_id, now))
    return FeedState(" ".join(map(str, facts)), max(moments))


def _midnight(today: date) -> datetime:
    """When the day began: memberships and offices begin and end by it."""
    return amsterdam_moment(today, time.min).astimezone(UTC)


def _rights(person_id: int) -> Iterator[object]:
    memberships = db.session.execute(
        select(Membership.body_id, Membership.starts_on, Membership.ends_on)
        .where(Membership.person_id == person_id)
        .order_by(Membership.id)
    )
    for row in memberships:
        yield from row


def _told(deadlines: list[PublicDeadline]) -> Iterator[object]:
    for one in deadlines:
        yield from (one.meeting_id, one.sequence)


def _facts(feed: CalendarFeed, now: datetime) -> Iterator[ScalarSelect[Any]]:
    own = Registration.person_id == feed.person_id
    rows = select(Registration.id).where(own)
    waits = Registration.state == RegistrationState.WAITING
    every = CalendarRevision.scope == EVERY_FEED
    yield select(CalendarRevision.revision).where(every).scalar_subquery()
    yield select(CalendarRevision.changed_at).where(every).scalar_subquery()
    yield from _sums(Registration, own)
    yield select(func.sum(Registration.calendar_moves)).where(own).scalar_subquery()
    yield from _sums(Choice, Choice.registration_id.in_(rows))
    yield from _sums(
        Registration, Registration.meeting_id.in_(select(Registration.meeting_id).where(own, waits))
    )
    waited_for = select(Choice.item_id).where(
        Choice.registration_id.in_(rows), Choice.state == ChoiceState.WAITING
    )
    yield from _sums(Choice, Choice.item_id.in_(waited_for))
    yield _gone(feed, now)
    if feed.with_deadlines:
        passed = Meeting.registration_closes_at <= now
        yield select(func.max(Meeting.registration_closes_at)).where(passed).scalar_subquery()


def _gone(feed: CalendarFeed, now: datetime) -> ScalarSelect[datetime]:
    """When a meeting last ended that takes something out of the feed: what one withdrew from."""
    left = Registration.state == RegistrationState.WITHDRAWN
    if feed.per_item:
        left = or_(left, Registration.choices.any(Choice.state == ChoiceState.WITHDRAWN))
    over = (Registration.person_id == feed.person_id, left, Meeting.ends_at <= now)
    return select(func.max(Meeting.ends_at)).join(Registration).where(*over).scalar_subquery()


def _sums(
    model: type[Registration] | type[Choice], which: ColumnElement[bool]
) -> Iterator[ScalarSelect[Any]]:
    """How often these rows changed together, and when last."""
    yield select(func.sum(model.revision)).where(which).scalar_subquery()
    yield select(func.max(model.changed_at)).where(which).scalar_subquery()
