"""Calendar programs in forks of one process that has imported them: most of a start is imports.

Reads a command per line as JSON: the program's name, what follows it, its environment and the
files for what it says. Answers with the code it ended with.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib.metadata import entry_points

# What the programs import only when they are at work.
AT_WORK = (
    "khal.controllers",
    "khal.khalendar",
    "vdirsyncer.cli.tasks",
    "vdirsyncer.storage.filesystem",
    "vdirsyncer.storage.http",
)


def main() -> None:
    scripts = entry_points(group="console_scripts")
    programs = {name: scripts[name].load() for name in ("khal", "vdirsyncer")}
    for module in AT_WORK:
        importlib.import_module(module)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(run(programs[asked["command"][0]], **asked))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def run(
    program: Callable[[], object], command: list[str], environment: dict[str, str], said: str
) -> int:
    """Be the program; what it says goes to a file, its complaints as well."""
    os.environ.update(environment)
    for number, ending in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{said}.{ending}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = command
    try:
        program()
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    main()
