"""Sub-points: one level of them, in any order, and never more open than they were."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartaal.domain import agenda as rules
from kwartaal.domain.preparation_refusals import NoPointBefore, PointHasSubpoints
from kwartaal.domain.refusals import Refused
from kwartaal.models.agenda import AgendaItem, numbered
from kwartaal.models.openness import Openness
from tests.factories import (
    a_meeting,
    a_person,
    an_agenda_item,
    an_office,
    an_office_kind,
    an_organisation,
)

CLOSED = {"openness": Openness.BESLOTEN}


class Draft:
    """An agenda in memory; "a b(c d)" is a, b with the sub-points c and d."""

    def __init__(self, shape: str, **closed: dict[str, object]) -> None:
        self.items: list[AgendaItem] = []
        meeting, parent = a_meeting(), None
        for word in shape.replace("(", " ( ").replace(")", " ) ").split():
            if word in "()":
                parent = self.items[-1] if word == "(" else None
                continue
            columns = {"title": word, "position": len(self.items), "openness": Openness.OPENBAAR}
            columns |= {"parent": parent} if parent else {}
            self.items.append(an_agenda_item(meeting, **columns | closed.get(word, {})))

    @property
    def agenda(self) -> list[AgendaItem]:
        """In reading order, as a query gives it."""
        placed = sorted(self.items, key=lambda item: item.position)
        tops = [item for item in placed if item.parent is None]
        return [one for top in tops for one in [top, *(i for i in placed if i.parent is top)]]

    @property
    def shape(self) -> str:
        words = [f"{n} {item.title}" for n, item in numbered(self.agenda)]
        return ", ".join(words)

    def __getitem__(self, title: str) -> AgendaItem:
        return next(item for item in self.items if item.title == title)


def test_numbers_follow_from_the_places():
    assert Draft("a b(c d) e(f)").shape == "1 a, 2 b, 2.1 c, 2.2 d, 3 e, 3.1 f"


def test_in_makes_a_point_the_last_subpoint_of_the_one_before():
    draft = Draft("a(b) c d")

    rules.move_in(draft["c"], draft.agenda)

    assert draft.shape == "1 a, 1.1 b, 1.2 c, 2 d"


def test_out_makes_a_subpoint_the_point_behind_its_own():
    draft = Draft("a(b c) d")

    rules.move_out(draft["b"], draft.agenda)

    assert draft.shape == "1 a, 1.1 c, 2 b, 3 d"


@pytest.mark.parametrize(("act", "shape"), [("move_in", "a(b)"), ("move_out", "b a")])
def test_in_and_out_leave_what_is_there_already(act: str, shape: str):
    draft = Draft(shape)
    before = draft.shape

    getattr(rules, act)(draft["b"], draft.agenda)

    assert draft.shape == before


def test_the_first_point_cannot_be_a_subpoint():
    draft = Draft("a b")

    with pytest.raises(NoPointBefore):
        rules.move_in(draft["a"], draft.agenda)


def test_what_has_subpoints_cannot_be_one():
    draft = Draft("a b(c)")

    with pytest.raises(PointHasSubpoints):
        rules.move_in(draft["b"], draft.agenda)


def test_a_point_moves_with_its_subpoints():
    draft = Draft("a b(c) d")

    rules.move(draft["b"], draft.agenda, earlier=True)

    assert draft.shape == "1 b, 1.1 c, 2 a, 3 d"


def test_a_subpoint_stays_with_its_point():
    draft = Draft("a b(c) d")

    rules.move(draft["c"], draft.agenda, earlier=True)

    assert draft.shape == "1 a, 2 b, 2.1 c, 3 d"


DROPS = [
    ("d", "b", "1 a, 2 d, 3 b, 3.1 c"),
    ("d", "c", "1 a, 2 b, 2.1 d, 2.2 c"),
    ("c", "a", "1 c, 2 a, 3 b, 4 d"),
    ("b", None, "1 a, 2 d, 3 b, 3.1 c"),
    ("b", "b", "1 a, 2 b, 2.1 c, 3 d"),
    ("a", "d", "1 b, 1.1 c, 2 a, 3 d"),
]


@pytest.mark.parametrize(("what", "before", "shape"), DROPS)
def test_before_puts_a_point_in_the_line_of_the_other(what, before, shape):
    draft = Draft("a b(c) d")

    rules.move_before(draft[what], draft.agenda, draft[before] if before else None)

    assert draft.shape == shape


def test_a_point_cannot_be_put_among_its_own_subpoints():
    draft = Draft("a(b)")

    with pytest.raises(PointHasSubpoints):
        rules.move_before(draft["a"], draft.agenda, draft["b"])


def test_remove_takes_the_subpoints_along():
    draft = Draft("a(b c) d")

    gone = rules.take_out(draft["a"], draft.agenda)

    assert [item.title for item in gone] == ["a", "b", "c"]
    assert [item.title for item in draft.items if not item.removed] == ["d"]


def test_add_comes_behind_the_last_point():
    draft = Draft("a(b c)")
    point = rules.Point(title="d", openness=Openness.OPENBAAR)

    draft.items.append(rules.add(draft["a"].meeting, point, draft.agenda, uuid.uuid4()))

    assert draft.shape == "1 a, 1.1 b, 1.2 c, 2 d"


def test_a_closed_point_closes_its_subpoints():
    draft = Draft("a(b) c", a=CLOSED)

    assert [item.is_open for item in draft.items] == [False, False, True]


@pytest.mark.parametrize("openness", [Openness.DATUM, Openness.BESLOTEN])
def test_what_leaves_a_closed_point_stays_closed(openness):
    draft = Draft("a(b)", a={"openness": openness})

    rules.move_out(draft["b"], draft.agenda)

    assert (draft["b"].openness, draft["b"].is_open) == (openness, False)


def test_an_office_is_named_in_words_and_typing_another_name_forgets_the_person():
    item = an_agenda_item(a_meeting())
    kind, town = an_office_kind("wethouder"), an_organisation("Zwijndrecht")
    office = an_office(a_person("Ineke", "Vos"), kind=kind, organisation=town)

    rules.name_speaker(item, office)
    named = (item.speaker, item.person)
    rules.change(item, rules.Point("Titel", Openness.OPENBAAR, speaker="Iemand anders"))

    assert named == ("wethouder Ineke Vos (Zwijndrecht)", office.person)
    assert (item.speaker, item.person) == ("Iemand anders", None)


ACTS = ["earlier", "later", "in", "out", "before"]


@given(st.data())
def test_whatever_is_clicked_nothing_is_lost_nested_deeper_or_opened(data):
    draft = Draft("a b(c d) e(f) g h", b=CLOSED, d=CLOSED, h={"openness": Openness.DATUM})
    shut = {item.title for item in draft.items if not item.is_open}
    for _click in range(data.draw(st.integers(1, 12))):
        item = data.draw(st.sampled_from(draft.items))
        try:
            act(data.draw(st.sampled_from(ACTS)), item, draft, data)
        except Refused:
            continue

    assert sorted(item.title for item in draft.agenda) == list("abcdefgh")
    assert [i for i in draft.items if i.parent is not None and i.parent.parent is not None] == []
    assert shut <= {item.title for item in draft.items if not item.is_open}


def act(name: str, item: AgendaItem, draft: Draft, data: st.DataObject) -> None:
    if name == "in":
        rules.move_in(item, draft.agenda)
    elif name == "out":
        rules.move_out(item, draft.agenda)
    elif name == "before":
        other = data.draw(st.none() | st.sampled_from(draft.items))
        rules.move_before(item, draft.agenda, other)
    else:
        rules.move(item, draft.agenda, earlier=name == "earlier")
