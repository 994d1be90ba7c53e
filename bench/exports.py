"""The attendance list as a file, against one statement on the raw driver into the same library.

Whole requests: signing in is checked, the columns are chosen, the log is written.
"""

from __future__ import annotations

import csv
import gc
import io
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import psycopg
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, text
from sqlalchemy.engine import make_url

from bench.scenario import app_on
from kwartaal.db import db
from kwartaal.domain import publications
from kwartaal.models.account import UserSession
from kwartaal.models.attendance import AttendanceMark, MarkKind
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.person import Person, Role
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from kwartaal.sessions import _hash as session_hash
from tests.factories import a_meeting, a_round, a_workshop, an_item, an_organisation, staff

SIZES = (2_000, 20_000)
ROUNDS = 3
COLUMNS = (
    *("naam", "email", "telefoon", "organisatie", "doelgroep", "ronde 1", "ronde 2", "aanwezig"),
    *("ambt", "gemeente", "status", "lunch"),
)
TOKEN = "export-bench"
LIST = "/beheer/bijeenkomsten/export-{size}/aanwezigheid.{kind}?kolommen=" + ",".join(COLUMNS)
EXPLAINED = (
    "Bij exporteren: milliseconden, en hoeveel keer zo lang als dezelfde regels uit één "
    "leesopdracht met dezelfde bibliotheek.\n"
)
Line = tuple[str, str, str, str, str]


def measure(app: Flask, name: str, url: str) -> Iterator[Line]:
    """Lines of the table: milliseconds of both and how many times as long, then the memory."""
    statements = fill(app)
    gc.freeze()  # as wsgi.py does
    browser = signed_in(app)
    for kind, write in (("csv", as_csv), ("xlsx", as_xlsx)):
        for size in SIZES:
            product, least = interleaved(
                lambda kind=kind, size=size: len(
                    browser.get(LIST.format(size=size, kind=kind)).data
                ),
                lambda write=write, size=size: len(write(raw_rows(url, statements[size]))),
            )
            what = f"{kind} van {size} mensen, ms"
            yield what, name, f"{product:.0f}", f"{least:.0f}", f"{product / least:.2f} ×"
    few, many = (memory(url, size) for size in SIZES)
    what = f"csv: geheugen bij {SIZES[1]} en bij {SIZES[0]} mensen, MiB"
    yield what, name, f"{many:.0f}", f"{few:.0f}", f"{many / few:.2f} ×"


def interleaved(product: Callable[[], int], least: Callable[[], int]) -> tuple[float, float]:
    """Median milliseconds of both, measured in turn so that noise hits both.

    Each is asked once beforehand: what is made at the first call stays for the next.
    """
    assert product() > 10_000 and least() > 10_000
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for call, spent in zip((product, least), times, strict=True):
            started = time.perf_counter()
            assert call() > 10_000
            spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def memory(url: str, size: int) -> float:
    """The most memory, in MiB, of a process that makes one CSV file and does nothing else."""
    command = [sys.executable, "-m", "bench.exports", url, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def raw_rows(url: str, statement: str) -> list[Sequence[Any]]:
    """The rows by the driver alone."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database or "")) as connection:
            return connection.execute(statement).fetchall()
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(statement.encode()).fetchall()


def as_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(0, column, heading)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell or "")
    return file.getvalue()


def fill(app: Flask) -> dict[int, str]:
    """A meeting of each size with the same people; returns the raw statement for each."""
    with app.app_context():
        town = an_organisation("Papendrecht", OrganisationKind.MUNICIPALITY)
        clerk = staff(Role.ORGANISATOR)
        db.session.add_all([town, clerk])
        db.session.flush()
        now = datetime.now(UTC)
        person_ids = _people(max(SIZES))
        statements = {
            size: _meeting(size, person_ids[:size], clerk, town.id, now) for size in SIZES
        }
        token = UserSession(
            token_hash=session_hash(TOKEN), person_id=clerk.id, created_at=now, last_seen_at=now
        )
        db.session.add(token)
        db.session.execute(text("ANALYZE"))  # as a server does by itself in time
        db.session.commit()
        db.engine.dispose()
        return statements


def _people(many: int) -> list[int]:
    people = [
        {
            "public_id": uuid.uuid4(),
            "first_name": f"Voornaam{n}",
            "prefix": "van der" if n % 3 == 0 else "",
            "last_name": f"Çelik{n}" if n % 7 == 0 else f"Achternaam{n}",
            "sort_key": f"achternaam{n * 7919 % many:06} voornaam{n}",
            "email": f"voornaam.achternaam{n}@gemeente.example",
            "phone": f"+316{n:08}",
        }
        for n in range(many)
    ]
    statement = insert(Person).returning(Person.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, people))


def _meeting(size: int, person_ids: Sequence[int], clerk: Person, town: int, now: datetime) -> str:
    meeting = a_meeting(slug=f"export-{size}", state=MeetingState.CONCEPT, maximum=None)
    rounds = [a_round(meeting, hour) for hour in (1, 3)]
    workshops = [
        [a_workshop(round_, size, title=f"Workshop {n} over wonen en werken") for n in range(10)]
        for round_ in rounds
    ]
    lunch = an_item(meeting, ItemKind.LUNCH, title="Lunch", sign_up=SignUp.OPEN)
    db.session.add_all([meeting, *workshops[0], *workshops[1], lunch])
    db.session.commit()
    publications.publish(db.session.get_one(Meeting, meeting.id), clerk, now)
    _register(meeting, workshops, lunch, person_ids, town, clerk, now)
    db.session.commit()
    return _statement(meeting.id, rounds[0].id, rounds[1].id, lunch.id)


def _register(
    meeting: Meeting,
    workshops: Sequence[Sequence[ProgrammeItem]],
    lunch: ProgrammeItem,
    person_ids: Sequence[int],
    town: int,
    clerk: Person,
    now: datetime,
) -> None:
    """Everybody in both rounds and at lunch; every twentieth waits, every second is there."""
    registered = _registrations(meeting, person_ids, town, now)
    items = [[*(offered[n % 10] for offered in workshops), lunch] for n in range(10)]
    choices = [
        _choice(registration_id, n, item, waits=n % 20 == 0 and item is not lunch, now=now)
        for n, registration_id in enumerate(registered)
        for item in items[n % 10]
    ]
    came = {"meeting_id": meeting.id, "said": MarkKind.ARRIVED, "arrived_at": now, "at": now}
    marks = [
        {**came, "key": uuid.uuid4(), "registration_id": one, "marked_by_id": clerk.id}
        for one in registered[1::2]
    ]
    db.session.execute(insert(Choice), choices)
    db.session.execute(insert(AttendanceMark), marks)


def _registrations(
    meeting: Meeting, person_ids: Sequence[int], town: int, now: datetime
) -> list[int]:
    """The ids of these people's registrations, in their order."""
    shared = {
        "meeting_id": meeting.id,
        "changed_at": now,
        "created_at": now,
        "state": RegistrationState.PLACED,
        "office_name": "raadslid",
        "organisation_id": town,
        "organisation_name": "Papendrecht",
        "audience": Audience.RAAD,
    }
    rows = [{**shared, "public_id": uuid.uuid4(), "person_id": one} for one in person_ids]
    statement = insert(Registration).returning(Registration.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, rows))


