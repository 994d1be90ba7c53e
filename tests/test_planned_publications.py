"""Publishing at a set moment: by a worker, once, also when there are two or one is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from config import ROOT
from kwartaal import worker
from kwartaal.db import begin_writing, db
from kwartaal.domain import planned_publications
from kwartaal.domain.preparation_refusals import MaximumAboveRoom
from kwartaal.domain.publication_refusals import (
    MomentAfterStart,
    MomentPassed,
    NoPlan,
    PublishingFailed,
)
from kwartaal.domain.refusals import DraftChanged, NothingChanged
from kwartaal.domain.telling import Instructions
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.locks import lock_meeting
from kwartaal.models.planned_publication import due_plans, find_plan
from kwartaal.models.publication import find_latest
from kwartaal.models.venue import Room
from tests.at_once import at_once
from tests.conftest import NOON
from tests.telling_region import Region

AT = NOON + timedelta(hours=3)


@pytest.fixture
def region(app, save, clock) -> Region:
    """Version 1 is online and the draft has another title for one workshop."""
    region = Region(app, save, clock)
    region.change(region.one, title="Warmte uit water")
    return region


def plan(region: Region, at=AT, **how: object) -> None:
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        planned_publications.plan(meeting, clerk, at, Instructions(**how), region.clock())


def numbers(region: Region) -> list[int]:
    return [number for number, _retracted, _restores in region.versions()]


def work(region: Region, at=AT) -> None:
    region.clock.moment = at
    worker.run_once(region.app)


def test_nothing_happens_before_the_moment(region):
    plan(region)

    work(region, AT - timedelta(seconds=1))

    assert numbers(region) == [1]


def test_it_is_published_at_the_moment_by_who_planned_it(region):
    plan(region, note="Nieuwe spreker.")

    work(region)

    version = region.latest()
    assert (version.number, version.published_at, version.note) == (2, AT, "Nieuwe spreker.")
    assert version.publisher_id == region.clerk.id


@pytest.mark.parametrize("later", [timedelta(), timedelta(days=365 * 70)])
def test_a_moment_at_or_after_the_start_is_refused(region, later):
    with pytest.raises(MomentAfterStart):
        plan(region, region.meeting.starts_at + later)


def test_whom_it_concerns_is_told_in_the_same_turn(region):
    plan(region)

    work(region)

    assert region.mails() == [("Anna", "changed", "sent"), ("Bram", "changed", "sent")]


def test_nobody_is_told_when_the_clerk_chose_so(region):
    plan(region, tells=False)

    work(region)

    assert (numbers(region), region.mails()) == ([1, 2], [])


def test_once_however_often_the_worker_looks(region):
    plan(region)

    for minutes in range(3):
        work(region, AT + timedelta(minutes=minutes))

    assert numbers(region) == [1, 2]


def test_once_with_four_workers_at_the_same_moment(region):
    plan(region)
    region.clock.moment = AT

    answers = at_once(region.app, 4, worker.publish_due)

    assert (answers, numbers(region), len(region.mails())) == ([None] * 4, [1, 2], 2)


def test_a_worker_that_had_seen_the_plan_finds_it_done(region):
    plan(region)
    with region.app.app_context():
        [(plan_id, meeting_id)] = due_plans(AT)
    work(region)

    with region.at_work():
        meeting = lock_meeting(meeting_id)
        assert planned_publications.carry_out(meeting, plan_id, AT) is None
    assert numbers(region) == [1, 2]


KILLED = """
import os, signal, sys
from datetime import datetime
from kwartaal import create_app
from kwartaal.db import begin_writing, db
from kwartaal.domain import planned_publications
from kwartaal.models.locks import lock_meeting
from kwartaal.models.planned_publication import due_plans
from tests.conftest import SetClock, config_for

now = datetime.fromisoformat(sys.argv[2])
app = create_app(config_for(sys.argv[1]), SetClock(now))
with app.test_request_context("/"):
    [(plan_id, meeting_id)] = due_plans(now)
    begin_writing()
    version = planned_publications.carry_out(lock_meeting(meeting_id), plan_id, now)
    db.session.flush()
    print(version.number, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_after_a_worker_that_was_killed_before_its_commit(region, database_url):
    plan(region)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, database_url, AT.isoformat()],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    before = numbers(region)

    work(region)

    assert (killed.stdout, killed.returncode, before) == ("2\n", -9, [1])
    assert (numbers(region), len(region.mails())) == ([1, 2], 2)


def test_a_draft_that_changed_since_is_not_published(region):
    plan(region)
    region.change(region.two, title="Iets anders")

    work(region)

    assert numbers(region) == [1]
    assert region.mails() == [("Griet", "plan_refused", "sent")]
    assert outcome(region) == (AT, DraftChanged.message)
    with region.app.app_context():
        assert db.session.query(AuditEntry).filter_by(action=AuditAction.PLAN_REFUSED).count() == 1


