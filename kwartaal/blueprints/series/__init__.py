"""Series of meetings: what comes next and what was, and preparing them at the desk."""

from kwartaal.blueprints.series import desk, year_list, year_plan  # noqa: F401  (their pages)
from kwartaal.blueprints.series.routes import bp

__all__ = ["bp"]
