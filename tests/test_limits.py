"""What is counted against guessing, for whom, and where."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from contextlib import closing

import pytest
from limits import RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests

from kwartaal import limits
from tests.factories import a_person
from tests.signing_in import PASSWORD, address_of, ask, links, password_hash


def guess(client, email, **where):
    data = {"email": email, "password": "fout"}
    return client.post("/inloggen/wachtwoord", data=data, **where)


def from_address(address):
    return {"environ_base": {"REMOTE_ADDR": address}}


pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def ten_a_minute(monkeypatch):
    """A lower limit per client, so that reaching it takes ten requests."""
    monkeypatch.setattr(limits, "PER_CLIENT", RateLimitItemPerMinute(10, namespace="client"))


def test_a_hundred_failures_in_a_minute_stop_a_client(app):
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        for n in range(100):
            limits.count_failure(f"wie{n}@voorbeeld.example")

        with pytest.raises(TooManyRequests) as refused:
            limits.refuse_guessing("nog.iemand@voorbeeld.example")

    assert 0 < refused.value.retry_after <= 60


def test_other_clients_go_on(client, ten_a_minute):
    one = [
        guess(client, f"wie{n}@voorbeeld.example", **from_address("192.0.2.1")) for n in range(11)
    ]
    other = guess(client, "wie@voorbeeld.example", **from_address("192.0.2.2"))

    assert [response.status_code for response in one] == [422] * 10 + [429]
    assert other.status_code == 422


def test_one_network_is_one_client_in_ipv6(client, ten_a_minute):
    tries = [
        guess(client, f"wie{n}@voorbeeld.example", **from_address(f"2001:db8:1:2::{n:x}"))
        for n in range(11)
    ]

    assert tries[-1].status_code == 429
    other = from_address("2001:db8:1:3::1")
    assert guess(client, "wie@voorbeeld.example", **other).status_code == 422


def test_a_claimed_address_changes_nothing_without_a_proxy(client, ten_a_minute):
    def claiming(n):
        headers = {"X-Forwarded-For": f"198.51.100.{n}"}
        return guess(client, f"wie{n}@voorbeeld.example", headers=headers).status_code

    assert [claiming(n) for n in range(11)][-1] == 429


def test_behind_a_proxy_its_word_counts_and_not_the_clients(make_app, ten_a_minute):
    client = make_app(TRUSTED_PROXIES=1, WTF_CSRF_ENABLED=False).test_client()

    def claiming(n, real):
        headers = {"X-Forwarded-For": f"10.0.0.{n}, {real}"}
        return guess(client, f"wie{n}@voorbeeld.example", headers=headers).status_code

    assert [claiming(n, "198.51.100.7") for n in range(11)][-1] == 429
    assert claiming(11, "198.51.100.8") == 422


def test_limits_survive_a_redis_that_does_not_answer(make_app):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    app = make_app(REDIS_URL=f"redis://127.0.0.1:{port}/0", WTF_CSRF_ENABLED=False)

    tries = [guess(app.test_client(), "wie@voorbeeld.example").status_code for _ in range(6)]

    assert tries == [422] * 5 + [429]


@pytest.fixture
def redis_url(tmp_path):
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is er niet: deze test is overgeslagen")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


def _wait_for(port):
    for _ in range(100):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def test_workers_count_together_in_redis(make_app, redis_url):
    workers = [make_app(REDIS_URL=redis_url, WTF_CSRF_ENABLED=False) for _ in range(2)]

    tries = [guess(workers[n % 2].test_client(), "wie@voorbeeld.example") for n in range(6)]

    assert [response.status_code for response in tries] == [422] * 5 + [429]
    assert 0 < int(tries[-1].headers["Retry-After"]) <= 60


def test_nobody_is_named_in_redis(make_app, redis_url):
    app = make_app(REDIS_URL=redis_url, WTF_CSRF_ENABLED=False)
    guess(app.test_client(), "wie@voorbeeld.example")

    keys = app.extensions["failures"].shared.storage.storage.keys("*")

    assert len(keys) == 2
    assert not any(b"voorbeeld" in key for key in keys)


def test_the_owner_is_not_locked_out_by_guesses_of_others(app, save):
    person = a_person(password_hash=password_hash())
    save(person)
    for _ in range(6):
        guess(app.test_client(), person.email)
    owner = app.test_client()
    data = {"email": person.email, "password": PASSWORD}
    assert owner.post("/inloggen/wachtwoord", data=data).status_code == 429

    ask(owner, person.email)

    assert owner.post(address_of(app, links(app)[0])).status_code == 303
