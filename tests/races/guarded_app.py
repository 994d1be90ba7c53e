"""What gunicorn serves in these tests: the application as it is, at the tests' moment.

Each answer says which process gave it.
"""

from __future__ import annotations

import os

from flask import Flask, Response

from kwartaal import create_app
from tests.conftest import SetClock, config_for
from tests.races.burst import PROCESS


def make() -> Flask:
    app = create_app(config_for(os.environ["RACE_DATABASE_URL"], TESTING=False), SetClock())
    app.after_request(_say_which_process)
    return app


def _say_which_process(response: Response) -> Response:
    response.headers[PROCESS] = str(os.getpid())
    return response
