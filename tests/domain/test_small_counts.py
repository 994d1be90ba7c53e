"""What is shown of counts per group, and that nobody can compute what is not."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kwartaal.domain.council_summaries import GroupLine, summarise
from kwartaal.domain.small_counts import ALWAYS_SHOWN, SMALLEST_SHOWN, shown_counts
from kwartaal.models.attendance_figures import Figures
from kwartaal.models.organisation import Audience

RAAD, COLLEGE, AMBTELIJK = Audience.RAAD, Audience.COLLEGE, Audience.AMBTELIJK
counts = st.dictionaries(st.sampled_from(list(Audience)), st.integers(0, 6), min_size=1)


def test_a_count_below_three_is_hidden_and_takes_the_total_along():
    shown = shown_counts({RAAD: 2, COLLEGE: 0, AMBTELIJK: 2})

    assert (dict(shown.counts), shown.total) == ({RAAD: 2, COLLEGE: 0, AMBTELIJK: None}, None)


def test_three_are_shown_with_the_total():
    shown = shown_counts({RAAD: 2, COLLEGE: 0, AMBTELIJK: 3})

    assert (dict(shown.counts), shown.total) == ({RAAD: 2, COLLEGE: 0, AMBTELIJK: 3}, 5)


def test_nobody_is_hidden_like_one():
    assert shown_counts({AMBTELIJK: 0}) == shown_counts({AMBTELIJK: 1})


def test_two_hidden_groups_hide_the_total_too():
    """Four people in two groups of less than three are two and two."""
    assert shown_counts({RAAD: 9, AMBTELIJK: 2, Audience.BEDRIJF: 2}).total is None


@given(counts)
def test_nobody_can_compute_a_hidden_count(real):
    """Whoever knows the rule, and tries every table, finds each hidden count possible still."""
    shown = shown_counts(real)
    hidden = [group for group, count in shown.counts.items() if count is None]

    possible = [
        guess
        for guess in product(range(SMALLEST_SHOWN), repeat=len(hidden))
        if shown_counts(real | dict(zip(hidden, guess, strict=True))) == shown
    ]

    for place in range(len(hidden)):
        assert {guess[place] for guess in possible} == set(range(SMALLEST_SHOWN))


@given(counts)
def test_what_is_shown_is_true_and_never_small(real):
    shown = shown_counts(real)

    assert [shown.counts[g] for g in real if shown.counts[g] is not None] == [
        count for group, count in real.items() if group in ALWAYS_SHOWN or count >= SMALLEST_SHOWN
    ]
    assert shown.total in (None, sum(real.values()))


def test_a_summary_has_the_same_groups_whoever_came():
    nobody = summarise({})
    somebody = summarise({AMBTELIJK: Figures(2, 0, 0, 2), None: Figures(5, 0, 0, 5)})

    assert somebody == nobody
    assert [line.group for line in nobody.lines] == [RAAD, COLLEGE, AMBTELIJK]


def test_columns_of_a_summary_are_hidden_each_by_itself():
    summary = summarise({RAAD: Figures(4, 1, 2, 5), AMBTELIJK: Figures(3, 0, 0, 2)})

    assert summary.lines == (
        GroupLine(RAAD, 4, 5),
        GroupLine(COLLEGE, 0, 0),
        GroupLine(AMBTELIJK, 3, None),
    )
    assert (summary.registered, summary.present, summary.most) == (7, None, 5)


def test_a_picture_is_drawn_against_what_is_shown_only():
    assert summarise({AMBTELIJK: Figures(2, 0, 0, 2)}).most == 0
