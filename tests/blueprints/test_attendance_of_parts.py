"""The list of one part: who is excused, and who comes in without having chosen it."""

from __future__ import annotations

import re
import uuid

import pytest

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, MarkKind
from tests.desk_pages import messages
from tests.reading import table_rows

NAMES = re.compile(r'id="row-[^>]+>\s*<th[^>]+><span class="kw-table__name">(?:<a[^>]*>)?([^<]+)')


@pytest.fixture
def anna(door):
    """Registered for Warmte."""
    return door.register(door.somebody("Anna", "Jansen"), door.heat)


def listed(browser, door, part, **asked):
    answer = browser.get(door.at(), query_string={"onderdeel": str(part.public_id), **asked})
    assert answer.status_code == 200
    return NAMES.findall(answer.text)


def marked(door):
    """What was said in which list, in order."""
    with door.app.app_context():
        rows = db.session.query(AttendanceMark).order_by(AttendanceMark.id)
        return [(row.item_id, row.said) for row in rows]


def test_excused_from_the_meeting_is_not_expected_in_a_part(door, organiser, anna):
    door.mark(anna, MarkKind.EXCUSED)

    stands = [listed(organiser, door, door.heat, stand=one) for one in ("verwacht", "afgemeld")]
    assert stands == [[], ["Jansen, Anna"]]


def test_excused_from_the_meeting_counts_as_that_in_the_figures_of_a_part(
    door, browser_of, clock, anna
):
    door.mark(anna, MarkKind.EXCUSED)
    seen = door.register(door.somebody("Bram", "Aalbers"), door.heat)
    door.mark(seen, item=door.heat)
    clock.moment = door.meeting.ends_at

    rows = table_rows(browser_of(door.organiser).get(door.at("/cijfers")).text)

    head = next(row for row in rows if row[0] == "Onderdeel")
    heat = next(row for row in rows if row[0] == "1B Warmte")
    assert dict(zip(head, heat, strict=True)) == {
        "Onderdeel": "1B Warmte",
        "Aangemeld": "2",
        "Maximum": "20",
        "Op de wachtlijst": "0",
        "Binnen": "1",
        "Geteld in": "eigen lijst",
        "Afgemeld met een plek": "1",
        "Niet gekomen": "0",
        "Beeld": "",
    }


def test_excused_still_counts_after_a_mark_in_the_part_was_taken_back(door, organiser, anna):
    door.mark(anna, MarkKind.EXCUSED)
    door.mark(anna, item=door.heat)
    door.mark(anna, MarkKind.UNDONE, door.heat)

    assert listed(organiser, door, door.heat, stand="afgemeld") == ["Jansen, Anna"]


def test_being_excused_from_the_meeting_is_no_list_of_a_part(door, organiser, anna):
    """All that was said in the part itself was taken back: who was at the meeting counts."""
    door.mark(anna, MarkKind.EXCUSED)
    seen = door.register(door.somebody("Bram", "Aalbers"), door.heat)
    door.mark(seen, item=door.heat)
    door.mark(seen, MarkKind.UNDONE, door.heat)
    door.mark(seen)

    rows = table_rows(organiser.get(door.at("/cijfers")).text)

    heat = next(row for row in rows if row[0] == "1B Warmte")
    assert heat[4:6] == ["1", "lijst van de bijeenkomst"]


def test_a_speaker_who_is_excused_is_so_in_the_own_part(door, organiser):
    who = door.speaks(door.heat, "Naam Alleen")
    door.mark(who, MarkKind.EXCUSED)

    page = organiser.get(door.at(f"?onderdeel={door.heat.public_id}")).text

    assert "Afgemeld" in page.partition('id="speakers-heading"')[2].partition("</table>")[0]


def test_who_is_excused_and_comes_into_a_part_is_at_the_meeting(door, organiser, anna):
    door.mark(anna, MarkKind.EXCUSED)
    data = {"key": str(uuid.uuid4()), "said": "arrived", "seen": ""}
    organiser.post(door.at(f"/{anna}?onderdeel={door.heat.public_id}"), data=data)

    assert marked(door)[1:] == [(door.heat.id, MarkKind.ARRIVED), (None, MarkKind.ARRIVED)]


def test_who_is_inside_can_come_into_a_part_that_was_not_chosen(door, organiser, anna):
    door.mark(anna)
    found = organiser.get(door.at(f"?onderdeel={door.dikes.public_id}&zoek=jansen")).text

    assert f'action="{door.at(f"/{anna}")}?' in found


