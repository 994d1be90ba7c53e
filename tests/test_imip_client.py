"""Calendars filled by mails alone, through a real mail server, read by a stand-in program.

The program (tests/imip_client.py) is written from the tables of RFC 5546 and runs in a process of
its own. Whatever order mails arrive in, and however often, it must end with the same entries.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from config import ROOT
from kwartaal import worker
from kwartaal.domain import calendar_choice, publications, telling
from kwartaal.domain.restoring import restore_meeting
from kwartaal.domain.telling import Instructions
from kwartaal.models.calendar import ensure_feed
from kwartaal.models.openness import Openness
from tests.conftest import SetClock
from tests.test_mail import ONE, Day
from tests.test_worker import free_port

# What the databases do alike is tested elsewhere on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ANNA, BRAM = "anna@x.example", "bram@x.example"
UID = str(ONE)
TITLE = "Wonen & energie: <samen> doen?"
WERF, HAL = "De Werf, Kade 1, 3361 AB Sliedrecht", "De Hal, Plein 2, 3351 GB Papendrecht"


class Post:
    """A mail server that keeps each message it accepts as a file of its recipient, numbered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        for address in envelope.rcpt_tos:
            there = self.folder / address
            there.mkdir(exist_ok=True)
            number = len([*there.iterdir()])
            (there / f"{number:02}.eml").write_bytes(envelope.original_content or b"")
        return "250 OK"

    def mails(self, address: str) -> list[str]:
        return sorted(map(str, (self.folder / address).iterdir()))


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    folder = tmp_path / "post"
    folder.mkdir()
    handler = Post(folder)
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def app(make_app: Callable[..., Flask], post: Post) -> Flask:
    return make_app(MAIL_URL=f"smtp://127.0.0.1:{post.port}")


@pytest.fixture
def day(app: Flask, save: Callable[..., None], clock: SetClock) -> Day:
    return Day(app, save, clock)


