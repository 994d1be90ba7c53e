"""The programme of a meeting at the desk: parts of the day, rounds, workshops, speakers."""

from kwartaal.blueprints.programme import more_room, speakers  # noqa: F401  (their pages)
from kwartaal.blueprints.programme.desk import bp

__all__ = ["bp"]
