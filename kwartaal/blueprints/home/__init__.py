"""The first page: the next meeting of the region and what is coming."""

from kwartaal.blueprints.home.routes import bp

__all__ = ["bp"]
