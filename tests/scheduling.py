"""How the tests are divided over the processes of `make test`, and what goes first."""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/demo/", "tests/races/")


class TogetherScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """One process takes all tests of a folder that shares something dear, the others go by file.

    In a browser: one server, and what was seen before. Of the demo region: the loaded region.
    Of the races: their servers.
    The group marks of xdist 3.8 do the same, but pytest 9.2 no longer reads the ids they write.
    """

    def _split_scope(self, nodeid: str) -> str:
        folder = next((one for one in TOGETHER if nodeid.startswith(one)), "")
        return folder or super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    config.option.loadscopereorder = False  # the order is that of the collection
    return TogetherScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest go first, so that no process is left alone with them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(TOGETHER))
