"""The region as visitors find it: every page opens, every account signs in."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from kwartaal.db import db
from kwartaal.demo.accounts import ACCOUNTS, PASSWORD
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness


def slugs(region: Flask, *conditions: sa.ColumnElement[bool]) -> list[str]:
    with region.app_context():
        return list(db.session.scalars(sa.select(Meeting.slug).where(*conditions)))


def test_every_public_meeting_opens(region: Flask) -> None:
    client = region.test_client()
    public = slugs(
        region, Meeting.openness == Openness.OPENBAAR, Meeting.state != MeetingState.CONCEPT
    )

    statuses = {slug: client.get(f"/bijeenkomsten/{slug}/").status_code for slug in public}

    assert statuses == dict.fromkeys(public, 200)
    assert len(public) == 5


def test_closed_meetings_and_the_concept_are_not_there_for_outsiders(region: Flask) -> None:
    client = region.test_client()
    hidden = slugs(
        region,
        sa.or_(Meeting.openness != Openness.OPENBAAR, Meeting.state == MeetingState.CONCEPT),
    )

    statuses = {slug: client.get(f"/bijeenkomsten/{slug}/").status_code for slug in hidden}

    assert statuses == dict.fromkeys(hidden, 404)


@pytest.mark.parametrize("path", ["/", "/bijeenkomsten/", "/kalender/openbaar.ics"])
def test_outsiders_read_no_closed_title(region: Flask, path: str) -> None:
    with region.app_context():
        hidden = list(
            db.session.scalars(
                sa.select(Meeting.title).where(
                    sa.or_(
                        Meeting.openness == Openness.BESLOTEN,
                        Meeting.state == MeetingState.CONCEPT,
                    )
                )
            )
        )

    page = region.test_client().get(path)

    assert page.status_code == 200
    assert [title for title in hidden if title in page.text] == []


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email)
def test_account_signs_in_and_has_its_own_page(region: Flask, account) -> None:
    client = region.test_client()
    data = {"email": account.email, "password": PASSWORD}

    signed_in = client.post("/inloggen/wachtwoord", data=data)

    assert signed_in.status_code == 303
    assert client.get("/mijn/").status_code == 200


def test_an_evening_has_a_meal_and_a_midday_a_lunch(region: Flask) -> None:
    client = region.test_client()
    [evening] = slugs(region, Meeting.title == "Kwartaalbijeenkomst: rondkomen in de Drechtsteden")

    assert "met maaltijd en borrel" in client.get(f"/bijeenkomsten/{evening}/").text
    assert "met lunch en borrel" in client.get("/").text
