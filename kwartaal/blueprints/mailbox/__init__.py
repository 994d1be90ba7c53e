"""The demo's mailbox: every mail that was sent, readable on this computer."""

from kwartaal.blueprints.mailbox.routes import bp

__all__ = ["bp"]
