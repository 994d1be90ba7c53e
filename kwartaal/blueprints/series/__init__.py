"""Series of meetings: what comes next and what was, and preparing them at the desk."""

from kwartaal.blueprints.series import desk  # noqa: F401  (adds its pages to bp)
from kwartaal.blueprints.series.routes import bp

__all__ = ["bp"]
