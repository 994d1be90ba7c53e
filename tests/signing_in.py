"""What tests read back of a sign-in, as the mail would have told it."""

from __future__ import annotations

import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from kwartaal import sign_in
from kwartaal.db import db
from kwartaal.models.account import EmailChange, SignInLink, UserSession
from kwartaal.models.audit import AuditEntry
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person

PASSWORD = "vier losse woorden hier"


def password_hash() -> str:
    """A hash of PASSWORD that takes no time to check."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def ask(client: FlaskClient, email: str, **data: str):
    return client.post("/inloggen", data={"email": email, **data})


def links(app: Flask) -> list[SignInLink]:
    """The requests so far, oldest first."""
    with app.app_context():
        return list(db.session.scalars(sa.select(SignInLink).order_by(SignInLink.id)))


def address_of(app: Flask, link: SignInLink) -> str:
    token = sign_in.link_token(link, app.config["SECRET_KEY"])
    return f"/inloggen/link/{token}/"


def code_of(app: Flask, link: SignInLink) -> str:
    return sign_in.code_for(link, app.config["SECRET_KEY"])


def another(code: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(code) + 1) % 10**6:06}"


def mails(app: Flask, kind: MailKind) -> list[OutboxMail]:
    with app.app_context():
        statement = sa.select(OutboxMail).where(OutboxMail.kind == kind).order_by(OutboxMail.id)
        return list(db.session.scalars(statement))


def log(app: Flask) -> list[tuple[str, str, dict[str, object]]]:
    """(action, subject, detail) of every line, oldest first."""
    with app.app_context():
        entries = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id))
        return [(str(e.action), e.subject, e.detail) for e in entries]


def changes(app: Flask) -> list[EmailChange]:
    with app.app_context():
        return list(db.session.scalars(sa.select(EmailChange).order_by(EmailChange.id)))


def open_sessions(app: Flask, person: Person) -> int:
    """How many sessions of somebody were not ended."""
    statement = sa.select(sa.func.count(UserSession.id)).where(
        UserSession.person_id == person.id, UserSession.ended_at.is_(None)
    )
    with app.app_context():
        return db.session.scalar(statement) or 0


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/mijn/sessies").status_code == 200


def stored(app: Flask, person: Person) -> Person:
    with app.app_context():
        return db.session.get_one(Person, person.id)