def calendars(address: str, orders: list[list[str]]) -> list[dict]:
    """What the program has after each of these orders of arrival, in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.imip_client", address],
        input="\n".join(map(json.dumps, orders)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [json.loads(line) for line in answer.stdout.splitlines()]


def entry(calendar: dict) -> tuple[str, ...] | None:
    """Start, place, status, answer and title of the one appointment; None when there is none."""
    assert (calendar["problems"], calendar["ours"]) == ([], [])
    found = calendar["entries"]
    if not found:
        return None
    assert list(found) == [UID]
    one = found[UID]
    return one["starts_at"], one["location"], one["status"], one["partstat"], one["summary"]


def choices(calendar: dict) -> list[str]:
    """The lines about what somebody chose."""
    lines = calendar["entries"][UID]["description"].splitlines()
    return [line for line in lines if " tot " in line]


class Life:
    """One thing after the other, each told by mail."""

    def __init__(self, day: Day) -> None:
        self.day = day

    def step(self, act: Callable[..., object], *about: object, **how: object) -> None:
        """Do something a minute later, and let the worker tell it."""
        self.day.clock.pass_(minutes=1)
        act(*about, **how)
        while worker.run_once(self.day.app):
            pass

    def cancel(self) -> None:
        day = self.day
        with day.at_work():
            clerk = day.load(day.clerk)
            publications.cancel(day.load(day.meeting), "Storm", clerk, day.clock())

    def restore(self) -> None:
        day = self.day
        with day.at_work():
            restore_meeting(day.load(day.meeting), day.load(day.clerk), day.clock())

    def retitle(self, title: str) -> None:
        day = self.day
        with day.at_work():
            meeting, clerk = day.load(day.meeting), day.load(day.clerk)
            meeting.title = title
            telling.publish(meeting, clerk, day.clock(), Instructions())

    def choose(self, by_mail: bool) -> None:
        day = self.day
        with day.at_work():
            ensure_feed(day.people[0].id, day.clock())
            calendar_choice.choose(day.load(day.people[0]), by_mail, day.clock(), certain=True)


STEPS = (
    ("register", ("2027-03-23 11:00", WERF, "CONFIRMED", "ACCEPTED", TITLE)),
    ("change", ("2027-03-23 11:00", WERF, "CONFIRMED", "ACCEPTED", TITLE)),
    ("move", ("2027-03-30 10:00", HAL, "CONFIRMED", "ACCEPTED", TITLE)),
    ("cancel workshop", ("2027-03-30 10:00", HAL, "CONFIRMED", "ACCEPTED", TITLE)),
    ("restore workshop", ("2027-03-30 10:00", HAL, "CONFIRMED", "ACCEPTED", TITLE)),
    ("retitle", ("2027-03-30 10:00", HAL, "CONFIRMED", "ACCEPTED", "Anders")),
    ("cancel", None),
    ("restore", ("2027-03-30 10:00", HAL, "CONFIRMED", "ACCEPTED", "Anders")),
    ("close", None),
    ("open", ("2027-03-30 10:00", HAL, "CONFIRMED", "ACCEPTED", "Anders")),
    ("by feed", None),
    ("by mail", ("2027-03-30 10:00", HAL, "CONFIRMED", "ACCEPTED", "Anders")),
    ("withdraw", None),
    ("register again", ("2027-03-30 10:00", HAL, "CONFIRMED", "ACCEPTED", "Anders")),
)


def live(day: Day) -> None:
    """Everything that can happen to one registration, in the order of STEPS."""
    life = Life(day)
    life.step(day.register, 0, day.full, day.lunch)
    life.step(day.register, 0, day.full, day.free)
    life.step(day.move, days=7)
    life.step(day.cancel_item, day.full)
    life.step(day.restore_item, day.full)
    life.step(life.retitle, "Anders")
    life.step(life.cancel)
    life.step(life.restore)
    life.step(day.become, Openness.BESLOTEN)
    life.step(day.become, Openness.OPENBAAR)
    life.step(life.choose, False)
    life.step(life.choose, True)
    life.step(day.withdraw, 0)
    life.step(day.register, 0, day.free)


def orders_of(mails: list[str]) -> list[list[str]]:
    """Backwards, each neighbour swapped, each mail late, all twice, and thirty more."""
    swapped = [[*mails[:i], mails[i + 1], mails[i], *mails[i + 2 :]] for i in range(len(mails) - 1)]
    late = [[*mails[:i], *mails[i + 1 :], mails[i]] for i in range(len(mails))]
    drawn, dice = [], random.Random(5546)
    for _ in range(30):
        some = mails + dice.sample(mails, 4)
        dice.shuffle(some)
        drawn.append(some)
    return [mails[::-1], mails + mails, mails + mails[::-1], *swapped, *late, *drawn]


CHOSEN = {
    "register": [
        "12.00 tot 13.00 uur Lunch",
        "13.00 tot 14.00 uur Warmte zonder aardgas, zaal Kil",
    ],
    "change": [
        "13.00 tot 14.00 uur Warmte zonder aardgas, zaal Kil",
        "15.00 tot 16.00 uur Jeugdhulp dichtbij, zaal Kil",
    ],
    "cancel workshop": ["15.00 tot 16.00 uur Jeugdhulp dichtbij"],
    "restore workshop": [
        "13.00 tot 14.00 uur Warmte zonder aardgas",
        "15.00 tot 16.00 uur Jeugdhulp dichtbij",
    ],
    "register again": ["15.00 tot 16.00 uur Jeugdhulp dichtbij"],
}


def test_each_step_leaves_exactly_the_right_entry_in_every_order(day: Day, post: Post) -> None:
    live(day)
    mails = post.mails(ANNA)

    after_each = [mails[: number + 1] for number in range(len(mails))]
    found = calendars(ANNA, after_each + orders_of(mails))

    steps = dict(zip(dict(STEPS), found, strict=False))
    orders = found[len(mails) :]
    assert {step: entry(one) for step, one in steps.items()} == dict(STEPS)
    assert {step: choices(steps[step]) for step in CHOSEN} == CHOSEN
    assert [entry(one) for one in orders] == [STEPS[-1][1]] * len(orders)
    last = found[len(mails) - 1]["entries"]
    assert [one["entries"] for one in orders] == [last] * len(orders)


def test_who_waits_for_the_meeting_has_it_tentative_until_there_is_a_place(
    day: Day, post: Post
) -> None:
    with day.at_work():
        day.load(day.meeting).maximum = 1
    life = Life(day)
    life.step(day.register, 0)
    life.step(day.register, 1, day.free)
    life.step(day.withdraw, 0)
    mails = post.mails(BRAM)

    waiting, placed, backwards = calendars(BRAM, [mails[:1], mails, mails[::-1]])

    start = ("2027-03-23 11:00", WERF)
    assert entry(waiting) == (*start, "TENTATIVE", "TENTATIVE", TITLE)
    assert entry(placed) == entry(backwards) == (*start, "CONFIRMED", "ACCEPTED", TITLE)


def test_member_has_a_closed_meeting_as_busy_and_the_title_again_when_it_opens(
    day: Day, post: Post
) -> None:
    day.is_member(0)
    life = Life(day)
    life.step(day.register, 0)
    life.step(day.become, Openness.BESLOTEN)
    life.step(day.become, Openness.DATUM)
    life.step(day.become, Openness.OPENBAAR)
    mails = post.mails(ANNA)

    closed, opened, backwards = calendars(ANNA, [mails[:2], mails, mails[::-1]])

    start, end = "2027-03-23 11:00", ("CONFIRMED", "ACCEPTED")
    assert len(mails) == 3
    assert entry(closed) == (start, "", *end, "Bezet")
    assert entry(opened) == entry(backwards) == (start, WERF, *end, TITLE)


def test_mail_of_another_is_for_nobody_else(day: Day, post: Post) -> None:
    life = Life(day)
    life.step(day.register, 0, day.full)

    (found,) = calendars(BRAM, [post.mails(ANNA)])

    assert (found["entries"], found["problems"]) == ({}, [f"00.eml: is for ['{ANNA}']"])
