"""Is the site well? For the machine that watches it."""

from kwartaal.blueprints.health.routes import bp

__all__ = ["bp"]
