"""The demo region answers this computer only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import pytest
import waitress
from flask import Flask
from waitress.server import BaseWSGIServer

from kwartaal import serving
from kwartaal.demo_guard import FORWARDING_HEADERS

OWN = {"Host": "127.0.0.1:5000"}
REFUSED = [
    {"Host": "kwartaal.voorbeeld.example"},
    {"Host": "127.0.0.1.evil.example"},
    OWN | {"X-Forwarded-For": "203.0.113.9"},
    OWN | {"X-Forwarded-Host": "127.0.0.1"},
    OWN | {"Forwarded": "for=203.0.113.9"},
    OWN | {"Via": "1.1 proxy"},
    OWN | {"X-Real-IP": "127.0.0.1"},
]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:5000", "localhost:8080", "[::1]:5000"])
def test_own_computer_is_answered(make_app: Callable[..., Flask], host: str) -> None:
    client = make_app(DEMO=True).test_client()

    assert client.get("/gezond", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("headers", REFUSED, ids=str)
def test_other_hosts_and_proxies_find_nothing(
    make_app: Callable[..., Flask], headers: dict[str, str]
) -> None:
    client = make_app(DEMO=True).test_client()

    assert client.get("/gezond", headers=headers).status_code == 404


def test_without_the_demo_every_host_is_answered(make_app: Callable[..., Flask]) -> None:
    client = make_app().test_client()

    assert client.get("/gezond", headers={"Host": "kwartaal.voorbeeld.example"}).status_code == 200


@pytest.fixture
def demo_server(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> Iterator[BaseWSGIServer]:
    """The demo as `make run` serves it, on a free port."""
    given: dict[str, Any] = {}
    monkeypatch.setattr("waitress.serve", lambda _app, **settings: given.update(settings))
    app = make_app(DEMO=True)
    serving.serve(app, beside=nullcontext)
    server = waitress.create_server(app, **given | {"port": 0})
    thread = Thread(target=server.run)
    thread.start()
    yield server
    server.trigger.pull_trigger(server.close)  # in its own thread: that is waiting for sockets
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()


def test_server_passes_on_what_a_proxy_adds(demo_server: BaseWSGIServer) -> None:
    """waitress takes most of these headers away unless it is told not to."""
    assert answer_of(demo_server, {}) == 200
    answers = {name: answer_of(demo_server, {name: "x"}) for name in FORWARDING_HEADERS}
    assert answers == dict.fromkeys(FORWARDING_HEADERS, 404)


def answer_of(server: BaseWSGIServer, headers: dict[str, str]) -> int:
    with closing(HTTPConnection("127.0.0.1", server.effective_port, timeout=10)) as connection:
        connection.request("GET", "/robots.txt", headers=headers)
        return connection.getresponse().status
