"""The health address: 200 while the database answers, 503 when it does not."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kwartaal import clock
from kwartaal.db import db
from kwartaal.dutch import in_dutch
from kwartaal.permissions import public

bp = Blueprint("health", __name__)

# Long enough for a clerk to ask the provider for a new date before the file is void.
WARNS_BEFORE = timedelta(days=30)


@bp.get("/gezond")
@public
def show() -> Response:
    answers = _database_answers()
    report = {
        "database": "ok" if answers else in_dutch("geen antwoord"),
        "waarschuwingen": _warnings(),
    }
    response = jsonify(report)
    response.status_code = 200 if answers else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def _database_answers() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        # The reason may name hosts and accounts: it is for the log, not for who asks.
        current_app.logger.exception("the database does not answer")
        db.session.rollback()
        return False
    return True


def _warnings() -> list[str]:
    """What is well today but will not stay so: security.txt must never be past its date."""
    expires = datetime.fromisoformat(current_app.config["SECURITY_EXPIRES"])
    if expires - clock.now() > WARNS_BEFORE:
        return []
    day = f"{expires:%Y-%m-%d}"
    return [in_dutch("security.txt verloopt op %(day)s: zet SECURITY_EXPIRES verder.", day=day)]
