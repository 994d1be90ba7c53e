"""Many HTTP requests at the same moment, over raw sockets that are all open before the first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

PATIENCE = 120  # seconds for all answers together
PROCESS = "X-Process"  # the header in which guarded_app says which process answers


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: str
    process: str  # which of the server's answered, where it says so


def burst(port: int, requests: Sequence[bytes]) -> list[Answer]:
    """Send everything at once to 127.0.0.1 and read every answer, in the order of the requests."""
    # A thread of its own: where browser tests ran before, this one has Playwright's loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _within_patience(port, requests)).result()


def form_post(path: str, cookie: str, fields: str) -> bytes:
    """A POST of a url-encoded form by a signed-in browser, as it goes over the wire."""
    head = (
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(fields)}",
        "Connection: close",
    )
    return ("\r\n".join(head) + "\r\n\r\n" + fields).encode()


async def _within_patience(port: int, requests: Sequence[bytes]) -> list[Answer]:
    return await asyncio.wait_for(_burst(port, requests), PATIENCE)


async def _burst(port: int, requests: Sequence[bytes]) -> list[Answer]:
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in requests]
    for (_, writer), request in zip(connections, requests, strict=True):
        writer.write(request)
    return await asyncio.gather(*(_answer(*connection) for connection in connections))


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
    """Hang up as soon as the answer is there: gunicorn waits for that before its next work."""
    raw = await reader.read()
    writer.close()
    return _parsed(raw)


def _parsed(raw: bytes) -> Answer:
    head, _, body = raw.decode(errors="replace").partition("\r\n\r\n")
    lines = head.split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    status = int(lines[0].split()[1])
    return Answer(status, headers.get("Location", ""), body, headers.get(PROCESS, ""))
