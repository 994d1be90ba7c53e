"""What gunicorn serves in these tests: the application as it is, at the tests' moment."""

from __future__ import annotations

import os

from flask import Flask

from kwartaal import create_app
from tests.conftest import SetClock, config_for


def make() -> Flask:
    return create_app(config_for(os.environ["RACE_DATABASE_URL"], TESTING=False), SetClock())
