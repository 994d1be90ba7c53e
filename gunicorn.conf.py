"""How gunicorn serves Kwartaal in production: `gunicorn wsgi:app`."""

from typing import Any

from config import Config

bind = "127.0.0.1:8000"
workers = 1
threads = 8
worker_class = "gthread"
# The database's own time-outs (30 s at most) must answer before gunicorn gives a worker up.
timeout = 60
graceful_timeout = 30


def on_starting(server: Any) -> None:
    """Several workers that each count failures for themselves would allow more of them."""
    config = Config.from_environment()
    if server.cfg.workers > 1 and not config.REDIS_URL:
        raise SystemExit(
            f"Kwartaal start niet. {server.cfg.workers} processen zonder REDIS_URL: de grenzen "
            "op mislukte pogingen gelden dan per proces. Zet REDIS_URL of gebruik één proces."
        )
