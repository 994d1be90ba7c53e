"""The agenda of a meeting, as readers see it and as the desk prepares it."""

from kwartaal.blueprints.agenda import desk, speaker, transfer  # noqa: F401  (add pages to bp)
from kwartaal.blueprints.agenda.routes import bp

__all__ = ["bp"]
