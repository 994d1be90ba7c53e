"""A published meeting with two rounds and a lunch, and what a browser does on its form."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kwartaal.db import db
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.registration import Registration
from tests.factories import a_meeting, a_round, a_workshop, an_item
from tests.html_tree import Node, find
from tests.publishing import store


class Day:
    """The meeting as tests name it: warmth (1 place) or water in the morning, youth after it."""

    def __init__(self, app: Flask, **columns: Any) -> None:
        self.app = app
        self.meeting = a_meeting(title="Wonen en energie", **columns)
        morning = a_round(self.meeting, 1, title="Ronde 1")
        afternoon = a_round(self.meeting, 3, title="Ronde 2")
        self.warmth = a_workshop(morning, 1, title="Warmte", position=1)
        self.water = a_workshop(morning, 5, title="Waterbus", position=2)
        self.youth = a_workshop(afternoon, 1, title="Jeugdhulp")
        self.lunch = an_item(self.meeting, ItemKind.LUNCH, title="Lunch", sign_up=SignUp.OPEN)
        self.drinks = an_item(
            self.meeting, ItemKind.DRINKS, title="Borrel", sign_up=SignUp.LIMITED, maximum=1
        )
        self.morning, self.afternoon = morning, afternoon
        parts = (self.warmth, self.water, self.youth, self.lunch, self.drinks)
        store(app, self.meeting, morning, afternoon, *parts)

    @property
    def address(self) -> str:
        return f"/bijeenkomsten/{self.meeting.slug}/aanmelden"

    @property
    def own_address(self) -> str:
        return f"/bijeenkomsten/{self.meeting.slug}/aanmelding"

    @property
    def withdraw_address(self) -> str:
        return f"/bijeenkomsten/{self.meeting.slug}/afmelden"

    def fields(self, *items: ProgrammeItem, **extra: str) -> dict[str, Any]:
        """What the browser sends for these choices; a round without one says "no workshop"."""
        sent: dict[str, Any] = {
            "asked": [str(self.morning.public_id), str(self.afternoon.public_id)],
            name_of(self.morning): "",
            name_of(self.afternoon): "",
        }
        for item in items:
            if item.round_id is None:
                sent[f"item-{item.public_id}"] = "y"
            else:
                round_ = self.morning if item.round_id == self.morning.id else self.afternoon
                sent[name_of(round_)] = str(item.public_id)
        return sent | extra

    def standing_of(self, person: Person) -> dict[str, str]:
        """State of the meeting under "" and of each live choice under its title."""
        with self.app.app_context():
            row = db.session.scalars(select(Registration).filter_by(person_id=person.id)).first()
            if row is None:
                return {}
            live = {choice.item.title: choice.state.value for choice in row.live_choices}
            return {"": row.state.value} | live

    def mails_to(self, person: Person) -> list[MailKind]:
        with self.app.app_context():
            rows = select(OutboxMail.kind).filter_by(person_id=person.id).order_by(OutboxMail.id)
            return list(db.session.scalars(rows))


def name_of(round_: ProgrammeItem) -> str:
    return f"round-{round_.public_id}"


def register(browser: FlaskClient, day: Day, *items: ProgrammeItem, **extra: str) -> Any:
    return browser.post(day.address, data=day.fields(*items, **extra))


def checked(html: str) -> set[str]:
    """The values of radios and the names of boxes that are on."""
    inputs = [node[1] for node in find(html, "input") if "checked" in node[1]]
    return {node["name"] if node["type"] == "checkbox" else node["value"] or "-" for node in inputs}


def values_of(html: str, name: str) -> list[str]:
    """The values of the inputs with a name, on or off."""
    return [node[1]["value"] for node in find(html, "input") if node[1].get("name") == name]


def problems(html: str) -> list[str]:
    """The sentences of the summary above the form."""
    box = [node for node in find(html, "div") if "data-error-summary" in node[1]]
    return [_words(item) for node in box for item in _inside(node, "li")]


def _inside(node: Node, tag: str) -> list[Node]:
    found = []
    for child in node[2]:
        if not isinstance(child, str):
            found += [child] if child[0] == tag else _inside(child, tag)
    return found


def _words(node: Node) -> str:
    parts = [child if isinstance(child, str) else _words(child) for child in node[2]]
    return " ".join(parts).strip()
