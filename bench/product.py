"""The product as gunicorn loads it for a benchmark."""

import gc
import os

from bench.scenario import app_on

app = app_on(os.environ["BENCH_DATABASE"])
gc.freeze()  # as wsgi.py does
