"""What a feed answers to GET and HEAD, with every form of the conditional headers."""

import gzip
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import http_date
from werkzeug.test import TestResponse

from kwartaal.conditional import KEPT, feed_response, kept
from kwartaal.feeds.fingerprint import FINGERPRINT, fingerprint

MODIFIED = datetime(2027, 1, 15, 9, 12, 33, 987654, tzinfo=UTC)
NOW = MODIFIED + timedelta(days=1)
CONTENT = b"BEGIN:VCALENDAR\r\n" + b"X" * 2000 + b"\r\nEND:VCALENDAR\r\n"
GZIP = {"Accept_Encoding": "gzip, deflate, br"}
both_verbs = pytest.mark.parametrize("verb", ["GET", "HEAD"])


@dataclass
class Feed:
    """A feed in an application of its own, that counts how often it was rendered."""

    key: str = "public 12"
    private: bool = False
    rendered: int = 0
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        app = Flask(__name__)
        app.extensions["clock"] = lambda: NOW
        app.add_url_rule("/feed.ics", view_func=self.show)
        self.client = app.test_client()

    def show(self) -> Any:
        return feed_response(self.key, MODIFIED, self.render, self.private)

    def render(self) -> bytes:
        self.rendered += 1
        return CONTENT

    def open(self, verb: str = "GET", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open("/feed.ics", method=verb, headers=named)

    def etag(self, **headers: str) -> str:
        etag = self.open("HEAD", **headers).headers["ETag"]
        self.rendered = 0
        return etag


@pytest.fixture
def feed() -> Iterator[Feed]:
    yield Feed()


def since(moment: datetime) -> dict[str, str]:
    return {"If_Modified_Since": http_date(moment)}


# Full answers


def test_get_answers_the_bytes_with_all_headers(feed):
    answer = feed.open()

    assert answer.status_code == 200
    assert answer.data == CONTENT
    assert dict(answer.headers) == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Length": "2034",
        "Last-Modified": "Fri, 15 Jan 2027 09:12:33 GMT",
        "ETag": answer.headers["ETag"],
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=300",
    }


def test_etag_is_strong_and_does_not_show_its_key(feed):
    etag = feed.open().headers["ETag"]

    assert etag[0] == etag[-1] == '"'
    assert len(etag) == 34
    assert "public" not in etag


def test_private_feed_is_kept_by_nobody_else():
    headers = Feed(private=True).open().headers

    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_has_the_headers_of_get_and_no_body(encoding, private):
    feed = Feed(private=private)
    get = feed.open("GET", Accept_Encoding=encoding)
    head = feed.open("HEAD", Accept_Encoding=encoding)

    assert head.status_code == 200
    assert head.headers == get.headers
    assert head.data == b""


def test_two_gets_give_the_same_answer(feed):
    assert feed.open(**GZIP).data == feed.open(**GZIP).data
    assert feed.open().headers == feed.open().headers


def test_another_key_has_another_etag():
    assert Feed(key="public 13").etag() != Feed(key="public 12").etag()


def test_another_format_of_the_writer_has_another_etag(feed, monkeypatch):
    before = feed.etag()
    monkeypatch.setattr("kwartaal.conditional.FORMAT", 1_000)

    assert feed.etag() != before


def test_other_code_has_another_etag(feed, monkeypatch):
    before = feed.etag()
    monkeypatch.setattr("kwartaal.conditional.FINGERPRINT", "another release")

    assert feed.etag() != before


def test_fingerprint_is_of_the_code_that_writes_feeds(tmp_path, monkeypatch):
    before = fingerprint()
    (tmp_path / "ical.py").write_text("FORMAT = 1")
    monkeypatch.setattr("kwartaal.feeds.fingerprint.PACKAGE", tmp_path)

    assert before == FINGERPRINT
    assert fingerprint() != FINGERPRINT


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "PROPFIND", "PATCH"])
def test_other_verbs_are_refused(feed, verb):
    assert feed.open(verb).status_code == 405


# Compression


@pytest.mark.parametrize(
    "accepted", ["gzip", "gzip, deflate, br", "GZIP", "*", "br;q=1, gzip;q=0.5", "gzip;q=0.1"]
)
def test_gzip_when_it_is_accepted(feed, accepted):
    answer = feed.open(Accept_Encoding=accepted)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == CONTENT
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "accepted", ["", "identity", "br", "gzip;q=0", "*;q=0", "identity, gzip;q=0.5", "gzip;q=x"]
)
def test_no_gzip_when_it_is_not(feed, accepted):
    answer = feed.open(Accept_Encoding=accepted)

    assert "Content-Encoding" not in answer.headers
    assert answer.data == CONTENT
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_gzip_has_an_etag_of_its_own(feed):
    assert feed.etag(**GZIP) == feed.etag().removesuffix('"') + '-gzip"'


