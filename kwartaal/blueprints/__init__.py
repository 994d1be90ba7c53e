"""The web edge: one package per noun, registered here."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

NOUNS = (
    "account",
    "accounts",
    "afterwards",
    "agenda",
    "attendance",
    "audit",
    "calendar",
    "desk",
    "documents",
    "embed",
    "health",
    "home",
    "legal",
    "mailbox",
    "meetings",
    "mine",
    "moving",
    "organisations",
    "people",
    "preparing",
    "printing",
    "programme",
    "publications",
    "registrations",
    "restoring",
    "series",
    "venues",
    "workshops",
)


def register_blueprints(app: Flask) -> None:
    """Every address of the application comes from one of these."""
    for noun in NOUNS:
        app.register_blueprint(import_module(f"{__name__}.{noun}").bp)
