"""All settings, read here and nowhere else from the environment (the contract's table)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
MINIMAL_SECRET_LENGTH = 32


class UnsafeSettings(Exception):
    """The settings must not serve anyone; the sentence says why and what to do."""


@dataclass(frozen=True)
class Config:
    """What the application runs with; Flask reads the upper-case names.

    Durations are timedeltas, sizes are bytes, addresses carry no slash at their end.
    """

    SECRET_KEY: str
    SQLALCHEMY_DATABASE_URI: str
    BASE_URL: str
    KWARTAAL_ENV: str = "development"
    MAIL_URL: str = "file:"
    MAIL_FROM: str = "Kwartaal <griffie@kwartaal.example>"
    MAIL_DIR: Path = ROOT / "instance" / "mail"
    FILES_DIR: Path = ROOT / "instance" / "files"
    REDIS_URL: str = ""
    PORT: int = 5000
    DEMO: bool = False
    TRUSTED_PROXIES: int = 0
    MAX_CONTENT_LENGTH: int = 25 * 1024 * 1024  # of a request; where files come in, of each file
    # A text that is far too long gets its sentence at the field, and is not lost.
    MAX_FORM_MEMORY_SIZE: int = 2 * 1024 * 1024
    CLAMD_URL: str = ""
    DIGEST_HOUR: int = 17  # in Amsterdam: when the daily mails about changes go
    CONTACT_EMAIL: str = "griffie@kwartaal.example"
    CONTACT_PHONE: str = "+31787701234"
    SECURITY_CONTACT: str = "mailto:griffie@kwartaal.example"
    SECURITY_EXPIRES: str = "2027-10-31T23:00:00Z"
    ACCESSIBILITY_REGISTER_URL: str = ""
    SOURCE_URL: str = ""
    BABEL_DEFAULT_LOCALE: str = "nl"
    BABEL_DEFAULT_TIMEZONE: str = "Europe/Amsterdam"
    SESSION_COOKIE_HTTPONLY: bool = True
    SESSION_COOKIE_SAMESITE: str = "Lax"
    SESSION_COOKIE_SECURE: bool = False
    SESSION_COOKIE_NAME: str = "kwartaal"
    WTF_CSRF_ENABLED: bool = True  # tests of other things turn it off
    WTF_CSRF_TIME_LIMIT: int | None = None
    SEND_FILE_MAX_AGE_DEFAULT: timedelta = timedelta(days=365)
    SQLALCHEMY_ENGINE_OPTIONS: Mapping[str, object] | None = None
    TESTING: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Config:
        """Read the contract's variables; raise UnsafeSettings when they must not serve."""
        port = int(environ.get("PORT", "5000"))
        base_url = environ.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
        https = base_url.startswith("https://")
        config = cls(
            SECRET_KEY=environ.get("SECRET_KEY") or _secret_for(environ),
            SQLALCHEMY_DATABASE_URI=environ.get("DATABASE_URL") or _default_database(),
            SQLALCHEMY_ENGINE_OPTIONS=engine_options(environ.get("DATABASE_URL", "")),
            BASE_URL=base_url,
            KWARTAAL_ENV=environ.get("KWARTAAL_ENV", "development"),
            PORT=port,
            DEMO=environ.get("DEMO", "") == "1",
            TRUSTED_PROXIES=int(environ.get("TRUSTED_PROXIES", "0")),
            DIGEST_HOUR=int(environ.get("DIGEST_HOUR", "17")),
            MAX_CONTENT_LENGTH=int(environ.get("UPLOAD_MAX_MB", "25")) * 1024 * 1024,
            SESSION_COOKIE_SECURE=https,
            # The prefix binds the cookie to this host, but browsers accept it over https only.
            SESSION_COOKIE_NAME="__Host-kwartaal" if https else "kwartaal",
            **_given(environ),
        )
        config.refuse_unsafe()
        return config

    def refuse_unsafe(self) -> None:
        """Raise UnsafeSettings with the reason; decision "The demo region" lists them."""
        for reason in (*self._unreadable(), *self._unsafe_demo(), *self._unsafe_production()):
            raise UnsafeSettings(reason)

    def _unreadable(self) -> list[str]:
        reasons = []
        try:
            aware = datetime.fromisoformat(self.SECURITY_EXPIRES).tzinfo is not None
        except ValueError:
            aware = False
        if not aware:
            reasons.append("SECURITY_EXPIRES moet een moment zijn, zoals 2027-10-31T23:00:00Z.")
        if self.CLAMD_URL and not self.CLAMD_URL.startswith(("tcp://", "unix:///")):
            reasons.append("CLAMD_URL moet zijn als tcp://127.0.0.1:3310 of unix:///pad.")
        if self.DIGEST_HOUR not in range(24):
            reasons.append("DIGEST_HOUR moet een heel uur zijn, van 0 tot en met 23.")
        return reasons

    def _unsafe_demo(self) -> list[str]:
        if not self.DEMO:
            return []
        reasons = []
        if urlsplit(self.BASE_URL).hostname not in LOOPBACK_HOSTS:
            reasons.append("DEMO=1 mag alleen als BASE_URL naar deze computer zelf wijst.")
        if self.TRUSTED_PROXIES:
            reasons.append("DEMO=1 mag alleen als TRUSTED_PROXIES 0 is.")
        return reasons

    def _unsafe_production(self) -> list[str]:
        if self.KWARTAAL_ENV != "production":
            return []
        reasons = []
        if self.DEMO:
            reasons.append("KWARTAAL_ENV=production en DEMO=1 gaan niet samen.")
        if len(self.SECRET_KEY) < MINIMAL_SECRET_LENGTH:
            reasons.append(
                "SECRET_KEY ontbreekt of is korter dan "
                f"{MINIMAL_SECRET_LENGTH} tekens. Zet een lange, willekeurige waarde."
            )
        if self.MAIL_URL.startswith("file:"):
            reasons.append("MAIL_URL=file: verstuurt niets. Zet smtp:// of smtps://.")
        return reasons