def test_etag_of_one_encoding_does_not_stand_for_the_other(feed):
    plain, compressed = feed.etag(), feed.etag(**GZIP)

    assert feed.open(If_None_Match=compressed).status_code == 200
    assert feed.open(If_None_Match=plain, **GZIP).status_code == 200
    assert feed.open(If_None_Match=compressed, **GZIP).status_code == 304


# If-None-Match


@both_verbs
@pytest.mark.parametrize(
    "form",
    [
        "{etag}",
        "W/{etag}",
        '"a", {etag}',
        '{etag} , "b"',
        '"a,b",W/"c",W/{etag}',
        "*",
    ],
)
def test_current_tag_is_answered_304_without_rendering(feed, verb, form):
    etag = feed.etag()

    answer = feed.open(verb, If_None_Match=form.format(etag=etag))

    assert answer.status_code == 304
    assert answer.data == b""
    assert feed.rendered == 0
    assert dict(answer.headers) == {
        "ETag": etag,
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=300",
    }


@both_verbs
@pytest.mark.parametrize(
    "value", ['"other"', 'W/"other"', '"a", "b"', '"*"', "", '"unended', ",,", "W/", "é"]
)
def test_any_other_tag_is_answered_in_full_whatever_the_date(feed, verb, value):
    answer = feed.open(verb, If_None_Match=value, **since(MODIFIED))

    assert answer.status_code == 200
    assert feed.rendered == 1


def test_matching_tag_goes_before_an_older_date(feed):
    etag = feed.etag()

    assert feed.open(If_None_Match=etag, **since(datetime(2020, 1, 1))).status_code == 304


def test_private_feed_answers_304_without_rendering():
    feed = Feed(private=True)
    etag = feed.etag()

    answer = feed.open(If_None_Match=etag)

    assert answer.status_code == 304
    assert feed.rendered == 0
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"


# If-Modified-Since


@both_verbs
@pytest.mark.parametrize("seconds", [0, 1, 86_400])
def test_date_not_before_the_change_is_answered_304_without_rendering(feed, verb, seconds):
    answer = feed.open(verb, **since(MODIFIED + timedelta(seconds=seconds)))

    assert answer.status_code == 304
    assert answer.data == b""
    assert feed.rendered == 0


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 15 Jan 2027 09:12:33 GMT",
        "Friday, 15-Jan-27 09:12:33 GMT",
        "Fri Jan 15 09:12:33 2027",
        "Fri, 15 Jan 2027 10:12:33 +0100",
    ],
)
def test_every_form_of_the_date_is_read(feed, date):
    assert feed.open(If_Modified_Since=date).status_code == 304


@both_verbs
@pytest.mark.parametrize(
    "date",
    [
        "Fri, 15 Jan 2027 09:12:32 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "gisteren",
        "",
        "0",
        "Fri, 99 Jan 2027 09:12:33 GMT",
        "Fri, 15 Jan 99999 09:12:33 GMT",
        "Sat, 16 Jan 2027 09:12:34 GMT",
    ],
)
def test_older_future_or_unreadable_date_is_answered_in_full(feed, verb, date):
    answer = feed.open(verb, If_Modified_Since=date)

    assert answer.status_code == 200
    assert feed.rendered == 1


@pytest.mark.parametrize("value", ["*", '"other"'])
def test_if_match_is_no_reason_to_refuse_a_feed(feed, value):
    assert feed.open(If_Match=value).status_code == 200


def test_range_is_ignored(feed):
    answer = feed.open(Range="bytes=0-9")

    assert answer.status_code == 200
    assert answer.data == CONTENT


# Keeping what was rendered


def kept_in(app: Flask, *keys: str) -> list[bytes]:
    """What is answered for these keys, one after the other, each render giving other bytes."""
    renders = itertools.count()
    with app.app_context():
        return [kept(key, lambda: b"%d" % next(renders)).plain for key in keys]


def test_kept_feed_is_rendered_once_for_each_key():
    assert kept_in(Flask(__name__), "a", "b", "a", "a", "b") == [b"0", b"1", b"0", b"0", b"1"]


def test_feeds_that_were_not_asked_for_lately_are_dropped():
    others = [str(number) for number in range(KEPT)]

    assert kept_in(Flask(__name__), "a", *others, "a")[-1] == b"%d" % (KEPT + 1)


def test_kept_feed_is_compressed_once_and_private_ones_are_not_kept(feed):
    feed.open(**GZIP)
    feed.open()
    public = feed.rendered
    private = Feed(private=True)
    private.open()
    private.open()

    assert (public, private.rendered) == (1, 2)
    with Flask(__name__).app_context():
        content = kept("a", lambda: CONTENT)
        assert content.compressed is kept("a", lambda: CONTENT).compressed


def test_applications_keep_their_own_feeds():
    one, other = Flask(__name__), Flask(__name__)

    kept_in(one, "a", "b")

    assert kept_in(other, "b") == [b"0"]