def test_a_mail_about_a_refused_plan_is_dropped_when_the_clerk_was_first(region):
    plan(region)
    region.change(region.two, title="Iets anders")
    region.clock.moment = AT
    with region.app.test_request_context("/"):
        worker.publish_due()
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        planned_publications.publish_now(meeting, clerk, AT, Instructions(tells=False))

    work(region)

    assert region.mails() == [("Griet", "plan_refused", "dropped")]


def outcome(region: Region):
    with region.app.app_context():
        found = find_plan(region.meeting.id)
        return (found.finished_at, found.refusal) if found else None


def test_why_is_stored_as_the_sentence_and_what_fills_its_gaps(region):
    region.change(region.one, room_id=region.room_id, maximum=20)
    plan(region)
    with region.at_work():
        db.session.get_one(Room, region.room_id).capacity = 5

    work(region)

    with region.app.app_context():
        found = find_plan(region.meeting.id)
        assert (found.refusal, found.refusal_values) == (
            MaximumAboveRoom.message,
            {"title": "Warmte uit water", "room": "zaal Kil", "capacity": 5},
        )


def test_a_refused_plan_is_not_tried_again(region):
    plan(region)
    region.change(region.two, title="Iets anders")
    work(region)
    region.change(region.two, title="Jeugdhulp dichtbij")

    work(region, AT + timedelta(minutes=1))

    assert (numbers(region), outcome(region)[0]) == ([1], AT)


@contextmanager
def failing(region: Region, error: Exception) -> Iterator[None]:
    """Whoever stores a version meets this error."""

    def fail(_connection, _cursor, statement, *_more) -> None:
        if statement.startswith("INSERT INTO publication "):
            raise error

    with region.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", fail)
    yield
    sa.event.remove(engine, "before_cursor_execute", fail)


def test_a_plan_that_meets_an_error_ends_with_what_to_do(region):
    plan(region)
    with failing(region, KeyError("title")):
        work(region)

    work(region, AT + timedelta(minutes=5))

    assert (numbers(region), outcome(region)) == ([1], (AT, PublishingFailed.message))


def test_a_plan_waits_a_minute_for_a_database_that_is_away(region):
    plan(region)
    with failing(region, sa.exc.OperationalError("INSERT", {}, OSError("away"))):
        work(region)
    work(region, AT + timedelta(seconds=59))
    waiting = numbers(region)

    work(region, AT + timedelta(minutes=1))

    assert (waiting, numbers(region)) == ([1], [1, 2])


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=-1), timedelta(days=-400)])
def test_a_moment_that_passed_is_refused(region, late):
    with pytest.raises(MomentPassed):
        plan(region, NOON + late)


def test_what_cannot_be_published_now_is_not_planned(region):
    region.publish()

    with pytest.raises(NothingChanged):
        plan(region)


def test_a_draft_that_a_colleague_just_changed_is_not_planned(region):
    with pytest.raises(DraftChanged):
        plan(region, seen="x" * 64)


def test_planning_again_replaces_the_plan(region):
    plan(region)
    plan(region, AT + timedelta(hours=1))

    work(region)
    early = numbers(region)
    work(region, AT + timedelta(hours=1))

    assert (early, numbers(region)) == ([1], [1, 2])


def test_publishing_by_hand_ends_the_plan(region):
    plan(region)
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        planned_publications.publish_now(meeting, clerk, NOON, Instructions())

    work(region)

    assert (numbers(region), outcome(region)) == ([1, 2], None)


def stop(region: Region) -> None:
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        planned_publications.stop(meeting, clerk, NOON)


def test_a_plan_can_be_stopped(region):
    plan(region)
    stop(region)

    work(region)

    assert (numbers(region), outcome(region)) == ([1], None)


def test_stopping_what_is_done_is_refused(region):
    plan(region)
    work(region)

    with pytest.raises(NoPlan):
        stop(region)
    assert outcome(region) == (AT, "")


def test_planning_and_stopping_are_logged(region):
    plan(region)
    stop(region)

    with region.app.app_context():
        actions = (AuditAction.PUBLICATION_PLANNED, AuditAction.PLAN_STOPPED)
        rows = db.session.query(AuditEntry).filter(AuditEntry.action.in_(actions))
        assert [(row.action, row.actor_id) for row in rows.order_by(AuditEntry.id)] == [
            (action, region.clerk.id) for action in actions
        ]


def test_nothing_of_a_refused_publication_is_left(region):
    """The meeting stays announced or published as it was, with its revision."""
    plan(region)
    region.change(region.two, title="Iets anders")
    with region.app.app_context():
        before = region.load(region.meeting).calendar_revision

    work(region)

    with region.app.app_context():
        begin_writing()
        assert region.load(region.meeting).calendar_revision == before
        assert find_latest(region.meeting.id).number == 1