def engine_options(url: str) -> dict[str, object]:
    """Time-outs for PostgreSQL: a stuck lock becomes a clear answer, not a hanging page."""
    if not url.startswith("postgresql"):
        return {}
    options = "-c lock_timeout=10s -c statement_timeout=30s -c timezone=UTC"
    return {"connect_args": {"options": options}, "pool_pre_ping": True}


def _given(environ: Mapping[str, str]) -> dict[str, Any]:
    """The plain text settings that are set; the others keep their default."""
    plain = {"MAIL_URL", "MAIL_FROM", "REDIS_URL", "CONTACT_EMAIL", "CONTACT_PHONE"}
    plain |= {"SECURITY_CONTACT", "SECURITY_EXPIRES", "ACCESSIBILITY_REGISTER_URL", "SOURCE_URL"}
    plain |= {"CLAMD_URL"}
    given: dict[str, Any] = {name: environ[name] for name in plain if environ.get(name)}
    mail_url = environ.get("MAIL_URL", "")
    if mail_url.startswith("file:/"):
        given["MAIL_DIR"] = Path(urlsplit(mail_url).path)
    if environ.get("FILES_DIR"):
        given["FILES_DIR"] = Path(environ["FILES_DIR"])
    known = {field.name for field in fields(Config)}
    return {name: value for name, value in given.items() if name in known}


def _default_database() -> str:
    (ROOT / "instance").mkdir(exist_ok=True)
    return f"sqlite:///{ROOT / 'instance' / 'kwartaal.sqlite'}"


def _secret_for(environ: Mapping[str, str]) -> str:
    """A secret kept beside the database; production must bring its own."""
    if environ.get("KWARTAAL_ENV") == "production":
        return ""
    path = ROOT / "instance" / "secret_key"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
