"""Documents: read and downloaded by readers, sent in and described at the desk."""

from kwartaal.blueprints.documents import desk, upload  # noqa: F401  (add their pages to bp)
from kwartaal.blueprints.documents.routes import bp

__all__ = ["bp"]
