"""Cancelling a workshop, a meal or drinks of a published meeting at the desk."""

from kwartaal.blueprints.workshops.desk import bp

__all__ = ["bp"]
