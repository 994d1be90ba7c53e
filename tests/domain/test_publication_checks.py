"""What stands in the way of publishing. No application, no database."""

from __future__ import annotations

from datetime import timedelta

from kwartaal.domain.preparation_refusals import MaximumAboveRoom, RoomTaken
from kwartaal.domain.publication_checks import Draft, check, refusals
from kwartaal.domain.refusals import (
    DateOrPlaceChanged,
    ItemOutsideMeeting,
    MeetingIsCancelled,
    NobodyAdmitted,
    NoPlaceChosen,
    NoProgramme,
    NothingChanged,
    Refused,
    RegistrationWindowMissing,
    RoomElsewhere,
    RoundsOverlap,
    RoundWithoutWorkshops,
    WorkshopOutsideRound,
)
from kwartaal.domain.snapshots import announcement, content_hash, snapshot
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Audience
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.publication import Publication
from kwartaal.models.venue import Room
from tests.factories import START, a_meeting, a_venue, number


def a_draft(meeting: Meeting, *items: ProgrammeItem, latest: Publication | None = None) -> Draft:
    return Draft(meeting, items, snapshot(meeting, items, []), latest)


def a_concept(**columns: object) -> Meeting:
    venue = a_venue()
    venue.id = 1
    standard: dict[str, object] = {"venue": venue, "venue_id": 1, "is_digital": False, "note": ""}
    return a_meeting(state=MeetingState.CONCEPT, introduction="", **(standard | columns))


def an_item(
    title: str,
    after: float = 0,
    hours: float = 1,
    kind: ItemKind = ItemKind.PLENARY,
    **columns: object,
) -> ProgrammeItem:
    standard: dict[str, object] = {
        "id": next(number),
        "position": 0,
        "sign_up": SignUp.NONE,
        "description": "",
        "theme": "",
    }
    return ProgrammeItem(
        title=title,
        kind=kind,
        starts_at=START + timedelta(hours=after),
        ends_at=START + timedelta(hours=after + hours),
        **(standard | columns),
    )


def a_round(title: str, after: float, hours: float = 1) -> list[ProgrammeItem]:
    """A round and a workshop that fills it."""
    round_ = an_item(title, after, hours, ItemKind.ROUND)
    return [round_, a_workshop("Workshop", round_, after, hours)]


def a_workshop(title: str, round_: ProgrammeItem, after: float, hours: float = 1) -> ProgrammeItem:
    return an_item(title, after, hours, ItemKind.WORKSHOP, round_id=round_.id, sign_up=SignUp.OPEN)


def a_version(content: dict[str, object]) -> Publication:
    return Publication(number=1, content=content, content_hash=content_hash(content))


def wrong(draft: Draft) -> list[tuple[type[Refused], dict[str, object]]]:
    return [(type(refusal), refusal.values) for refusal in refusals(draft)]


def test_a_whole_programme_is_right():
    draft = a_draft(a_concept(), an_item("Opening"), *a_round("Ronde 1", 1), *a_round("Ronde 2", 2))

    assert wrong(draft) == []


def test_where_no_room_is_chosen_none_is_said_to_be_right():
    said = [one.right for one in check(a_draft(a_concept(), an_item("Opening")))]

    assert [one for one in said if "zaal" in one or "zalen" in one] == [
        "Er is nog geen zaal gekozen. Publiceren kan wel."
    ]


def test_parts_beside_each_other_are_allowed_and_not_said_to_fit():
    draft = a_draft(a_concept(), *a_round("Ronde 1", 1), an_item("Maaltijd", 1.5))

    assert wrong(draft) == []
    assert "Alles valt binnen de bijeenkomst, en rondes lopen niet door elkaar." in [
        one.right for one in check(draft)
    ]


def test_without_items_there_is_no_programme():
    assert wrong(a_draft(a_concept())) == [(NoProgramme, {})]


def test_a_cancelled_meeting():
    meeting = a_concept()
    meeting.state = MeetingState.CANCELLED

    assert wrong(a_draft(meeting, an_item("Opening"))) == [(MeetingIsCancelled, {})]


def test_a_meeting_without_a_place():
    meeting = a_concept(venue=None, venue_id=None)

    assert wrong(a_draft(meeting, an_item("Opening"))) == [(NoPlaceChosen, {})]


def test_a_digital_meeting_needs_no_venue():
    meeting = a_concept(venue=None, venue_id=None, is_digital=True)

    assert wrong(a_draft(meeting, an_item("Opening"))) == []


def test_an_item_that_begins_before_the_meeting():
    draft = a_draft(a_concept(), an_item("Inloop", after=-0.5))

    assert wrong(draft) == [(ItemOutsideMeeting, {"title": "Inloop"})]


def test_an_item_that_ends_after_the_meeting():
    draft = a_draft(a_concept(), an_item("Borrel", after=5.5))

    assert wrong(draft) == [(ItemOutsideMeeting, {"title": "Borrel"})]


