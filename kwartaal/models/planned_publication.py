"""Publications that wait for their moment; the worker carries them out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, String, delete, select, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person


class PlannedPublication(Model):
    """What is published when, if the draft is still the one that was looked at.

    A meeting has one at most. It is open until `finished_at`; then it was published, or `refusal`
    says why not: the sentence of the refusal, and in `refusal_values` what fills its gaps. The desk
    warns of a refusal until `refusal_seen_at`.
    """

    __tablename__ = "planned_publication"
    __table_args__ = (
        Index(
            "ix_planned_publication_publish_at_open",
            "publish_at",
            sqlite_where=db.text("finished_at IS NULL"),
            postgresql_where=db.text("finished_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), unique=True
    )
    publish_at: Mapped[datetime] = mapped_column(UtcDateTime)
    draft_hash: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(400), default="")
    tells: Mapped[bool] = mapped_column(default=True)
    planned_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refusal: Mapped[str] = mapped_column(String(400), default="")
    refusal_values: Mapped[dict[str, str | int]] = mapped_column(JSON, default=dict)
    refusal_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    meeting: Mapped[Meeting] = relationship()
    planned_by: Mapped[Person] = relationship()

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    @property
    def key(self) -> str:
        """Names this plan and no other. SQLite gives the id of a plan that is gone out again."""
        return f"{self.id}:{self.planned_at.isoformat()}"

    @property
    def warns(self) -> bool:
        """Whether nothing was published, and nobody said to have seen that."""
        return bool(self.refusal) and self.refusal_seen_at is None


def find_plan(meeting_id: int) -> PlannedPublication | None:
    """The plan of a meeting with who made it, open or finished; one query."""
    statement = (
        select(PlannedPublication)
        .options(joinedload(PlannedPublication.planned_by))
        .where(PlannedPublication.meeting_id == meeting_id)
    )
    return db.session.scalars(statement, execution_options={"populate_existing": True}).first()


def plans_of(meeting_ids: Collection[int]) -> dict[int, PlannedPublication]:
    """The plans of some meetings, open or finished, by the meeting's id; one query."""
    statement = select(PlannedPublication).where(PlannedPublication.meeting_id.in_(meeting_ids))
    return {plan.meeting_id: plan for plan in db.session.scalars(statement)}


def keep_plan(plan: PlannedPublication) -> None:
    """Let this be the plan of its meeting, in the place of an earlier one."""
    forget_plan(plan.meeting_id)
    db.session.add(plan)


def forget_plan(meeting_id: int) -> bool:
    """Drop the plan of a meeting; whether one was still open."""
    statement = (
        delete(PlannedPublication)
        .where(PlannedPublication.meeting_id == meeting_id)
        .returning(PlannedPublication.finished_at)
    )
    return None in list(db.session.scalars(statement))


def due_plans(now: datetime) -> list[tuple[int, int]]:
    """(id, meeting id) of every open plan whose moment has come, oldest first."""
    statement = (
        select(PlannedPublication.id, PlannedPublication.meeting_id)
        .where(PlannedPublication.finished_at.is_(None), PlannedPublication.publish_at <= now)
        .order_by(PlannedPublication.publish_at, PlannedPublication.id)
    )
    return [(plan_id, meeting_id) for plan_id, meeting_id in db.session.execute(statement)]


def postpone_plan(plan_id: int, until: datetime, now: datetime) -> None:
    """Let an open plan whose moment has come wait until then."""
    db.session.execute(
        update(PlannedPublication).where(*_due(plan_id, now)).values(publish_at=until)
    )


def claim_plan(plan_id: int, now: datetime) -> PlannedPublication | None:
    """Finish an open plan, in the transaction that publishes it.

    Of two workers one gets it: the other finds it finished. None as well when it was stopped or
    moved to later. A transaction that ends without a commit leaves it open.
    """
    statement = (
        update(PlannedPublication)
        .where(*_due(plan_id, now))
        .values(finished_at=now)
        .returning(PlannedPublication)
    )
    return db.session.scalars(statement, execution_options={"populate_existing": True}).first()


def _due(plan_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions of an open plan whose moment has come."""
    plan = PlannedPublication
    return plan.id == plan_id, plan.finished_at.is_(None), plan.publish_at <= now
