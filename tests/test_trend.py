"""Where the columns and lines of a trend are drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartaal.trend import BASE, LEFT, SMALL_WIDTH, TOP, WIDTH, draw

NUMBERS = st.lists(
    st.tuples(st.none() | st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 20_000)),
    max_size=8,
)


def test_two_quarters():
    drawing = draw([(None, 120, 60), (200, 100, 0)])

    assert [line.value for line in drawing.lines] == [0, 50, 100, 150, 200]
    first, second = drawing.columns
    assert [first.middle, second.middle] == [210.0, 550.0]
    assert [bar and bar.height for bar in first.bars] == [None, 112.8, 56.4]
    assert [bar.height for bar in second.bars] == [188, 94.0, 0]
    assert second.bars[0].y == TOP


@pytest.mark.parametrize(
    ("highest", "values"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (9, [0, 5, 10]),
        (120, [0, 50, 100, 150]),
        (2000, [0, 500, 1000, 1500, 2000]),
    ],
)
def test_lines_stand_at_round_numbers(highest, values):
    assert [line.value for line in draw([(None, highest, 0)]).lines] == values


@given(NUMBERS)
def test_everything_is_inside_the_picture(columns):
    drawing = draw(columns)
    bars = [bar for column in drawing.columns for bar in column.bars if bar]

    assert all(LEFT <= bar.x and bar.x + bar.width <= WIDTH for bar in bars)
    assert all(bar.y >= TOP and bar.y + bar.height == pytest.approx(BASE, abs=0.02) for bar in bars)


def test_break_and_empty_column_take_little_of_the_width():
    drawing = draw([(None, 0, 0), (), (200, 100, 0), (None, 50, 10)])

    assert [column.middle for column in drawing.columns] == [85.0, 175.0, 345.0, 595.0]
    assert [column.is_break for column in drawing.columns] == [False, True, False, False]
    assert drawing.columns[1].bars == ()


def test_small_drawing_stays_inside_its_width():
    drawing = draw([(10, 5, 1)] * 8, SMALL_WIDTH)

    last = drawing.columns[-1].bars[0]
    assert (drawing.width, last.x + last.width < SMALL_WIDTH) == (SMALL_WIDTH, True)


def test_nothing_to_draw_is_a_base_line():
    assert draw([]).columns == ()
