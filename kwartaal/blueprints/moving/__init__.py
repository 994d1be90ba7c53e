"""Moving a meeting at the desk: asked, looked at beforehand, done, and what to do afterwards."""

from kwartaal.blueprints.moving.desk import bp

__all__ = ["bp"]
