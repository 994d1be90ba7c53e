"""The log as the beheerder and the griffie read it."""

from kwartaal.blueprints.audit.desk import bp

__all__ = ["bp"]
