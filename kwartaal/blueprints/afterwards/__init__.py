"""After the meeting: its report, recording and presentations, and what each council hears of it."""

from kwartaal.blueprints.afterwards import desk
from kwartaal.blueprints.afterwards.routes import bp

__all__ = ["bp", "desk"]
