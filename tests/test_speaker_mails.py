"""Speakers are told once of what touches the part they speak in, and are on the list to call."""

from __future__ import annotations

import pytest

from kwartaal.db import db
from kwartaal.domain.telling import concerned_by
from kwartaal.mail import compose
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.publication import find_latest
from tests.conftest import NOON
from tests.factories import a_person
from tests.golden import golden
from tests.telling_region import Region
from tests.test_mail import shown


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
        rows = db.session.query(OutboxMail)
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
