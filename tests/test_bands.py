"""How the columns of a table fit on paper; widths are in points, without making a paper."""

from __future__ import annotations

import pytest

from kwartaal.pdf.bands import Band, Need, in_bands, need_of

EMAIL = "a" * 20 + "@" + "b" * 30


def lines(least, whole=None, halved=None):
    return Need(least, halved or least, whole or least)


@pytest.mark.parametrize(
    ("texts", "need"),
    [
        ([], Need(8, 8, 8)),
        (["+31 78 770 12 34"], Need(94.8, 94.8, 94.8)),
        (["eeeee"] * 2 + ["eeeee oooo eeeee oooo eeeee"], Need(46.7, 101.0, 163.0)),
        ([EMAIL], Need(194, 194, 327.5)),
    ],
)
def test_column_is_as_wide_as_its_longest_word_or_a_phone_number(texts, need):
    found = need_of(texts, size=10)

    assert Need(*(round(points, 1) for points in found)) == need


def test_what_is_left_goes_to_the_texts_on_more_lines():
    assert in_bands([lines(50), lines(50, 150)], [0], room=150) == [Band((0, 1), (50, 100))]


def test_two_lines_for_all_come_before_one_line_for_some():
    needs = [lines(50, 90), lines(20, 150, halved=80)]

    assert in_bands(needs, [], room=130) == [Band((0, 1), (50, 80))]
    assert in_bands(needs, [], room=100) == [Band((0, 1), (50, 50))]


def test_columns_that_do_not_fit_stand_below_with_the_repeated_ones_again():
    needs = [lines(20), lines(60), lines(60), lines(50)]

    assert in_bands(needs, [0], room=150) == [
        Band((0, 1, 2), (20, 60, 60)),
        Band((0, 3), (20, 50)),
    ]


def test_a_column_wider_than_the_paper_stands_alone():
    assert [band.columns for band in in_bands([lines(300), lines(20)], [], room=150)] == [
        (0,),
        (1,),
    ]
