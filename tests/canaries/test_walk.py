"""Every field holds a word of its own; each viewer finds the words that are for them, no other.

One region, walked over the whole URL map: pages, files unpacked, feeds, headers, error pages,
mails and the log. The same on the other database is in test_walk_on_postgresql.py.
"""

from __future__ import annotations

import logging

import pytest

from tests.canaries.conftest import ON_SQLITE
from tests.canaries.everywhere import leaks, missed, walk_everywhere
from tests.canaries.region import Region
from tests.canaries.walk import Walk


@ON_SQLITE
def test_each_viewer_finds_the_words_for_them_and_no_other(
    region: Region, walks: dict[str, Walk], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="kwartaal")

    strange_mails = walk_everywhere(region, walks)

    assert leaks(region, walks) == {}
    assert missed(region, walks) == {}
    assert strange_mails == []
    assert region.words.found_in(caplog.text) == set()
