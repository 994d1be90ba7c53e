"""Calendars to subscribe to, and the page about them."""

from kwartaal.blueprints.calendar import compose, files, public_files
from kwartaal.blueprints.calendar.routes import bp

__all__ = ["bp", "compose", "files", "public_files"]
