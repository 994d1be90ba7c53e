"""A date that no date is, in every header that holds one, for every way an answer is sent."""

from __future__ import annotations

import pytest

OVERFLOWING = {
    "year": "Thu, 01 Jan 99999999999 00:00:00 GMT",
    "day": "Thu, 99999999999 Jan 2027 00:00:00 GMT",
    "zone": "Thu, 01 Jan 2027 00:00:00 +99999999999999",
}
CONDITIONS = ["If-Modified-Since", "If-Unmodified-Since", "If-Range", "Date"]
PATHS = ["/kalender/openbaar.ics", "/static/css/kwartaal.css"]  # our own answer, and Werkzeug's


@pytest.mark.parametrize("sent", OVERFLOWING.values(), ids=OVERFLOWING)
@pytest.mark.parametrize("path", PATHS)
def test_date_that_is_too_large_is_as_one_that_was_not_sent(client, path, sent):
    headers = {"Range": "bytes=0-1", **dict.fromkeys(CONDITIONS, sent)}

    answers = [client.get(path, headers={"If-Modified-Since": sent}), client.get(path)]
    part = client.get(path, headers=headers)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].data == answers[1].data
    assert part.status_code == client.get(path, headers={"Range": "bytes=0-1"}).status_code


@pytest.mark.parametrize("path", PATHS)
def test_readable_date_still_counts(client, path):
    modified = client.get(path).headers["Last-Modified"]

    assert client.get(path, headers={"If-Modified-Since": modified}).status_code == 304
