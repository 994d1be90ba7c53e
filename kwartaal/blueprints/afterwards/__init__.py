"""After the meeting: what each council hears of it."""

from kwartaal.blueprints.afterwards.routes import bp

__all__ = ["bp"]
