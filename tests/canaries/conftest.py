"""The region with a word of its own in every field, and a browser for everybody who looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.models.person import Person
from tests.canaries.records import write_records
from tests.canaries.region import Region
from tests.canaries.viewers import VISITOR
from tests.canaries.walk import Walk
from tests.conftest import SetClock

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def region(app: Flask, save: Callable[..., None], clock: SetClock) -> Region:
    made = Region(app, save, clock)
    write_records(made)
    return made


@pytest.fixture
def walks(
    region: Region, client: FlaskClient, browser_of: Callable[[Person], FlaskClient]
) -> dict[str, Walk]:
    """One for each viewer, signed in."""
    people = region.viewers.items()
    browsers = {VISITOR: client} | {name: browser_of(person) for name, person in people}
    return {name: Walk(browser, region.words) for name, browser in browsers.items()}
