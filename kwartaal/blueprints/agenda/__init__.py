"""The agenda of a meeting, as readers see it and as the desk prepares it."""

from kwartaal.blueprints.agenda import desk  # noqa: F401  (adds its pages to bp)
from kwartaal.blueprints.agenda.routes import bp

__all__ = ["bp"]
