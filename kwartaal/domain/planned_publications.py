"""Publishing at a set moment: what was looked at, or nothing.

The draft is not frozen by a plan. When it changed since, nothing is published and the desk shows
why. Callers hold the meeting's row, and commit.
"""

from __future__ import annotations

from datetime import datetime

from kwartaal.domain import telling
from kwartaal.domain.digests import DIGEST_HOUR
from kwartaal.domain.publication_checks import Draft, refusals
from kwartaal.domain.publication_refusals import MomentAfterStart, MomentPassed, NoPlan
from kwartaal.domain.publications import draft_of
from kwartaal.domain.refusals import DraftChanged, Refused
from kwartaal.domain.telling import Instructions
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person
from kwartaal.models.planned_publication import (
    PlannedPublication,
    claim_plan,
    forget_plan,
    keep_plan,
)
from kwartaal.models.publication import Publication


def plan(meeting: Meeting, actor: Person, at: datetime, how: Instructions, now: datetime) -> None:
    """Have the draft published later, in the place of an earlier plan.

    Raises MomentPassed, MomentAfterStart, DraftChanged, or what would stop publishing it now.
    """
    draft = draft_of(meeting)
    if at <= now:
        raise MomentPassed
    if at >= meeting.starts_at:
        raise MomentAfterStart
    if how.seen is not None and how.seen != draft.hash:
        raise DraftChanged
    for refusal in refusals(draft):
        raise refusal
    keep_plan(
        PlannedPublication(
            meeting_id=meeting.id,
            publish_at=at,
            draft_hash=draft.hash,
            note=how.note,
            tells=how.tells,
            planned_by=actor,
            planned_at=now,
        )
    )
    about = f"meeting:{meeting.slug}"
    record(AuditAction.PUBLICATION_PLANNED, now, actor, about, moment=at.isoformat())


def stop(meeting: Meeting, actor: Person, now: datetime) -> None:
    """Drop the plan of a meeting; raises NoPlan when it was carried out or stopped already."""
    if not forget_plan(meeting.id):
        raise NoPlan
    record(AuditAction.PLAN_STOPPED, now, actor, f"meeting:{meeting.slug}")


def publish_now(
    meeting: Meeting, publisher: Person, now: datetime, how: Instructions
) -> Publication:
    """Publish by hand, which makes an end of a plan; raises what telling.publish raises."""
    version = telling.publish(meeting, publisher, now, how)
    forget_plan(meeting.id)
    return version


def carry_out(
    meeting: Meeting, plan_id: int, now: datetime, digest_hour: int = DIGEST_HOUR
) -> Publication | None:
    """Publish what was planned for a meeting, in the name of who planned it.

    None when another worker did, or when the plan is not due any more. A refusal is for `refuse`,
    in a transaction of its own, since this one must not be committed.
    """
    planned = claim_plan(plan_id, now)
    if planned is None:
        return None
    how = Instructions(planned.draft_hash, planned.note, planned.tells, digest_hour)
    return telling.publish(meeting, planned.planned_by, now, how)


def refuse(plan_id: int, why: Refused, now: datetime) -> None:
    """Finish a plan without publishing; the desk says why, and a mail does to who planned it."""
    planned = claim_plan(plan_id, now)
    if planned is None:
        return
    planned.refusal = why.message
    planned.refusal_values = {
        name: value if isinstance(value, int) else str(value) for name, value in why.values.items()
    }
    about = {"meeting_id": planned.meeting_id}
    enqueue(MailKind.PLAN_REFUSED, planned.planned_by, planned.key, now, **about)
    subject = f"meeting:{planned.meeting.slug}"
    record(AuditAction.PLAN_REFUSED, now, planned.planned_by, subject)


def acknowledge(planned: PlannedPublication, actor: Person, now: datetime) -> None:
    """Somebody read why nothing was published: the desk warns no more; logged."""
    planned.refusal_seen_at = now
    record(AuditAction.PLAN_REFUSAL_SEEN, now, actor, f"meeting:{planned.meeting.slug}")


def would_fail(planned: PlannedPublication, draft: Draft) -> bool:
    """Whether an open plan publishes nothing when its moment comes and the draft stays so."""
    if not planned.is_open:
        return False
    return planned.draft_hash != draft.hash or any(refusals(draft))
