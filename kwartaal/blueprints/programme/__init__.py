"""The programme of a meeting at the desk: parts of the day, rounds, workshops, speakers."""

from kwartaal.blueprints.programme import speakers  # noqa: F401  (adds its pages to bp)
from kwartaal.blueprints.programme.desk import bp

__all__ = ["bp"]
