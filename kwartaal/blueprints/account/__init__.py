"""Signing in and out, and what somebody sets about the own account under /mijn/."""

from kwartaal.blueprints.account import email, password, sessions
from kwartaal.blueprints.account.routes import bp

__all__ = ["bp", "email", "password", "sessions"]