def test_rounds_that_overlap():
    draft = a_draft(a_concept(), *a_round("Tweede", 1.5), *a_round("Eerste", 1))

    assert wrong(draft) == [(RoundsOverlap, {"title": "Tweede", "before": "Eerste"})]


def test_rounds_that_touch_do_not_overlap():
    assert wrong(a_draft(a_concept(), *a_round("Eerste", 1), *a_round("Tweede", 2))) == []


def test_a_round_without_workshops():
    draft = a_draft(a_concept(), an_item("Ronde 1", kind=ItemKind.ROUND))

    assert wrong(draft) == [(RoundWithoutWorkshops, {"title": "Ronde 1"})]


def test_a_workshop_that_runs_past_its_round():
    round_, filling = a_round("Ronde 1", 1)
    late = a_workshop("Te lang", round_, 1, 1.5)

    assert wrong(a_draft(a_concept(), round_, filling, late)) == [
        (WorkshopOutsideRound, {"title": "Te lang", "round": "Ronde 1"})
    ]


def test_a_workshop_shorter_than_its_round():
    round_, filling = a_round("Ronde 1", 1)
    short = a_workshop("Kort", round_, 1.25, 0.5)

    assert wrong(a_draft(a_concept(), round_, filling, short)) == []


def test_a_room_of_another_venue():
    elsewhere = an_item("Opening", room=Room(name="Ergens", venue_id=2))

    assert wrong(a_draft(a_concept(), elsewhere)) == [(RoomElsewhere, {"title": "Opening"})]


def test_sign_up_without_a_closing_moment():
    meeting = a_concept(registration_closes_at=None)

    assert wrong(a_draft(meeting, *a_round("Ronde 1", 1))) == [(RegistrationWindowMissing, {})]


def test_no_sign_up_needs_no_closing_moment():
    meeting = a_concept(registration_closes_at=None, audiences=())

    assert wrong(a_draft(meeting, an_item("Opening"))) == []


def test_sign_up_without_groups():
    meeting = a_concept(audiences=())

    assert wrong(a_draft(meeting, *a_round("Ronde 1", 1))) == [(NobodyAdmitted, {})]


def test_sign_up_for_one_group():
    meeting = a_concept(audiences=(Audience.RAAD,))

    assert wrong(a_draft(meeting, *a_round("Ronde 1", 1))) == []


def test_the_same_content_again():
    meeting, item = a_concept(), an_item("Opening")
    latest = a_version(snapshot(meeting, [item], []))

    assert wrong(a_draft(meeting, item, latest=latest)) == [(NothingChanged, {})]


def test_another_time_than_announced():
    meeting = a_concept()
    latest = a_version(announcement(meeting))
    meeting.ends_at += timedelta(minutes=30)

    assert wrong(a_draft(meeting, an_item("Opening"), latest=latest)) == [(DateOrPlaceChanged, {})]


def test_another_name_of_the_same_venue_is_no_other_place():
    meeting = a_concept()
    latest = a_version(announcement(meeting))
    assert meeting.venue is not None
    meeting.venue.name = "De Nieuwe Naam"

    assert wrong(a_draft(meeting, an_item("Opening"), latest=latest)) == []


def test_check_lists_what_is_right_beside_what_is_wrong():
    lines = check(a_draft(a_concept()))

    assert [one.right for one in lines if one.refusals] == ["Er is een programma."]
    assert len(lines) == 9


def announced_without_place() -> tuple[Meeting, Publication]:
    meeting = a_concept(venue=None, venue_id=None)
    return meeting, a_version(announcement(meeting))


def test_a_place_that_followed_may_be_filled_in():
    meeting, latest = announced_without_place()
    meeting.venue, meeting.venue_id = a_venue(), 1
    meeting.venue.id = 1

    assert wrong(a_draft(meeting, an_item("Opening"), latest=latest)) == []


def test_filling_in_a_place_changes_no_time():
    meeting, latest = announced_without_place()
    meeting.is_digital = True
    meeting.ends_at += timedelta(minutes=30)

    assert wrong(a_draft(meeting, an_item("Opening"), latest=latest)) == [(DateOrPlaceChanged, {})]


def test_a_room_in_use_twice():
    room = Room(name="Kil", venue_id=1)
    items = [an_item("Lunch", room=room), an_item("Borrel", after=0.5, room=room)]

    assert wrong(a_draft(a_concept(), *items)) == [
        (RoomTaken, {"title": "Borrel", "room": "Kil", "other": "Lunch"})
    ]


def test_more_places_than_the_room_has_seats():
    round_, workshop = a_round("Ronde 1", 1)
    workshop.room = Room(name="Kil", venue_id=1, capacity=30)
    workshop.sign_up, workshop.maximum = SignUp.LIMITED, 31

    assert wrong(a_draft(a_concept(), round_, workshop)) == [
        (MaximumAboveRoom, {"title": "Workshop", "room": "Kil", "capacity": 30})
    ]
