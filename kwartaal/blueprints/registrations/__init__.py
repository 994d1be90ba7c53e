"""Registering for a meeting, changing that, and withdrawing."""

from kwartaal.blueprints.registrations.routes import bp

__all__ = ["bp"]
