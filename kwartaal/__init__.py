"""Kwartaal: the quarterly meetings of a region, from programme to attendance list."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Config
from kwartaal import (
    cli,
    demo_guard,
    errors,
    filters,
    headers,
    limits,
    models,
    navigation,
    permissions,
    sessions,
    translations,
)
from kwartaal.asked_dates import ReadableDates
from kwartaal.asked_ranges import ServableRanges
from kwartaal.blueprints import register_blueprints
from kwartaal.clock import Clock
from kwartaal.db import db
from kwartaal.forgery import ForgeryCheck

__all__ = ["create_app", "models"]


def create_app(config: Config, clock: Clock) -> Flask:
    """The application: its settings, its clock, and everything it is made of, in order."""
    app = Flask(__name__)
    app.config.from_object(config)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = dict(config.SQLALCHEMY_ENGINE_OPTIONS or {})
    app.extensions["clock"] = clock
    app.wsgi_app = ServableRanges(ReadableDates(app.wsgi_app))  # type: ignore[method-assign]
    if config.TRUSTED_PROXIES:
        hops = config.TRUSTED_PROXIES
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops)  # type: ignore[method-assign]

    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    ForgeryCheck(app)
    translations.init_app(app)
    filters.init_app(app)
    demo_guard.init_app(app)
    limits.init_app(app)
    sessions.init_app(app)
    permissions.init_app(app)
    navigation.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    register_blueprints(app)
    cli.init_app(app)
    return app
