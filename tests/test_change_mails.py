"""Mails about changes against their golden files, and when they tell nothing any more."""

from __future__ import annotations

import uuid
from datetime import timedelta
from email.message import EmailMessage

import pytest

from kwartaal.db import db
from kwartaal.domain import publications, registrations
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.mail import compose
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail
from tests.factories import a_workshop
from tests.golden import golden, golden_bytes
from tests.telling_region import Region
from tests.test_mail import calendar_part, html, shown

ONE = uuid.UUID(int=1)


@pytest.fixture
def region(app, save, clock) -> Region:
    """Version 2 changed the workshops, the opening and the agenda, a closed point too."""
    region = Region(app, save, clock)
    region.change(region.one, title="Warmte uit <water> & grond", room_id=region.room_id)
    region.add_speaker(region.one, "Tarık Yıldız", "adviseur")
    region.change(region.other, title="Groen op het dak")
    region.change(region.opening, ends_at=region.opening.ends_at - timedelta(minutes=15))
    region.change(region.point, minutes=15)
    region.change(region.closed, text="Canarie", title="Canarie drie")
    region.publish(note="De spreker van de eerste ronde is ziek.")
    return region


def mail_to(region: Region, name: str, kind: MailKind = MailKind.CHANGED) -> EmailMessage | None:
    """The mail of a kind to somebody, composed now."""
    with region.at_work():
        rows = db.session.query(OutboxMail).filter_by(kind=kind)
        mail = next(row for row in rows if row.person.first_name == name)
        message = compose(mail, region.clock())
        if message is not None:
            message.replace_header("Message-ID", f"<{ONE}@127.0.0.1>")
        return message


def read(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def test_mail_about_changes_reads_as_its_golden_file(region):
    message = mail_to(region, "Anna")

    assert (shown(message), html(message)) == (
        golden("mail/changed.txt", shown(message)),
        golden("mail/changed.html", html(message)),
    )


def test_correction_reads_as_its_golden_file(region):
    region.mark_sent("Anna")
    region.retract(2)

    message = mail_to(region, "Anna", MailKind.CHANGE_RETRACTED)

    assert (shown(message), html(message)) == (
        golden("mail/change_retracted.txt", shown(message)),
        golden("mail/change_retracted.html", html(message)),
    )


def test_appointment_of_a_change_is_as_it_was_once_looked_at(region):
    changed = calendar_part(mail_to(region, "Anna")).get_payload(decode=True)
    region.mark_sent("Anna")
    region.retract(2)
    retracted = calendar_part(mail_to(region, "Anna", MailKind.CHANGE_RETRACTED))

    found = {"changed": changed, "change_retracted": retracted.get_payload(decode=True)}
    assert found == {
        name: golden_bytes(f"mail/{name}.ics", content) for name, content in found.items()
    }


def test_nobody_reads_what_is_closed_or_of_others(region):
    texts = [read(mail_to(region, name)) for name in ("Anna", "Bram", "Cem", "Dirk")]

    assert ["Canarie" in text or "dak" in text for text in texts] == [False] * 4
    assert ["Warmte" in text for text in texts] == [True, True, False, False]


def test_the_appointment_goes_along(region):
    attached = list(mail_to(region, "Anna").iter_attachments())

    assert [one.get_filename() for one in attached] == ["bijeenkomst.ics"]


def test_who_waits_can_go_to_choosing_the_second_session(region):
    with region.at_work():
        again = a_workshop(region.load(region.round_two), title="Warmte (tweede sessie)")
        again.repeats = region.one.id
        db.session.add(again)
    region.forget_mails()
    region.publish()

    text = read(mail_to(region, "Bram")).replace("\xa0", " ")
    assert (
        "Warmte (tweede sessie): Nieuw; een tweede sessie van een workshop waarvoor u op de "
        "wachtlijst staat\nDe tweede sessie: Warmte (tweede sessie), 15.00 tot 16.00 uur\n" in text
    )
    assert "Kies de tweede sessie:\nhttp://127.0.0.1:5000/bijeenkomsten/wonen/aanmelden\n" in text


def test_the_agenda_alone_is_linked(region):
    region.forget_mails()
    region.change(region.point, minutes=20)
    region.publish()

    text = read(mail_to(region, "Dirk"))
    assert (
        "Lees de agenda en de stukken:\nhttp://127.0.0.1:5000/bijeenkomsten/wonen/agenda/" in text
    )
    own = "http://127.0.0.1:5000/mijn/aanmeldingen/wonen"
    assert f"Uw aanmelding bekijkt of wijzigt u hier: {own}" in text


def test_the_correction_says_that_a_cancelled_workshop_stays_off(region):
    region.mark_sent("Anna")
    with region.at_work():
        clerk = region.load(region.clerk)
        cancel_item(region.load(region.one), "Ziek", clerk, region.clock())
    region.retract(2)

    text = read(mail_to(region, "Anna", MailKind.CHANGE_RETRACTED))
    assert "‘Warmte zonder aardgas’ gaat nog steeds niet door.\n" in text


def test_a_fact_that_ends_in_a_question_mark_has_no_colon_behind_it(region):
    region.forget_mails()
    region.change(region.opening, title="Wat nu?")
    region.publish()

    assert "\nWat nu? Titel: ‘Wat nu?’" in read(mail_to(region, "Dirk"))


def test_a_later_version_leaves_the_mail_about_this_one_as_it_was(region):
    region.change(region.opening, title="Welkom")
    region.publish(tells=False)

    assert "Titel" not in read(mail_to(region, "Dirk"))


def test_nothing_is_told_of_a_version_that_was_retracted(region):
    region.claim("Anna", region.clock() + timedelta(minutes=4))
    region.retract(2)

    assert mail_to(region, "Anna") is None


def test_no_correction_for_a_mail_that_was_not_sent_after_all(region):
    region.claim("Dirk", region.clock() + timedelta(minutes=4))
    region.retract(2)

    assert mail_to(region, "Dirk", MailKind.CHANGE_RETRACTED) is None


def test_who_left_meanwhile_is_not_told(region):
    with region.at_work():
        person = region.load(region.people[0])
        registrations.withdraw(region.load(region.meeting), person, region.clock())

    assert mail_to(region, "Anna") is None


def test_a_cancelled_meeting_tells_no_changes(region):
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        publications.cancel(meeting, "IJzel", clerk, region.clock())

    assert mail_to(region, "Anna") is None


def test_what_was_closed_since_is_not_told(region):
    region.change(region.point, openness=Openness.BESLOTEN)

    assert "15 minuten" not in read(mail_to(region, "Anna"))


def test_who_may_not_see_the_meeting_any_more_is_not_mailed(region):
    region.change(region.meeting, openness=Openness.BESLOTEN)

    assert mail_to(region, "Anna") is None
