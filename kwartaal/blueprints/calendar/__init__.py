"""Calendars to subscribe to, one's own among them, and the pages about them."""

from kwartaal.blueprints.calendar import compose, files, own, public_files
from kwartaal.blueprints.calendar.routes import bp

__all__ = ["bp", "compose", "files", "own", "public_files"]