def test_a_walk_in_of_a_part_is_marked_there_as_well(door, organiser):
    visitor = door.somebody("Inge", "Loop", email=None)
    address = door.at(f"/inloop/{visitor.public_id}?onderdeel={door.heat.public_id}")
    organiser.post(address, data={"key": str(uuid.uuid4()), "said": "arrived"})

    assert listed(organiser, door, door.heat) == ["Loop, Inge"]


def test_a_part_goes_along_to_the_page_of_walk_ins(door, organiser):
    part = f"onderdeel={door.heat.public_id}"
    links = re.findall(r'href="([^"]*/inloop[^"]*)"', organiser.get(door.at(f"?{part}")).text)

    assert links == [door.at(f"/inloop?{part}")]


def test_who_was_looked_for_is_kept_when_somebody_else_was_first(door, organiser):
    visitor = door.somebody("Inge", "Loop", email=None)
    door.let_in(visitor)
    address = door.at(f"/inloop/{visitor.public_id}?gezocht=loop")
    answer = organiser.post(address, data={"key": str(uuid.uuid4()), "said": "arrived"})

    assert (answer.status_code, answer.location) == (303, door.at("/inloop?zoek=loop"))


def test_a_walk_in_that_was_taken_back_is_off_the_list_and_can_be_found(door, organiser):
    door.let_in(door.somebody("Inge", "Loop", email=None))
    walk_in = NAMES.findall(organiser.get(door.at()).text)
    key = _key_of(door)
    undo = {"key": str(uuid.uuid4()), "said": "undone", "seen": ""}
    organiser.post(door.at(f"/{key}"), data=undo)

    pages = [organiser.get(door.at(asked)).text for asked in ("", "?zoek=loop")]
    assert [walk_in, *map(NAMES.findall, pages)] == [["Loop, Inge"], [], ["Loop, Inge"]]


def test_who_speaks_and_was_let_in_by_mistake_stands_among_the_speakers(door, organiser):
    person = door.somebody("Inge", "Loop")
    door.speaks(door.heat, person=person)
    door.mark(door.let_in(person), MarkKind.UNDONE)

    page = organiser.get(door.at()).text

    assert NAMES.findall(page) == ["Loop, Inge"]


def test_who_was_let_in_by_mistake_is_in_no_number(door, organiser):
    door.mark(door.let_in(door.somebody("Inge", "Loop"), door.other_town), MarkKind.UNDONE)

    sums = table_rows(organiser.get(door.at()).text)
    figures = table_rows(organiser.get(door.at("/cijfers")).text)

    assert [row for row in sums if row[0] == "Papendrecht"] == []
    assert next(row for row in figures if row[0] == "Papendrecht")[2:6] == ["0", "0", "0", "0"]


@pytest.mark.parametrize("asked", ["", "?afgemeld=ja"])
def test_who_was_let_in_by_mistake_is_in_no_file(door, organiser, asked):
    door.mark(door.let_in(door.somebody("Inge", "Loop")), MarkKind.UNDONE)
    door.let_in(door.somebody("Zoë", "Zeeman"))

    lines = organiser.get(door.at(f".csv{asked}")).text.splitlines()

    assert [line.split(";")[0] for line in lines[1:]] == ["Zoë Zeeman"]


def test_a_note_in_a_part_where_all_was_taken_back(door, organiser, anna):
    """The page shows that of the whole meeting, so it has seen nothing of the part."""
    door.mark(anna, MarkKind.EXCUSED)
    door.mark(anna, item=door.heat)
    door.mark(anna, MarkKind.UNDONE, door.heat)
    form = {"key": str(uuid.uuid4()), "said": "late", "seen": ""}
    answer = organiser.post(door.at(f"/{anna}/noteren?onderdeel={door.heat.public_id}"), data=form)

    assert answer.status_code == 303


def test_a_note_on_an_old_page_is_refused_until_one_saw_what_was_said(door, organiser, anna):
    old = {"key": str(uuid.uuid4()), "said": "late", "seen": ""}
    door.mark(anna, MarkKind.EXCUSED)
    answer = organiser.post(door.at(f"/{anna}/noteren"), data=old)
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', answer.text)

    assert answer.status_code == 422
    assert "Iemand anders noteerde net iets over Anna Jansen." in answer.text
    assert seen
    again = organiser.post(door.at(f"/{anna}/noteren"), data={**old, "seen": seen[1]})
    assert messages(organiser.get(again.location)) == ["Dit is genoteerd."]


def _key_of(door):
    with door.app.app_context():
        mark = db.session.query(AttendanceMark).one()
        return mark.registration.public_id
