"""Preparing meetings at the desk: the list, one meeting's data, and who may register."""

from kwartaal.blueprints.preparing import new_quarter  # noqa: F401  (adds its page to bp)
from kwartaal.blueprints.preparing.desk import bp

__all__ = ["bp"]
