"""The geometry of the dagstroom; no application needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from kwartaal.dayflow import COLUMNS, NARROWEST, Drawing, draw

NOON = datetime(2021, 11, 9, 11, 0, tzinfo=UTC)


@dataclass
class Block:
    starts_at: datetime
    ends_at: datetime
    title: str = "Onderdeel"
    strands: int = 0


def day(*minutes_and_strands: tuple[int, int]) -> list[Block]:
    """Blocks that follow each other without a gap."""
    blocks, start = [], NOON
    for minutes, strands in minutes_and_strands:
        end = start + timedelta(minutes=minutes)
        blocks.append(Block(start, end, strands=strands))
        start = end
    return blocks


def columns(drawing: Drawing) -> list[int]:
    return [part.columns for part in drawing.parts]


def test_widths_follow_the_minutes():
    midday = day((60, 0), (45, 0), (60, 4), (30, 0), (60, 4), (45, 0), (60, 0))

    assert columns(draw(midday)) == [10, 8, 10, 5, 10, 7, 10]


def test_a_short_block_keeps_room_for_its_title():
    assert columns(draw(day((5, 0), (300, 0)))) == [NARROWEST, COLUMNS - NARROWEST]


@pytest.mark.parametrize(
    "minutes",
    [
        [1],
        [0, 0],
        [1, 1000],
        [15] * 7,
        [1, 2, 3, 400, 5, 6, 7],
        [30] * 12,
        [10] * 25,
        [7, 13, 29, 31, 53],
    ],
)
def test_columns_always_fill_the_width(minutes: Sequence[int]):
    drawing = draw(day(*((m, 0) for m in minutes)))

    assert sum(columns(drawing)) == COLUMNS


def test_a_gap_belongs_to_the_block_before_it():
    first = Block(NOON, NOON + timedelta(hours=1))
    second = Block(NOON + timedelta(hours=2), NOON + timedelta(hours=4))

    assert columns(draw([first, second])) == [30, 30]


def test_blocks_are_drawn_in_order_of_time():
    late, early = reversed(day((60, 0), (60, 0)))

    assert [part.block for part in draw([late, early]).parts] == [early, late]


def test_every_workshop_is_a_strand():
    drawing = draw(day((60, 0), (60, 3), (60, 0)))

    assert drawing.strands == (
        "M200 36C208 36 208 8 216 8H384C392 8 392 36 400 36",
        "M200 36C208 36 208 36 216 36H384C392 36 392 36 400 36",
        "M200 36C208 36 208 64 216 64H384C392 64 392 36 400 36",
    )


def test_the_main_stream_stops_where_the_strands_begin():
    assert draw(day((60, 0), (60, 3), (60, 0))).main == "M0 36H200M400 36H600"


def test_one_workshop_does_not_split_the_river():
    drawing = draw(day((60, 1)))

    assert (drawing.strands, drawing.main) == ((), "M0 36H600")


def test_the_upright_rail_splits_and_joins_per_block():
    main, workshops = draw(day((60, 0), (60, 2))).parts

    assert main.rail == ("M16 0V100",)
    assert workshops.rail == (
        "M16 0C16 9 2 9 2 18V82C2 91 16 91 16 100",
        "M16 0C16 9 30 9 30 18V82C30 91 16 91 16 100",
    )


def test_more_than_a_dozen_workshops_draw_a_dozen_strands():
    assert len(draw(day((60, 40))).strands) == 12


def test_the_river_lies_down_only_when_the_titles_fit():
    assert draw(day(*[(30, 0)] * 12)).fits_sideways
    assert not draw(day(*[(30, 0)] * 13)).fits_sideways


def test_now_is_from_the_start_up_to_the_end():
    (part,) = draw(day((60, 0))).parts

    assert [
        part.is_now(moment)
        for moment in (None, NOON, NOON + timedelta(minutes=59), NOON + timedelta(hours=1))
    ] == [False, True, True, False]


def test_no_blocks_draw_nothing():
    assert draw([]) == Drawing((), (), "")
