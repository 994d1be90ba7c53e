"""Calendars to subscribe to, one's own among them, and the pages about them."""

from kwartaal.blueprints.calendar import files, own
from kwartaal.blueprints.calendar.routes import bp

__all__ = ["bp", "files", "own"]
