"""What the database keeps when columns get new values: rows, checks and the triggers of the log."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from config import ROOT
from kwartaal import create_app
from kwartaal.db import db
from kwartaal.models.calendar import find_feed
from kwartaal.models.person import Person
from kwartaal.models.planned_publication import PlannedPublication
from kwartaal.models.programme import Speaker
from kwartaal.models.reference import DOCUMENT_KINDS
from kwartaal.models.speaking import PublicationSpeaker
from tests.conftest import SetClock, config_for, postgres_database
from tests.factories import START, a_meeting, a_person, a_round, a_workshop, staff
from tests.publishing import store

MIGRATIONS = str(ROOT / "migrations")
NOON = "'2027-03-10 11:00:00'"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database as it was before versions could be retracted, with a line."""
    if request.param == "sqlite":
        yield before(create_app(config_for(f"sqlite:///{tmp_path / 'old.sqlite'}"), SetClock()))
        return
    with postgres_database() as url:
        yield before(create_app(config_for(url), SetClock()))


def before(app: Flask) -> Flask:
    with app.app_context():
        upgrade(MIGRATIONS, "0014")
        log("published")
    return app


def log(action: str) -> None:
    values = f"{NOON}, '{action}', 'x', '{{}}'"
    write(f"INSERT INTO audit_entry (at, action, subject, detail) VALUES ({values})")


def write(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_the_log_keeps_its_lines_takes_new_actions_and_stays_append_only(app: Flask) -> None:
    with app.app_context():
        upgrade(MIGRATIONS)
        log("version_retracted")

        for refused in ("UPDATE audit_entry SET subject = 'y'", "DELETE FROM audit_entry"):
            with pytest.raises(sa.exc.DatabaseError, match="append-only"):
                write(refused)
        with pytest.raises(sa.exc.IntegrityError):
            log("something_else")
        with db.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT action FROM audit_entry ORDER BY id")
            assert [row[0] for row in rows] == ["published", "version_retracted"]


def test_an_installation_from_before_documents_gets_their_kinds_once(app: Flask) -> None:
    with app.app_context():
        write("INSERT INTO office_kind (code, name) VALUES ('raadslid', 'raadslid')")
        upgrade(MIGRATIONS)
        with db.engine.connect() as connection:
            kinds = connection.exec_driver_sql("SELECT code, name FROM document_kind ORDER BY id")
            assert [tuple(row) for row in kinds] == [
                (f"A-{number}", name) for number, name in enumerate(DOCUMENT_KINDS, 1)
            ]
        downgrade(MIGRATIONS, "0023")
        upgrade(MIGRATIONS)  # an error, if it added them again


def test_an_empty_database_gets_no_kinds_before_its_other_data(app: Flask) -> None:
    with app.app_context():
        upgrade(MIGRATIONS)
        with db.engine.connect() as connection:
            assert not connection.exec_driver_sql("SELECT id FROM document_kind").all()


def test_the_outbox_takes_the_new_kinds_and_no_others(app: Flask) -> None:
    with app.app_context():
        upgrade(MIGRATIONS)
        checks = sa.inspect(db.engine).get_check_constraints("outbox_mail")
        indexes = {index["name"] for index in sa.inspect(db.engine).get_indexes("outbox_mail")}

    (kinds,) = (check["sqltext"] for check in checks if check["name"] == "ck_outbox_mail_mailkind")
    assert all(f"'{kind}'" in kinds for kind in ("sign_in", "changed", "change_retracted"))
    assert "ix_outbox_mail_due_at_pending" in indexes


def test_the_stored_key_of_a_name_is_folded_again_and_others_stay(app: Flask) -> None:
    insert = (
        "INSERT INTO person (id, public_id, first_name, prefix, last_name, sort_key,"
        " wants_announcements) VALUES"
    )
    with app.app_context():
        upgrade(MIGRATIONS, "0043")
        for number, (last_name, key) in enumerate([("Işıldak", "isıldak anna"), ("Bos", "zz")], 7):
            public_id = f"6f1c1f0e58d54c0b9a570d7e1f0b6c{number}0"
            write(f"{insert} ({number}, '{public_id}', 'Anna', '', '{last_name}', '{key}', true)")

        keys = []
        for change, revision in ((upgrade, "0044"), (downgrade, "0043")):
            change(MIGRATIONS, revision)
            with db.engine.connect() as connection:
                found = connection.exec_driver_sql("SELECT sort_key FROM person ORDER BY id")
                keys.append(list(found.scalars()))

        assert keys == [["isildak anna", "zz"], ["isıldak anna", "zz"]]


def test_the_feed_somebody_had_becomes_the_first_at_the_same_address(app: Flask) -> None:
    public_id = "6f1c1f0e58d54c0b9a570d7e1f0b6c11"
    with app.app_context():
        upgrade(MIGRATIONS, "0022")
        write(
            "INSERT INTO person (id, public_id, first_name, prefix, last_name, sort_key,"
            f" wants_announcements) VALUES (7, '{public_id}', 'Anna', '', 'Bos', 'bos', true)"
        )
        write(
            "INSERT INTO calendar_feed (id, public_id, person_id, generation, created_at)"
            f" VALUES (3, '{public_id}', 7, 4, {NOON})"
        )

        upgrade(MIGRATIONS)

        feed = find_feed(uuid.UUID(public_id))
        assert (feed.id, feed.person_id, feed.generation) == (3, 7, 4)
        assert (feed.name, feed.position, feed.changed_at) == ("Mijn agenda", 1, feed.created_at)
        assert (feed.per_item, feed.with_deadlines, feed.program) == (False, False, None)
        db.session.remove()


def test_why_a_plan_was_refused_stays_readable_both_ways(app: Flask) -> None:
    with app.app_context():
        upgrade(MIGRATIONS)
        clerk = staff()
        refusals = [("‘%(title)s’ is leeg.", {"title": "100%"}), ("‘50%’ is leeg.", {})]
        for refusal in refusals:
            db.session.add(a_refused_plan(clerk, *refusal))
        db.session.commit()

        downgrade(MIGRATIONS, "0038")
        upgrade(MIGRATIONS)

        plans = db.session.query(PlannedPublication).order_by(PlannedPublication.id)
        stored = [(plan.refusal, plan.refusal_values) for plan in plans]
        assert stored == [("‘100%’ is leeg.", {}), ("‘50%’ is leeg.", {})]
        db.session.remove()


def test_versions_of_before_know_who_still_speaks_in_them(app: Flask) -> None:
    with app.app_context():
        upgrade(MIGRATIONS)
    meeting, timo = a_meeting(), a_person(first_name="Timo")
    workshop = a_workshop(a_round(meeting))
    workshop.speakers = [Speaker(name="Bo"), Speaker(name="Timo", person=timo, position=1)]
    store(app, meeting, workshop)

    with app.app_context():
        downgrade(MIGRATIONS, "0041")
        upgrade(MIGRATIONS)

        (known,) = db.session.query(PublicationSpeaker)
        assert (known.item_id, known.position, known.person_id) == (workshop.id, 1, timo.id)
        db.session.remove()


def a_refused_plan(clerk: Person, refusal: str, values: dict[str, str]) -> PlannedPublication:
    return PlannedPublication(
        meeting=a_meeting(),
        planned_by=clerk,
        publish_at=START,
        planned_at=START,
        finished_at=START,
        draft_hash="",
        refusal=refusal,
        refusal_values=values,
    )
