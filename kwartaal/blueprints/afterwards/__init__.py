"""After the meeting: recap, report, recording and presentations, and what each council hears."""

from kwartaal.blueprints.afterwards import desk, recap_desk
from kwartaal.blueprints.afterwards.routes import bp

__all__ = ["bp", "desk", "recap_desk"]
