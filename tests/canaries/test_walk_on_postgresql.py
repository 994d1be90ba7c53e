"""The walk of test_walk.py on the other database: a file apart, since another process takes it."""

from __future__ import annotations

import pytest

from tests.canaries.conftest import ON_POSTGRESQL
from tests.canaries.everywhere import leaks, missed, walk_everywhere
from tests.canaries.region import Region
from tests.canaries.walk import Walk


@ON_POSTGRESQL
@pytest.mark.postgres
def test_each_viewer_finds_the_same_words_on_postgresql(
    region: Region, walks: dict[str, Walk]
) -> None:
    strange_mails = walk_everywhere(region, walks)

    assert leaks(region, walks) == {}
    assert missed(region, walks) == {}
    assert strange_mails == []
