"""Organisations at the desk."""

from kwartaal.blueprints.organisations.desk import bp

__all__ = ["bp"]
