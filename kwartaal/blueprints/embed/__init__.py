"""The calendar as a list or a month in pages of other sites, such as those of municipalities."""

from kwartaal.blueprints.embed import frames
from kwartaal.blueprints.embed.routes import bp

__all__ = ["bp", "frames"]
