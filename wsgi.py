"""What a WSGI server and the flask command load."""

import gc

from config import Config, UnsafeSettings
from kwartaal import create_app
from kwartaal.clock import system_clock
from kwartaal.serving import refuse_demo_data

try:
    app = create_app(Config.from_environment(), system_clock)
    refuse_demo_data(app)
except UnsafeSettings as reason:
    raise SystemExit(f"Kwartaal start niet. {reason}") from None

# What was made so far lives as long as the process: the collector need not walk it each time.
gc.freeze()
