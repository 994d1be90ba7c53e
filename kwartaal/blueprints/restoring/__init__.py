"""Restoring a meeting or a workshop that was cancelled, at the desk."""

from kwartaal.blueprints.restoring.desk import bp

__all__ = ["bp"]