def _choice(
    registration_id: int, seq: int, item: ProgrammeItem, *, waits: bool, now: datetime
) -> dict[str, object]:
    return {
        "meeting_id": item.meeting_id,
        "registration_id": registration_id,
        "item_id": item.id,
        "round_id": item.round_id,
        "state": ChoiceState.WAITING if waits else ChoiceState.PLACED,
        "seq": seq,
        "changed_at": now,
    }


def _statement(meeting: int, first: int, second: int, lunch: int) -> str:
    """The twelve columns of everybody, in one statement of the same text on both databases."""

    def place(choice: str, title: str) -> str:
        waits = f"{choice}.state = 'waiting' THEN 'wachtlijst ' || {choice}r.rank || ': '"
        return f"CASE WHEN {waits} ELSE '' END || {title}"

    def chosen(choice: str, which: str) -> str:
        return f"""
    LEFT JOIN choice {choice} ON {choice}.registration_id = r.id AND {choice}.{which}
        AND {choice}.state <> 'withdrawn'
    LEFT JOIN programme_item {choice}i ON {choice}i.id = {choice}.item_id
    LEFT JOIN ranked {choice}r ON {choice}r.id = {choice}.id"""

    return f"""
    WITH ranked AS (
        SELECT id, row_number() OVER (PARTITION BY item_id ORDER BY seq, id) AS rank
        FROM choice WHERE meeting_id = {meeting} AND state = 'waiting'),
    newest AS (
        SELECT registration_id, max(id) AS id FROM attendance_mark
        WHERE meeting_id = {meeting} AND item_id IS NULL GROUP BY registration_id)
    SELECT
        p.first_name || CASE WHEN p.prefix = '' THEN ' ' ELSE ' ' || p.prefix || ' ' END
            || p.last_name,
        coalesce(p.email, p.contact_email), p.phone, r.organisation_name, r.audience,
        {place("a", "ai.title")}, {place("b", "bi.title")},
        CASE WHEN m.arrived_at IS NOT NULL THEN 'ja' ELSE '' END, r.office_name,
        CASE WHEN o.kind = 'municipality' THEN r.organisation_name ELSE '' END,
        CASE r.state WHEN 'placed' THEN 'plek' WHEN 'waiting' THEN 'wachtlijst' ELSE 'inloop' END,
        CASE WHEN c.id IS NOT NULL THEN 'ja' ELSE '' END
    FROM registration r JOIN person p ON p.id = r.person_id
    LEFT JOIN organisation o ON o.id = r.organisation_id
    LEFT JOIN newest n ON n.registration_id = r.id
    LEFT JOIN attendance_mark m ON m.id = n.id
    {chosen("a", f"round_id = {first}")}{chosen("b", f"round_id = {second}")}
    LEFT JOIN choice c ON c.registration_id = r.id AND c.item_id = {lunch}
        AND c.state <> 'withdrawn'
    WHERE r.meeting_id = {meeting} AND r.state IN ('placed', 'waiting', 'walk_in')
    ORDER BY p.sort_key, p.id"""


def signed_in(app: Flask) -> FlaskClient:
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = TOKEN
    return browser


def main(url: str, size: str) -> None:
    """Make one CSV file, throw its pieces away, and print the most memory that took."""
    answer = signed_in(app_on(url)).get(LIST.format(size=size, kind="csv"))
    assert sum(1 for _piece in answer.iter_encoded()) > 2
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
