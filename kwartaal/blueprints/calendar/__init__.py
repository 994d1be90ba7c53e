"""Calendars to subscribe to, and the page about them."""

from kwartaal.blueprints.calendar import files
from kwartaal.blueprints.calendar.routes import bp

__all__ = ["bp", "files"]
