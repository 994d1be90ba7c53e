"""All meetings, and one meeting with its programme."""

from kwartaal.blueprints.meetings.routes import bp

__all__ = ["bp"]
