"""The first page of the desk: what needs attention now."""

from kwartaal.blueprints.desk.desk import bp

__all__ = ["bp"]
