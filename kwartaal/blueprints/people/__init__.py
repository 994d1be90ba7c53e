"""People at the desk: the list, their offices, import and export, the end of a council's term."""

from kwartaal.blueprints.people import council_terms, exports, imports, offices
from kwartaal.blueprints.people.desk import bp

__all__ = ["bp", "council_terms", "exports", "imports", "offices"]
