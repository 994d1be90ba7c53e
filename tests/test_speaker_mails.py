"""Speakers are told once of what touches the part they speak in, and are on the list to call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from kwartaal.db import db
from kwartaal.domain import moving, publications, registrations
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.meetings import TimeAndPlace
from kwartaal.domain.restoring import restore_item, restore_meeting
from kwartaal.domain.speaking import speakers_to_call
from kwartaal.domain.telling import concerned_by
from kwartaal.mail import compose
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.publication import find_latest
from tests.conftest import NOON
from tests.factories import START, a_person
from tests.golden import golden
from tests.telling_region import Region
from tests.test_mail import shown

Act = Callable[[Region, Meeting, Person], None]


@pytest.fixture
def region(app, save, clock) -> Region:
    """Timo speaks in workshop `one` since version 2."""
    region = Region(app, save, clock)
    region.timo = a_person(first_name="Timo", last_name="Straatsma", email="timo@x.example")
    save(region.timo)
    put(region, region.one)
    region.publish()
    region.forget_mails()
    return region


def put(region: Region, item: ProgrammeItem, **about: object) -> None:
    """Timo in an item of the draft."""
    with region.at_work():
        who = {"name": "Timo Straatsma", "person_id": region.timo.id} | about
        db.session.add(Speaker(item_id=item.id, part="spreker", **who))


def take_off(region: Region) -> None:
    with region.at_work():
        db.session.query(Speaker).delete()


def to_timo(region: Region, kind: MailKind = MailKind.CHANGED) -> str:
    """Headers and text of his mail, composed now."""
    with region.at_work():
        rows = db.session.query(OutboxMail).filter_by(kind=kind, person_id=region.timo.id)
        message = compose(rows.one(), region.clock())
        assert message is not None
        message.replace_header("Message-ID", "<1@x>")
        return shown(message).replace("\xa0", " ")


def facts(text: str) -> list[str]:
    """What is between the lead and the button."""
    return text.split("Dit is voor u anders:\n\n")[1].split("\n\n")[0].splitlines()


def test_another_room_is_told_to_the_speaker(region):
    region.change(region.one, room_id=region.room_id)
    region.publish()

    assert region.mails() == [(who, "changed", "pending") for who in ("Anna", "Bram", "Timo")]
    assert golden("mail/changed_speaker.txt", to_timo(region)) == to_timo(region)


def test_a_part_of_others_is_not(region):
    region.change(region.two, room_id=region.room_id)
    region.change(region.point, minutes=15)
    region.publish()

    assert "Timo" not in [who for who, _kind, _outcome in region.mails()]


def test_who_is_taken_off_is_told(region):
    take_off(region)
    region.publish()

    assert facts(to_timo(region)) == ["Warmte zonder aardgas: u staat hier niet meer als spreker"]


def test_who_is_put_in_a_second_part_is_told(region):
    put(region, region.two)
    region.publish()

    assert facts(to_timo(region)) == [
        "Jeugdhulp dichtbij: u staat hier nu als spreker",
        "U spreekt in: Warmte zonder aardgas, 13.00 tot 14.00 uur",
        "U spreekt in: Jeugdhulp dichtbij, 15.00 tot 16.00 uur",
    ]


def test_who_is_registered_too_gets_one_mail_with_both(region):
    with region.at_work():
        db.session.add(Speaker(item_id=region.two.id, person_id=region.people[0].id, name="Anna Ş"))
    region.change(region.opening, title="Welkom")
    region.publish()

    mails = [who for who, _kind, _outcome in region.mails()]
    assert mails.count("Anna") == 1
    assert "Jeugdhulp dichtbij: u staat hier nu als spreker" in text_to(region, "Anna")
    assert "Samen beginnen" in text_to(region, "Anna")


def text_to(region: Region, name: str) -> str:
    with region.at_work():
        rows = db.session.query(OutboxMail).order_by(OutboxMail.id)
        mail = next(row for row in rows if row.person.first_name == name)
        return shown(compose(mail, region.clock()))


def silent(region: Region) -> list[tuple[str, str | None]]:
    """Whom no mail tells of the version that is published now."""
    region.publish()
    with region.app.app_context():
        people = concerned_by(find_latest(region.meeting.id), NOON.date())
        return [one.to_call for one in people if not one.can_be_mailed]


def test_who_has_no_address_is_to_be_called(region):
    region.change(region.timo, email=None, phone="+31612345678")
    region.change(region.one, room_id=region.room_id)

    assert silent(region) == [("Straatsma, Timo", "+31612345678")]


def test_who_is_only_a_name_is_to_be_called(region):
    put(region, region.two, person_id=None, name="Bo Maas")

    assert silent(region) == [("Bo Maas", None)]


def test_who_may_not_see_the_meeting_is_to_be_called(region):
    region.change(region.meeting, openness=Openness.BESLOTEN)
    region.change(region.one, room_id=region.room_id)

    assert (silent(region), region.mails()) == ([("Straatsma, Timo", None)], [])


def test_the_correction_goes_to_the_speaker_too(region):
    region.change(region.one, room_id=region.room_id)
    number = region.publish()
    region.mark_sent("Timo")
    region.retract(number)

    text = to_timo(region, MailKind.CHANGE_RETRACTED)
    assert "Teruggedraaid: Warmte zonder aardgas: Zaal: geen (was zaal Kil)" in text
    assert "U spreekt in: Warmte zonder aardgas, 13.00 tot 14.00 uur" in text


def move(region: Region, meeting: Meeting, clerk: Person) -> None:
    to = TimeAndPlace(START + timedelta(days=1), START + timedelta(days=1, hours=6), meeting.venue)
    moving.move(meeting, to, clerk, region.clock())


def cancel(region: Region, meeting: Meeting, clerk: Person) -> None:
    publications.cancel(meeting, "IJzel", clerk, region.clock())


def cancel_one(region: Region, _meeting: Meeting, clerk: Person) -> None:
    cancel_item(region.load(region.one), "Ziek", clerk, region.clock())


def restore(region: Region, meeting: Meeting, clerk: Person) -> None:
    restore_meeting(meeting, clerk, region.clock())


def restore_one(region: Region, _meeting: Meeting, clerk: Person) -> None:
    restore_item(region.load(region.one), clerk, region.clock())


SAYS = {
    move: "Deze bijeenkomst is verplaatst. U bent spreker. Kijk of u dan kunt.",
    cancel: "Deze bijeenkomst, waar u spreker zou zijn, gaat niet door.",
    cancel_one: "‘Warmte zonder aardgas’, waar u spreker zou zijn, gaat niet door.",
    restore: "Deze bijeenkomst gaat toch door. U bent weer spreker.",
    restore_one: "‘Warmte zonder aardgas’ gaat toch door. U bent weer spreker.",
}


def do(region: Region, *acts: Act) -> None:
    for act in acts:
        region.clock.pass_(minutes=1)
        with region.at_work():
            act(region, region.load(region.meeting), region.load(region.clerk))
            db.session.execute(update(OutboxMail).values(sent_at=region.clock()))


@pytest.mark.parametrize(
    ("acts", "kinds"),
    [
        ([move], ["moved"]),
        ([cancel], ["cancelled"]),
        ([cancel_one], ["workshop_cancelled"]),
        ([cancel, restore], ["cancelled", "restored"]),
        ([cancel_one, restore_one], ["workshop_cancelled", "workshop_restored"]),
    ],
)
def test_an_act_is_told_to_the_speaker_once(region, acts, kinds):
    do(region, *acts)

    assert [kind for who, kind, _ in region.mails() if who == "Timo"] == kinds
    assert SAYS[acts[-1]] in to_timo(region, MailKind(kinds[-1]))


def test_who_leaves_before_the_mail_goes_reads_it_as_a_speaker(region):
    put(region, region.one, person_id=region.people[0].id, name="Anna Şen")
    region.publish()
    region.forget_mails()
    do(region, move)
    with region.at_work():
        meeting, anna = region.load(region.meeting), region.load(region.people[0])
        registrations.withdraw(meeting, anna, region.clock())

    assert SAYS[move] in text_to(region, "Anna")


def test_who_chose_the_workshop_and_speaks_in_it_gets_one_mail(region):
    put(region, region.one, person_id=region.people[0].id, name="Anna Şen")
    region.publish()
    region.forget_mails()
    do(region, cancel_one)

    assert sorted(region.mails()) == [
        (who, "workshop_cancelled", "sent") for who in ("Anna", "Bram", "Timo")
    ]


def test_a_next_version_does_not_tell_the_speaker_again_that_it_is_off(region):
    do(region, cancel_one)
    region.publish()

    assert [kind for who, kind, _ in region.mails() if who == "Timo"] == ["workshop_cancelled"]


def test_a_version_that_moves_counts_its_mails(region):
    do(region, move)

    assert region.latest().told == 5


def test_what_moved_still_knows_its_speakers(region):
    do(region, move)
    take_off(region)
    region.publish()

    assert facts(to_timo(region)) == ["Warmte zonder aardgas: u staat hier niet meer als spreker"]


def test_speakers_without_mail_are_to_be_called(region):
    put(region, region.two, person_id=None, name="Bo Maas")
    region.change(region.timo, email=None)
    region.publish()

    with region.app.app_context():
        meeting = region.load(region.meeting)
        listed = [speakers_to_call(meeting, NOON, [], item) for item in (None, region.two)]
    assert listed == [[("Straatsma, Timo", None), ("Bo Maas", None)], [("Bo Maas", None)]]
