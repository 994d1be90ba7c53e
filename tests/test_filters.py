"""Dutch dates, sizes and addresses; a bare Flask application is enough."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from kwartaal import filters, page_links
from kwartaal.models.organisation import Audience
from kwartaal.phone_numbers import _written, spaced

NBSP = "\u00a0"
SUMMER = datetime(2021, 4, 6, 10, 0, tzinfo=UTC)
WINTER = datetime(2021, 11, 9, 18, 30, tzinfo=UTC)


def plain(text: str) -> str:
    """Easier to read in a test; the no-break spaces have a test of their own."""
    return text.replace(NBSP, " ")


@pytest.fixture
def bare_app() -> Flask:
    app = Flask("kwartaal", root_path=str(Path(filters.__file__).parent))
    Babel(app, default_locale="nl")
    filters.init_app(app)
    app.add_url_rule("/lijst/<slug>/", "list", lambda slug: page_links.page_url(3))
    return app


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (filters.long_date, "dinsdag 6 april 2021"),
        (filters.short_date, "6 april 2021"),
        (filters.day_number, "6"),
        (filters.month_name, "april"),
        (filters.clock_time, "12.00 uur"),
        (filters.moment, "dinsdag 6 april 2021, 12.00 uur"),
    ],
)
def test_a_moment_is_shown_in_amsterdam(show: Callable[[datetime], str], expected: str):
    assert plain(show(SUMMER)) == expected


@pytest.mark.parametrize(
    ("place", "is_digital", "expected"),
    [
        ("De Hal, Papendrecht", False, "De Hal, Papendrecht"),
        ("De Hal, Papendrecht", True, "De Hal, Papendrecht, en online"),
        (None, True, "Online"),
        (None, False, "Plaats volgt"),
        ("", False, "Plaats volgt"),
    ],
)
def test_where_a_meeting_is(bare_app: Flask, place: str | None, is_digital: bool, expected: str):
    with bare_app.test_request_context():
        assert filters.where(place, is_digital) == expected


def test_winter_time_is_one_hour_from_utc():
    assert plain(filters.moment(WINTER)) == "dinsdag 9 november 2021, 19.30 uur"


def test_the_day_is_the_amsterdam_day():
    just_past_midnight = datetime(2021, 4, 5, 22, 5, tzinfo=UTC)

    assert plain(filters.moment(just_past_midnight)) == "dinsdag 6 april 2021, 0.05 uur"


def test_a_date_needs_no_zone():
    assert plain(filters.long_date(date(2021, 4, 6))) == "dinsdag 6 april 2021"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        filters.moment(datetime(2021, 4, 6, 12, 0))


def test_spaces_that_must_not_break_do_not():
    assert filters.moment(SUMMER) == f"dinsdag 6{NBSP}april 2021, 12.00{NBSP}uur"


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (datetime(2021, 4, 6, 16, 0, tzinfo=UTC), "12.00 tot 18.00 uur"),
        (datetime(2021, 4, 6, 22, 0, tzinfo=UTC), "12.00 tot 24.00 uur"),
        (
            datetime(2021, 4, 6, 23, 0, tzinfo=UTC),
            "dinsdag 6 april 2021, 12.00 uur tot woensdag 7 april 2021, 1.00 uur",
        ),
        (
            datetime(2021, 4, 7, 22, 0, tzinfo=UTC),
            "dinsdag 6 april 2021, 12.00 uur tot donderdag 8 april 2021, 0.00 uur",
        ),
        (None, "12.00 uur"),
    ],
)
def test_a_range_names_the_days_when_they_differ(end: datetime | None, expected: str):
    assert plain(filters.time_range(SUMMER, end)) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (datetime(2021, 4, 6, 16, 0, tzinfo=UTC), "dinsdag 6 april 2021, 12.00 tot 18.00 uur"),
        (None, "dinsdag 6 april 2021, 12.00 uur"),
        (
            datetime(2021, 4, 7, 10, 0, tzinfo=UTC),
            "dinsdag 6 april 2021, 12.00 uur tot woensdag 7 april 2021, 12.00 uur",
        ),
    ],
)
def test_a_period_says_each_day_once(end: datetime | None, expected: str):
    assert plain(filters.period(SUMMER, end)) == expected


def test_a_time_tag_carries_the_zone():
    assert filters.time_tag(SUMMER, "clock_time") == (
        f'<time datetime="2021-04-06T12:00+02:00">12.00{NBSP}uur</time>'
    )


def test_a_time_tag_of_a_date():
    assert filters.time_tag(date(2021, 4, 6), "short_date") == (
        f'<time datetime="2021-04-06">6{NBSP}april 2021</time>'
    )


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (180_400, "180 kB"),
        (999_499, "999 kB"),
        (999_600, "1 MB"),
        (3_100_000, "3,1 MB"),
        (25_000_000, "25 MB"),
        (4_600_000_000, "4,6 GB"),
    ],
)
def test_a_file_size_counts_in_thousands(size: int, expected: str):
    assert plain(filters.file_size(size)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+31787701234", "+31 78 770 12 34"),
        ("+31612345678", "+31 6 12 34 56 78"),
        ("+31184770123", "+31 184 770 123"),
        ("+3228991234", "+32 2 899 12 34"),
        ("078 - onbekend", "078 - onbekend"),
        ("", ""),
    ],
)
def test_a_phone_number_is_written_with_spaces(number: str, expected: str):
    assert spaced(number) == expected


@given(st.integers(100_000_000, 999_999_999).map(lambda digits: f"+31{digits}"))
def test_a_dutch_number_is_cut_as_if_it_were_parsed(number: str):
    assert spaced(number) == _written(number)


def test_a_phone_number_on_a_page_does_not_break():
    assert filters.phone("+31787701234") == "+31 78 770 12 34".replace(" ", NBSP)


def test_no_phone_number_shows_nothing():
    assert filters.phone(None) == ""


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 plekken"), (1, "1 plek"), (1250, "1.250 plekken")]
)
def test_a_plural_follows_the_count(count: int, expected: str):
    assert plain(filters.plural(count, "plek", "plekken")) == expected


def test_a_static_address_carries_the_content(bare_app: Flask):
    content = Path(bare_app.static_folder or "", "css", "kwartaal.css").read_bytes()
    fingerprint = hashlib.sha256(content).hexdigest()[:8]

    with bare_app.test_request_context():
        url = page_links.static_url("css/kwartaal.css")

    assert url == f"/static/css/kwartaal.css?v={fingerprint}"


def test_the_address_of_another_page_keeps_the_filters(bare_app: Flask):
    url = bare_app.test_client().get("/lijst/november/?zoek=a%26b&pagina=2&_scheme=x&endpoint=y")

    assert url.text == "/lijst/november/?zoek=a%26b&_scheme=x&endpoint=y&pagina=3"


TEXT = "Een <b>\r\nregel\n\n \n\nTwee & drie\n"


def test_a_text_has_paragraphs_and_line_breaks_and_is_escaped():
    assert filters.paragraphs(TEXT) == (
        '<p class="nl-paragraph">Een &lt;b&gt;<br>regel</p>\n'
        '<p class="nl-paragraph">Twee &amp; drie</p>'
    )
    assert filters.paragraphs("Een", "") == "<p>Een</p>"


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_an_empty_text_has_no_paragraphs(text: str):
    assert (filters.paragraphs(text), filters.first_paragraph(text)) == ("", "")


def test_a_text_is_its_first_paragraph_and_the_rest():
    assert filters.first_paragraph(TEXT) == "Een <b> regel"
    assert filters.later_paragraphs(TEXT) == "Twee & drie"


def test_groups_are_named_in_the_order_of_the_region(bare_app: Flask):
    groups = frozenset({Audience.BUURGEMEENTE, Audience.RAAD, Audience.BEDRIJF})

    with bare_app.test_request_context():
        names = filters.audience_names(groups), filters.audience_names([])

    assert names == ("raadsleden, bedrijven en buurgemeenten", "")


def test_the_address_of_another_page_leaves_out_who_was_marked_last(bare_app: Flask):
    url = bare_app.test_client().get("/lijst/november/?zoek=jans&laatst=x")

    assert url.text == "/lijst/november/?zoek=jans&pagina=3"
