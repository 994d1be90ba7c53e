"""The pages every government site owes its visitors: privacy, accessibility, security.txt."""

from kwartaal.blueprints.legal.routes import bp

__all__ = ["bp"]
