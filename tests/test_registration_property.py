"""Whatever people and organisers do in whatever order: the registration operation keeps its word.

Hypothesis plays with a meeting of two rounds and a lunch, on SQLite; after each step everything is
read back and compared with the state before.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import func, select

from kwartaal import create_app
from kwartaal.db import begin_writing, db
from kwartaal.domain import places, registrations
from kwartaal.domain.refusals import Refused
from kwartaal.domain.registrations import Wish
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from tests.conftest import NOON, SetClock, config_for
from tests.factories import START, a_council_member, a_meeting, a_round, a_workshop, an_item
from tests.playing import play
from tests.publishing import on_the_site

PEOPLE = 6
WHO = st.integers(0, PEOPLE - 1)
MAXIMUM = st.sampled_from([1, 2, 1, 3, None])  # mostly too few places
MEETING_MAXIMUM = st.sampled_from([None, 4, 2, 1])
SET_MOMENT = START - timedelta(days=1)


@dataclass(frozen=True)
class Snapshot:
    """Everything that counts: states by row, lines in order, counters, and how many mails."""

    registrations: dict[int, RegistrationState]
    choices: dict[int, ChoiceState]
    holder: dict[int, int]  # registration by choice
    item: dict[int, int]  # item by choice
    rounds: dict[int, list[int]]  # rounds of the live choices by registration
    lines: dict[int, list[int]]  # choices that wait, in order, by item
    meeting_line: list[int]
    # (maximum, taken, waiting) by item; of the meeting under 0.
    counters: dict[int, tuple[int | None, int, int]]
    mails: int

    def rows(self, item_id: int) -> tuple[int, int]:
        """(placed, waiting) as the rows say it."""
        states = [state for choice, state in self.choices.items() if self.item[choice] == item_id]
        return states.count(ChoiceState.PLACED), states.count(ChoiceState.WAITING)

    def placed_in(self, item_id: int) -> set[int]:
        placed = {one for one, state in self.choices.items() if state == ChoiceState.PLACED}
        return {choice for choice in placed if self.item[choice] == item_id}

    @property
    def placed_in_meeting(self) -> set[int]:
        placed = RegistrationState.PLACED
        return {one for one, state in self.registrations.items() if state == placed}


class Meetings(RuleBasedStateMachine):
    """One meeting, six people; every rule is one transaction."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.app = app
        self.now = NOON
        self.set_moment = SET_MOMENT
        self.steps = 0

    @initialize(
        meeting=MEETING_MAXIMUM,
        one=MAXIMUM,
        two=MAXIMUM,
        three=MAXIMUM,
        lunch=MAXIMUM,
        early=st.sampled_from([PEOPLE, PEOPLE - 1, 2, 0]),
    )
    def open_meeting(self, meeting: int | None, early: int, **maximums: int | None) -> None:
        """A new meeting, for which the first few have registered."""
        with self.app.app_context():
            held = a_meeting(maximum=meeting, registration_closes_at=START)
            first, second = a_round(held), a_round(held, 3)
            items = [
                a_workshop(first, maximums["one"]),
                a_workshop(first, maximums["two"]),
                a_workshop(second, maximums["three"]),
                an_item(
                    held,
                    ItemKind.LUNCH,
                    sign_up=SignUp.LIMITED if maximums["lunch"] else SignUp.OPEN,
                    maximum=maximums["lunch"],
                ),
            ]
            people = [a_council_member() for _ in range(PEOPLE)]
            db.session.add_all([held, first, second, *items, *people])
            db.session.commit()
            on_the_site(self.app, held)
            self.meeting_id = held.id
            self.item_ids = [item.id for item in items]
            self.person_ids = [person.id for person in people]
        self.before = self.read()
        for who in range(early):
            self.register(who=who, first=0, second=bool(who % 2), lunch=True, wait=True)

    @rule(
        who=WHO,
        first=st.sampled_from([0, 0, 1, None]),
        second=st.booleans(),
        lunch=st.booleans(),
        wait=st.sampled_from([True, True, True, False]),
    )
    def register(self, who: int, first: int | None, second: bool, lunch: bool, wait: bool) -> None:
        chosen = [first] if first is not None else []
        chosen += [2] if second else []
        chosen += [3] if lunch else []
        with self.act(who):
            person = db.session.get_one(Person, self.person_ids[who])
            items = tuple(db.session.get_one(ProgrammeItem, self.item_ids[n]) for n in chosen)
            wish = Wish(person.offices[0], items, waitlist_if_full=wait)
            registrations.register(self.meeting, person, wish, self.now)

    @rule(who=WHO)
    def withdraw(self, who: int) -> None:
        with self.act(who):
            person = db.session.get_one(Person, self.person_ids[who])
            registrations.withdraw(self.meeting, person, self.now)

    @rule(which=st.integers(0, 3), maximum=MAXIMUM)
    def change_item_maximum(self, which: int, maximum: int | None) -> None:
        with self.act():
            item = db.session.get_one(ProgrammeItem, self.item_ids[which])
            places.change_item_maximum(item, maximum, self.now)

    @rule(maximum=MEETING_MAXIMUM)
    def change_meeting_maximum(self, maximum: int | None) -> None:
        with self.act():
            registrations.change_meeting_maximum(self.meeting, maximum, self.now)

    @precondition(lambda self: any(self.before.lines.values()))
    @rule(number=st.integers(0, 20))
    def give_place(self, number: int) -> None:
        waiting = [choice for line in self.before.lines.values() for choice in line]
        with self.act(any_order=True):
            choice = db.session.get_one(Choice, waiting[number % len(waiting)])
            places.give_place(choice, self.now)

    @precondition(lambda self: self.before.meeting_line)
    @rule(number=st.integers(0, 20))
    def give_meeting_place(self, number: int) -> None:
        line = self.before.meeting_line
        with self.act(any_order=True):
            registration = db.session.get_one(Registration, line[number % len(line)])
            registrations.give_meeting_place(registration, self.now)

    @precondition(lambda self: self.now < SET_MOMENT and self.steps > 12)
    @rule()
    def pass_set_moment(self) -> None:
        """From here on a free place may stay beside who waits: the organiser decides."""
        self.now = SET_MOMENT

    @precondition(lambda self: self.now >= self.set_moment)
    @rule()
    def put_off_the_set_moment(self) -> None:
        """People move up by themselves again, and free places go to who waits."""
        self.set_moment = START
        with self.act():
            meeting = self.meeting
            meeting.promotes_until = START
            registrations.change_meeting_maximum(meeting, meeting.maximum, self.now)

    @invariant()
    def never_above_the_maximum(self) -> None:
        for maximum, taken, _waiting in self.before.counters.values():
            assert maximum is None or taken <= maximum

    @invariant()
    def counters_say_what_the_rows_say(self) -> None:
        states = list(self.before.registrations.values())
        rows = (
            states.count(RegistrationState.PLACED),
            states.count(RegistrationState.WAITING),
        )
        assert self.before.counters[0][1:] == rows
        for item_id in self.item_ids:
            assert self.before.counters[item_id][1:] == self.before.rows(item_id)

    @invariant()
    def no_free_place_beside_who_waits(self) -> None:
        for maximum, taken, waiting in self.before.counters.values():
            assert self.now >= self.set_moment or not waiting or taken == maximum

    @invariant()
    def one_live_choice_in_each_round(self) -> None:
        for rounds in self.before.rounds.values():
            assert len(rounds) == len(set(rounds))

    @invariant()
    def who_waits_for_the_meeting_holds_nothing_in_it(self) -> None:
        for choice, state in self.before.choices.items():
            registration = self.before.registrations[self.before.holder[choice]]
            assert (state == ChoiceState.WISH) == (
                registration == RegistrationState.WAITING and state != ChoiceState.WITHDRAWN
            )

    @contextmanager
    def act(self, who: int | None = None, any_order: bool = False) -> Iterator[None]:
        """One transaction; a refusal stores nothing, anything else is checked against before."""
        self.steps += 1
        with self.app.app_context():
            begin_writing()
            try:
                yield
            except Refused:
                db.session.rollback()
                assert self.read() == self.before
                return
            db.session.commit()
        after = self.read()
        self.lines_keep_their_order(after, any_order)
        assert after.mails - self.before.mails == self.changes_told(after, who)
        self.before = after

    def lines_keep_their_order(self, after: Snapshot, any_order: bool) -> None:
        """In every line: who stays keeps the order, who moves up was first, and nobody passes."""
        for item_id, line in self.before.lines.items():
            was, is_now = self.before.placed_in(item_id), after.placed_in(item_id)
            check_line(line, after.lines[item_id], is_now - was, any_order)
        was, is_now = self.before.placed_in_meeting, after.placed_in_meeting
        check_line(self.before.meeting_line, after.meeting_line, is_now - was, any_order)

    def changes_told(self, after: Snapshot, who: int | None) -> int:
        """How many mails this step should have made: one for each change of somebody's."""
        actor = self.registration_of(who) if who is not None else None
        told = 0
        for registration, state in after.registrations.items():
            changed = self.changed_choices(after, registration)
            moved = self.before.registrations.get(registration) != state
            told += int(moved or bool(changed)) if moved or registration == actor else len(changed)
        return told

    def changed_choices(self, after: Snapshot, registration: int) -> list[int]:
        return [
            choice
            for choice, state in after.choices.items()
            if after.holder[choice] == registration
            and self.before.choices.get(choice, ChoiceState.WITHDRAWN) != state
        ]

    def registration_of(self, who: int) -> int | None:
        with self.app.app_context():
            return db.session.scalar(
                select(Registration.id).where(
                    Registration.meeting_id == self.meeting_id,
                    Registration.person_id == self.person_ids[who],
                )
            )

    @property
    def meeting(self) -> Meeting:
        return db.session.get_one(Meeting, self.meeting_id)

    def read(self) -> Snapshot:
        with self.app.app_context():
            return read(self.meeting, self.item_ids)


