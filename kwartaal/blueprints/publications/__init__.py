"""Making a meeting public at the desk: announce, publish, cancel, tell that one can register."""

from kwartaal.blueprints.publications import (
    cancelling,
    letters,
    planning,
    previews,
    retracting,
    versions,
)
from kwartaal.blueprints.publications.desk import bp

__all__ = ["bp", "cancelling", "letters", "planning", "previews", "retracting", "versions"]
