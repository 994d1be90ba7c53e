"""A range that is no single range of bytes is ignored, for every file that is sent."""

from __future__ import annotations

import pytest

STYLE = "/static/css/kwartaal.css"
STRANGE = {
    "another unit": "items=0-1",
    "no unit": "0-1",
    "no range": "bytes=",
    "nonsense": "bytes=abc",
    "backwards": "bytes=5-2",
    "the last nothing": "bytes=-0",
    "signs": "bytes=--5",
    "not in ASCII": "bytes=\u0661-\u0662",
    "too many digits": f"bytes={'9' * 5000}-",
    "several": "bytes=0-1,3-4",
    "very many": "bytes=" + ",".join(["0-"] * 200),
    "empty": "",
}


@pytest.mark.parametrize("asked", STRANGE.values(), ids=STRANGE)
def test_a_strange_range_gives_the_whole_file(client, asked):
    answer = client.get(STYLE, headers={"Range": asked.encode().decode("latin-1")})

    assert (answer.status_code, answer.data) == (200, client.get(STYLE).data)


@pytest.mark.parametrize(("asked", "part"), [("0-4", slice(5)), ("7-", slice(7, None))])
def test_one_range_of_bytes_is_served(client, asked, part):
    whole = client.get(STYLE).data

    answer = client.get(STYLE, headers={"Range": f"bytes={asked}"})

    assert (answer.status_code, answer.data) == (206, whole[part])


def test_the_end_of_a_file_is_served(client):
    answer = client.get(STYLE, headers={"Range": "bytes=-5"})

    assert (answer.status_code, answer.data) == (206, client.get(STYLE).data[-5:])


def test_a_range_beyond_the_end_is_refused(client):
    assert client.get(STYLE, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_only_get_has_ranges(client):
    assert client.head(STYLE, headers={"Range": "bytes=0-4"}).status_code == 200
