"""Servers and load: gunicorn with two sync workers, wrk with eight connections."""

from __future__ import annotations

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from config import ROOT

ROUNDS = 3
SECONDS = 2
WORKERS = 2
CONNECTIONS = 8


@dataclass(frozen=True)
class Server:
    """A running gunicorn."""

    port: int
    pid: int

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@dataclass(frozen=True)
class Target:
    """An address with the headers that are sent along."""

    url: str
    headers: Mapping[str, str]

    def requests_per_second(self) -> float:
        # Patient: a page of a thousand items may take longer than wrk waits by itself.
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "60s"]
        for name, value in self.headers.items():
            command += ["-H", f"{name}: {value}"]
        printed = subprocess.run([*command, self.url], capture_output=True, text=True, check=True)
        if "Socket errors" in printed.stdout:
            raise RuntimeError(printed.stdout)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", printed.stdout)[1])


@contextmanager
def gunicorn(application: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """Serve `application` on a free port until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "/dev/null", "-w", str(WORKERS)]
    command += ["-b", f"127.0.0.1:{port}", "--log-level", "error", application]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ})
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def interleaved(product: Target, reference: Target) -> tuple[float, float]:
    """Median requests per second of both, measured in turn so that noise hits both."""
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        rates[0].append(product.requests_per_second())
        rates[1].append(reference.requests_per_second())
    return statistics.median(rates[0]), statistics.median(rates[1])


def fetch(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], int]:
    """(status, headers, bytes) of one request; 304 is an answer, not an error."""
    request = urllib.request.Request(url, headers=dict(headers or {}))
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, len(answer.read())
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, 0


def memory_per_worker(server: Server) -> float:
    """Mean proportional set size of the workers in MiB."""
    children = subprocess.run(
        ["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=True
    )
    sizes = [_pss(int(pid)) for pid in children.stdout.split()]
    return statistics.mean(sizes)


def _pss(pid: int) -> float:
    with open(f"/proc/{pid}/smaps_rollup") as report:
        kib = next(int(line.split()[1]) for line in report if line.startswith("Pss:"))
    return kib / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"no server on port {port}")
