"""Signed-in browsers: rows that are found by the cookie's token, kept short, and ended."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from kwartaal import clock
from kwartaal.db import begin_writing, db
from kwartaal.models.account import UserSession, end_sessions
from kwartaal.models.calendar import ensure_feed
from kwartaal.models.person import Person

View = TypeVar("View", bound=Callable[..., Any])

# Decision "Sign-in": staff 30 minutes idle and 12 hours at most, participants 30 days.
STAFF_IDLE = timedelta(minutes=30)
STAFF_LONGEST = timedelta(hours=12)
PARTICIPANT_LONGEST = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=1)

# The first that fits counts: every browser also claims to be an older one.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)

__all__ = [
    "current_session",
    "device_of",
    "end_current_session",
    "end_sessions",
    "ignores_session",
    "is_alive",
    "open_sessions",
    "start_session",
]

login_manager = LoginManager()
login_manager.session_protection = None  # phones change their address between two meetings


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    app.session_interface = _SessionCookies()
    app.config["PERMANENT_SESSION_LIFETIME"] = PARTICIPANT_LONGEST
    app.before_request(_note_seen)


def ignores_session(view: View) -> View:
    """For a feed: the same for whoever asks, so it sets no cookie and caches need not look at one.

    Stands under the access decorator.
    """
    view.ignores_session = True  # type: ignore[attr-defined]
    return view


class _SessionCookies(SecureCookieSessionInterface):
    """Leaves answers alone that have nothing to do with a session."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Nothing is verified for who sends no cookie, as calendar programs do."""
        if "Cookie" not in request.headers:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if response.status_code < 400 and _is_ignored():
            return
        super().save_session(app, session, response)


def _is_ignored() -> bool:
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "ignores_session")


def start_session(person: Person, now: datetime) -> UserSession:
    """Sign this browser in: a new row and a new cookie. The caller commits.

    Whoever was signed in here before is signed out: a browser has one session. From the first time
    on there is a personal feed, so that its address can be read without a GET that makes it.
    """
    if current_user.is_authenticated:
        current_user.ended_at = now
    token = secrets.token_urlsafe(32)
    row = UserSession(
        token_hash=_hash(token),
        person=person,
        created_at=now,
        last_seen_at=now,
        device=device_of(request.user_agent.string),
    )
    row.token = token
    db.session.add(row)
    session.clear()  # nothing of before the sign-in lives on (session fixation)
    session.permanent = True
    login_user(row)
    ensure_feed(person.id, now)
    return row


def end_current_session(now: datetime) -> None:
    """Sign this browser out. The caller commits."""
    if current_user.is_authenticated:
        current_user.ended_at = now
    logout_user()
    session.clear()


def open_sessions(person: Person, now: datetime) -> list[UserSession]:
    """The browsers somebody is signed in with, last used first."""
    statement = (
        select(UserSession)
        .options(joinedload(UserSession.person))
        .where(
            UserSession.person_id == person.id,
            UserSession.ended_at.is_(None),
            UserSession.created_at > now - PARTICIPANT_LONGEST,
        )
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    )
    return [row for row in db.session.scalars(statement) if is_alive(row, now)]


def current_session() -> UserSession:
    """This browser's row; only for views that ask for a signed-in person."""
    row: UserSession = current_user._get_current_object()
    return row


def is_alive(row: UserSession, now: datetime) -> bool:
    """Whether a session may still be used; staff is whoever has a role."""
    if row.ended_at is not None:
        return False
    if not row.person.roles:
        return now < row.created_at + PARTICIPANT_LONGEST
    return now < row.created_at + STAFF_LONGEST and now < row.last_seen_at + STAFF_IDLE


@login_manager.user_loader
def _load(token: str) -> UserSession | None:
    statement = (
        select(UserSession)
        .options(joinedload(UserSession.person))
        .where(UserSession.token_hash == _hash(token))
    )
    row = db.session.scalars(statement).first()
    if row is None or not is_alive(row, clock.now()):
        return None
    row.token = token
    return row


def _note_seen() -> None:
    """Write last-seen at most once a minute, in a transaction of its own."""
    if _is_ignored() or not session.get("_user_id") or not current_user.is_authenticated:
        return
    now = clock.now()
    if now < current_user.last_seen_at + SEEN_EVERY:
        return
    row_id = current_user.id
    begin_writing()
    db.session.execute(update(UserSession).where(UserSession.id == row_id).values(last_seen_at=now))
    db.session.commit()


def device_of(user_agent: str) -> str:
    """What somebody recognises a browser by, such as "Firefox, Windows"; "" when unknown."""
    found = [
        next((name for mark, name in known if mark in user_agent), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
