"""Venues and their rooms, at the desk."""

from kwartaal.blueprints.venues.desk import bp

__all__ = ["bp"]
