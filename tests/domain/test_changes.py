"""What differs between two versions: every edit is told exactly, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwartaal.domain.change_sight import LiveRows, as_seen_by
from kwartaal.domain.changes import Change, ChangeKind, Subject, compare
from kwartaal.domain.ordering import moved_among
from kwartaal.domain.snapshots import Content
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.published import Reader
from kwartaal.models.series import Series
from kwartaal.models.visibility import Viewer
from tests.version_contents import (
    START,
    a_content,
    a_point,
    a_round,
    a_workshop,
    an_agenda,
    an_item,
    at,
    is_in_order,
    item_of,
    point_of,
)

Told = tuple[ChangeKind, Subject, int | None]


def told(before: Content, after: Content) -> set[Told]:
    changes = [(change.kind, change.subject, change.id) for change in compare(before, after)]
    assert len(changes) == len(set(changes)), "told twice"
    return set(changes)


def edited(edit: Callable[[Content], object]) -> tuple[Content, Content]:
    """A content, and what an edit makes of it."""
    after = deepcopy(a_content())
    edit(after)
    return a_content(), is_in_order(after)


def only(edit: Callable[[Content], object]) -> Change:
    (change,) = compare(*edited(edit))
    return change


def test_the_same_content_has_no_changes():
    assert compare(a_content(), a_content()) == ()


def test_a_key_that_nobody_knows_is_ignored():
    assert compare(a_content(), a_content(weather="zonnig")) == ()


def test_a_new_title_is_told_with_the_old_one():
    change = only(lambda c: item_of(c, 21).update(title="Warmte"))

    assert (change.kind, change.before, change.after, change.title) == (
        ChangeKind.RETITLED,
        "Workshop 21",
        "Warmte",
        "Warmte",
    )


def test_a_workshop_is_not_for_all():
    change = only(lambda c: item_of(c, 21).update(room="Kil"))

    assert (change.kind, change.for_all) == (ChangeKind.ROOM, False)


def test_a_part_without_sign_up_is_for_all():
    assert only(lambda c: item_of(c, 4).update(room="Foyer")).for_all


def test_a_swap_is_the_move_of_one():
    def swap(content: Content) -> None:
        workshops = item_of(content, 2)["workshops"]
        workshops[0], workshops[1] = workshops[1], workshops[0]

    change = only(swap)

    assert (change.kind, change.id, change.before, change.after) == (ChangeKind.MOVED, 22, 2, 1)


def test_last_to_first_is_the_move_of_that_one():
    def move(content: Content) -> None:
        content["agenda"].insert(0, content["agenda"].pop())

    change = only(move)

    assert (change.kind, change.id, change.before, change.after) == (ChangeKind.MOVED, 5, 5, 1)


def test_a_point_that_came_in_between_moves_no_others():
    before, after = edited(lambda c: c["agenda"].insert(1, a_point(9, 0)))

    assert told(before, after) == {(ChangeKind.ADDED, Subject.POINT, 9)}


def test_an_order_that_follows_from_the_times_is_not_told():
    def first_is_last(content: Content) -> None:
        item_of(content, 1).update(starts_at=at(330), ends_at=at(360))

    assert told(*edited(first_is_last)) == {(ChangeKind.TIME, Subject.ITEM, 1)}


def shift(content: Content, minutes: float) -> None:
    round_ = item_of(content, 3)
    for part in (round_, *round_["workshops"]):
        part.update(starts_at=at(150 + minutes), ends_at=at(210 + minutes))


def test_workshops_shift_along_with_their_round():
    before, after = edited(lambda c: shift(c, 15))

    assert told(before, after) == {(ChangeKind.TIME, Subject.ITEM, 3)}


def test_parts_shift_along_with_the_day_of_the_meeting():
    """A week later the clock has moved an hour; on the wall nothing did."""
    after = deepcopy(a_content())
    for part in (after, *(p for item in after["items"] for p in (item, *item["workshops"]))):
        for end in ("starts_at", "ends_at"):
            part[end] = a_week_later(part[end])

    assert told(a_content(), after) == {(ChangeKind.TIME, Subject.MEETING, None)}


def a_week_later(moment: str) -> str:
    return at((minutes_of(moment) + timedelta(days=7) - timedelta(hours=1)).total_seconds() / 60)


def minutes_of(moment: str) -> timedelta:
    found = next(n for n in range(0, 400) if at(n) == moment)
    return timedelta(minutes=found)


def test_another_building_tells_no_directions():
    venue = {"id": 2, "name": "De Zaal", "town": "Dordrecht", "address": "", "directions": "Bus 4"}

    assert told(a_content(), a_content(venue=venue)) == {(ChangeKind.PLACE, Subject.MEETING, None)}


def test_the_first_programme_after_an_announcement_is_all_new():
    announced = a_content(items=[], agenda=[], introduction="")

    kinds = {change.kind for change in compare(announced, a_content())}

    assert kinds == {ChangeKind.ADDED, ChangeKind.TEXT}


def test_a_workshop_in_another_round():
    def move(content: Content) -> None:
        workshop = item_of(content, 2)["workshops"].pop(0)
        item_of(content, 3)["workshops"].append(workshop | {"starts_at": at(150)})

    assert told(*edited(move)) == {
        (ChangeKind.ROUND, Subject.ITEM, 21),
        (ChangeKind.TIME, Subject.ITEM, 21),
    }


SIMPLE: dict[Told, Callable[[Content], object]] = {
    (ChangeKind.RETITLED, Subject.MEETING, None): lambda c: c.update(title="Werken"),
    (ChangeKind.TIME, Subject.MEETING, None): lambda c: c.update(ends_at=at(370)),
    (ChangeKind.PLACE, Subject.MEETING, None): lambda c: c.update(is_digital=True),
    (ChangeKind.ONLINE, Subject.MEETING, None): lambda c: c.update(online_address="https://x.nl"),
    (ChangeKind.DIRECTIONS, Subject.MEETING, None): lambda c: c["venue"].update(directions="Bus"),
    (ChangeKind.NOTE, Subject.MEETING, None): lambda c: c.update(note="Let op."),
    (ChangeKind.TEXT, Subject.MEETING, None): lambda c: c.update(introduction="Kom ook."),
    (ChangeKind.RETITLED, Subject.ITEM, 21): lambda c: item_of(c, 21).update(title="Warmte"),
    (ChangeKind.ROOM, Subject.ITEM, 22): lambda c: item_of(c, 22).update(room="Kil"),
    (ChangeKind.SPEAKERS, Subject.ITEM, 22): lambda c: item_of(c, 22).update(
        speakers=[{"name": "Bo", "part": "spreker"}]
    ),
    (ChangeKind.THEME, Subject.ITEM, 23): lambda c: item_of(c, 23).update(theme="Energie"),
    (ChangeKind.SIGN_UP, Subject.ITEM, 1): lambda c: item_of(c, 1).update(sign_up="open"),
    (ChangeKind.TEXT, Subject.ITEM, 1): lambda c: item_of(c, 1).update(description="Met soep."),
    (ChangeKind.KIND, Subject.ITEM, 4): lambda c: item_of(c, 4).update(kind="break"),
    (ChangeKind.TIME, Subject.ITEM, 31): lambda c: item_of(c, 31).update(ends_at=at(200)),
    (ChangeKind.TIME, Subject.ITEM, 3): lambda c: item_of(c, 3).update(ends_at=at(220)),
    (ChangeKind.ADDED, Subject.ITEM, 33): lambda c: item_of(c, 3)["workshops"].append(
        a_workshop(33, 150)
    ),
    (ChangeKind.ADDED, Subject.ITEM, 5): lambda c: c["items"].append(an_item(5, start=240)),
    (ChangeKind.ADDED, Subject.ITEM, 6): lambda c: c["items"].append(a_round(6, 250)),
    (ChangeKind.CANCELLED, Subject.ITEM, 32): lambda c: item_of(c, 32).update(cancelled="Ziek."),
    (ChangeKind.SPEAKERS, Subject.POINT, 4): lambda c: point_of(c, 4).update(speaker="Bo"),
    (ChangeKind.LINKS, Subject.POINT, 4): lambda c: point_of(c, 4).update(links=[{"url": "x"}]),
    (ChangeKind.RETITLED, Subject.POINT, 1): lambda c: point_of(c, 1).update(title="Opening"),
    (ChangeKind.PURPOSE, Subject.POINT, 1): lambda c: point_of(c, 1).update(purpose="ophalen"),
    (ChangeKind.MINUTES, Subject.POINT, 2): lambda c: point_of(c, 2).update(minutes=10),
    (ChangeKind.TEXT, Subject.POINT, 2): lambda c: point_of(c, 2).update(text="Lees dit."),
    (ChangeKind.ADDED, Subject.POINT, 8): lambda c: c["agenda"].insert(2, a_point(8, 0)),
    (ChangeKind.REMOVED, Subject.POINT, 3): lambda c: c["agenda"].remove(point_of(c, 3)),
    (ChangeKind.MOVED, Subject.POINT, 5): lambda c: c["agenda"].insert(
        0, c["agenda"].pop(c["agenda"].index(point_of(c, 5)))
    ),
    (ChangeKind.REMOVED, Subject.ITEM, 24): lambda c: item_of(c, 2)["workshops"].remove(
        item_of(c, 24)
    ),
}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(sorted(SIMPLE, key=str)), unique=True))
def test_a_list_of_edits_is_told_exactly(edits: list[Told]):
    after = deepcopy(a_content())
    for edit in edits:
        SIMPLE[edit](after)

    assert told(a_content(), is_in_order(after)) == set(edits)


@settings(max_examples=300, deadline=None)
@given(st.permutations(list(range(7))))
def test_what_moved_makes_the_new_order_of_the_old(order: list[int]):
    """Who did not move kept the order, and no smaller set would do."""
    moved = moved_among(order, {key: key for key in range(7)})

    kept = [key for key in order if key not in moved]
    assert kept == sorted(kept)
    assert len(kept) == longest_rise(order)


def longest_rise(order: list[int]) -> int:
    best = [1] * len(order)
    for i, key in enumerate(order):
        best[i] = 1 + max((best[j] for j in range(i) if order[j] < key), default=0)
    return max(best)


def a_content_of(*points: tuple[int, int | None]) -> Content:
    """An agenda of (id, id of the point above)."""
    return a_content(agenda=[a_point(key, key, parent=above) for key, above in points])


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        (((2, None), (1, None), (11, 1), (12, 1)), {2}),
        (((1, None), (12, 1), (11, 1), (2, None)), {12}),
        (((1, None), (11, 1), (2, None), (12, 2)), {12}),
        (((1, None), (11, 1), (12, None), (2, None)), {12}),
    ],
)
def test_sub_points_go_along_with_the_point_above(after, moved):
    before = a_content_of((1, None), (11, 1), (12, 1), (2, None))

    assert told(before, a_content_of(*after)) == {
        (ChangeKind.MOVED, Subject.POINT, key) for key in moved
    }


def test_sub_points_that_went_with_their_point_are_not_told():
    before = a_content_of((1, None), (2, None), (21, 2), (22, 2))

    assert told(before, a_content_of((1, None))) == {(ChangeKind.REMOVED, Subject.POINT, 2)}


def test_outsiders_learn_nothing_of_what_stands_under_a_closed_point():
    before = a_content_of((1, None), (2, None))
    after = a_content_of((1, None), (2, None), (3, 2))

    assert seen(before, after, OUTSIDER) == []
    assert seen(before, after, CLERK) == [(ChangeKind.ADDED, "Punt 3", 3, False)]


def rows(**columns: object) -> dict[int, AgendaItem]:
    """Live rows of points 1 to 3, of which the second is closed."""
    meeting = Meeting(series=Series(), starts_at=START)
    closed = {"openness": Openness.BESLOTEN, "shows_title": False} | columns
    return {
        key: AgendaItem(
            id=key, meeting=meeting, **(closed if key == 2 else {"openness": Openness.OPENBAAR})
        )
        for key in (1, 2, 3)
    }


ADD_TWO = a_content(agenda=an_agenda(a_point(1, 0), a_point(2, 0), a_point(3, 0)))
WITHOUT_TWO = a_content(agenda=an_agenda(a_point(1, 0), a_point(3, 0)))
RENAMED_TWO = a_content(
    agenda=an_agenda(a_point(1, 0), a_point(2, 0, title="Geheim", text="x"), a_point(3, 0))
)


def seen(before: Content, after: Content, reader: Reader, **columns: object):
    changes = as_seen_by(reader, compare(before, after), LiveRows(rows(**columns)))
    return [(one.kind, one.title, one.number, one.is_closed) for one in changes]


OUTSIDER = Reader()
CLERK = Reader(Viewer(person_id=1, prepares_meetings=True))
MEMBER = Reader(Viewer(person_id=1), is_member=True)


def test_an_outsider_learns_that_a_closed_point_came_and_no_more():
    assert seen(WITHOUT_TWO, ADD_TWO, OUTSIDER) == [(ChangeKind.ADDED, None, 2, True)]


@pytest.mark.parametrize("reader", [CLERK, MEMBER])
def test_who_may_read_a_closed_point_reads_its_title(reader: Reader):
    assert seen(WITHOUT_TWO, ADD_TWO, reader) == [(ChangeKind.ADDED, "Punt 2", 2, True)]


def test_an_outsider_reads_a_title_that_the_griffie_shows():
    assert seen(WITHOUT_TWO, ADD_TWO, OUTSIDER, shows_title=True) == [
        (ChangeKind.ADDED, "Punt 2", 2, True)
    ]


def test_texts_of_a_closed_point_are_not_told():
    assert seen(ADD_TWO, RENAMED_TWO, OUTSIDER) == []


def test_a_shown_title_is_told_without_the_one_before():
    changes = as_seen_by(OUTSIDER, compare(ADD_TWO, RENAMED_TWO), LiveRows(rows(shows_title=True)))

    assert [(one.kind, one.before, one.after) for one in changes] == [
        (ChangeKind.RETITLED, None, "Geheim")
    ]


def test_a_point_without_a_row_is_closed():
    changes = as_seen_by(CLERK, compare(WITHOUT_TWO, ADD_TWO), LiveRows({}))

    assert [(one.title, one.is_closed) for one in changes] == [(None, True)]
