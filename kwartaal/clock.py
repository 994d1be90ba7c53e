"""The only place that reads the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import current_app

from kwartaal.amsterdam import amsterdam_date

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The moment it is, aware and in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The moment it is for this application: the clock it was made with, in UTC."""
    moment: datetime = current_app.extensions["clock"]()
    return moment


def today() -> date:
    """The day it is in Amsterdam."""
    return amsterdam_date(now())