def read(meeting: Meeting, item_ids: list[int]) -> Snapshot:
    rows = db.session.scalars(
        select(Registration).where(Registration.meeting_id == meeting.id).order_by(Registration.seq)
    ).all()
    choices = db.session.scalars(
        select(Choice).where(Choice.meeting_id == meeting.id).order_by(Choice.seq)
    ).all()
    items = [db.session.get_one(ProgrammeItem, item_id) for item_id in item_ids]
    counted = [(item.id, item) for item in items]
    return Snapshot(
        registrations={row.id: row.state for row in rows},
        choices={choice.id: choice.state for choice in choices},
        holder={choice.id: choice.registration_id for choice in choices},
        rounds={
            row.id: [
                c.round_id
                for c in choices
                if c.registration_id == row.id and c.is_live and c.round_id
            ]
            for row in rows
        },
        lines={
            item_id: [
                c.id for c in choices if c.item_id == item_id and c.state == ChoiceState.WAITING
            ]
            for item_id in item_ids
        },
        meeting_line=[row.id for row in rows if row.state == RegistrationState.WAITING],
        counters={
            0: (meeting.maximum, meeting.taken, meeting.waiting),
            **{item_id: (item.maximum, item.taken, item.waiting) for item_id, item in counted},
        },
        mails=db.session.scalar(select(func.count()).where(OutboxMail.meeting_id == meeting.id))
        or 0,
        item={choice.id: choice.item_id for choice in choices},
    )


def check_line(before: list[int], after: list[int], came_in: set[int], any_order: bool) -> None:
    """`came_in` got a place in this step."""
    stayed = [one for one in before if one in after]
    assert after[: len(stayed)] == stayed
    moved_up = [one for one in before if one in came_in]
    first = [one for one in before if one in stayed or one in moved_up][: len(moved_up)]
    assert any_order or moved_up == first
    assert not stayed or came_in == set(moved_up)


@pytest.fixture
def on_sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    path = tmp_path / "property.sqlite"
    shutil.copy(sqlite_template, path)
    app = create_app(config_for(f"sqlite:///{path}"), SetClock())
    yield app
    with app.app_context():
        db.engine.dispose()


def test_registrations_keep_their_word(on_sqlite: Flask) -> None:
    play(lambda: Meetings(on_sqlite), examples=30, steps=30, same_each_time=True)


@pytest.mark.long
def test_registrations_keep_their_word_for_long(on_sqlite: Flask) -> None:
    play(lambda: Meetings(on_sqlite), examples=400, steps=60, same_each_time=False)
