"""Mijn bijeenkomsten: what one is registered for, and one's own contact data."""

from kwartaal.blueprints.mine.routes import bp

__all__ = ["bp"]
