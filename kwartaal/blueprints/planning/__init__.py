"""Preparing meetings at the desk: the list, one meeting's data, and who may register."""

from kwartaal.blueprints.planning.desk import bp

__all__ = ["bp"]
