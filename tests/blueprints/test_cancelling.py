"""Cancelling a meeting at the desk: whom it concerns, what they get, and the act."""

from __future__ import annotations

import pytest

from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Person
from tests.desk_pages import hidden, messages
from tests.factories import a_council_member, a_meeting, an_item
from tests.publishing import cancel, mails, store
from tests.reading import words, words_in
from tests.registrations import a_registration

DESK = "/beheer/bijeenkomsten/maart"
PUBLIC = "/bijeenkomsten/maart/"
CANCEL = f"{DESK}/annuleren/"


@pytest.fixture
def concept(save) -> Meeting:
    meeting = a_meeting(slug="maart", title="Wonen", state=MeetingState.CONCEPT)
    save(meeting)
    return meeting


@pytest.mark.on_both
def test_cancel_says_how_many_people_it_concerns(app, griffie, save):
    meeting, person = a_meeting(slug="maart"), a_council_member()
    store(app, meeting, an_item(meeting), person)
    save(a_registration(meeting, person))

    assert (
        "Er is 1 aanmelding. Wie een e-mailadres heeft, krijgt een mail. U ziet die mail eerst."
    ) in words(griffie, CANCEL)


@pytest.fixture
def two_people(app, save) -> tuple[Meeting, Person]:
    """A meeting for which somebody with an address is registered, and somebody without."""
    meeting, person = a_meeting(slug="maart"), a_council_member()
    silent = a_council_member(last_name="Stil", email=None, phone="+31612345678")
    store(app, meeting, an_item(meeting), person, silent)
    save(a_registration(meeting, person), a_registration(meeting, silent))
    return meeting, person


def look(griffie, reason="De zaal is dicht.", **more):
    return griffie.post(CANCEL, data={"reason": reason} | more)


def confirm(griffie):
    return look(griffie, seen=hidden(look(griffie), "seen"))


def test_looking_at_cancelling_shows_the_mail_and_whom_to_call(app, griffie, state_of, two_people):
    page = words_in(look(griffie))

    assert "2 mensen hebben een plek. Niemand staat op de wachtlijst. Er gaat 1 mail weg." in page
    assert "Deze bijeenkomst gaat niet door. Reden: De zaal is dicht." in page
    assert "Stil, Anna +31 6 12 34 56 78" in page
    assert (state_of(two_people[0]), mails(app)) == (MeetingState.PUBLISHED, [])


@pytest.mark.on_both
def test_cancel_tells_everybody_with_an_address_why(app, client, griffie, state_of, two_people):
    meeting, person = two_people

    response = confirm(griffie)

    assert (response.status_code, response.location) == (303, f"{DESK}/publiceren/")
    assert state_of(meeting) == MeetingState.CANCELLED
    assert mails(app) == [(MailKind.CANCELLED, person.id)]
    assert "De zaal is dicht." in words(client, PUBLIC)


def test_after_cancelling_it_says_how_many_mails_go_and_whom_to_call(griffie, two_people):
    page = griffie.get(confirm(griffie).location)

    assert messages(page) == ["De bijeenkomst is geannuleerd.", "1 mail gaat nu weg."]
    assert "geen e-mailadres hebben. Mensen zonder mail Naam Telefoon Stil, Anna" in words_in(page)


def test_who_registered_since_the_look_is_shown_first(app, griffie, save, state_of, two_people):
    seen = hidden(look(griffie), "seen")
    other = a_council_member()
    save(other)
    save(a_registration(two_people[0], other))

    response = look(griffie, seen=seen)

    assert (response.status_code, state_of(two_people[0])) == (422, MeetingState.PUBLISHED)
    assert "3 mensen hebben een plek." in words_in(response)


@pytest.mark.on_both
def test_without_anybody_cancelling_speaks_of_no_mails(app, griffie):
    store(app, a_meeting(slug="maart"))

    assert messages(griffie.get(confirm(griffie).location)) == ["De bijeenkomst is geannuleerd."]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Vul in waarom de bijeenkomst niet doorgaat."),
        ("  \n ", "Vul in waarom de bijeenkomst niet doorgaat."),
        ("x" * 401, "400"),
    ],
)
def test_cancel_without_a_good_reason_changes_nothing(app, griffie, state_of, reason, sentence):
    meeting = store(app, a_meeting(slug="maart"))

    response = griffie.post(CANCEL, data={"reason": reason})

    assert response.status_code == 422
    assert sentence in response.text
    assert reason.strip() in response.text
    assert state_of(meeting) == MeetingState.PUBLISHED


def test_a_second_click_on_cancel_finds_it_done(app, griffie):
    meeting = store(app, a_meeting(slug="maart"))
    cancel(app, meeting, "De zaal staat onder water.")

    again = griffie.post(CANCEL, data={"reason": "De zaal staat onder water."})

    assert (again.status_code, again.location) == (303, f"{DESK}/publiceren/")


@pytest.mark.on_both
def test_cancel_twice_is_refused(app, griffie):
    meeting = store(app, a_meeting(slug="maart"))
    cancel(app, meeting, "Eerst")

    response = griffie.post(CANCEL, data={"reason": "Opnieuw"})

    assert response.status_code == 422
    assert "De bijeenkomst is al geannuleerd." in response.text


def test_a_concept_is_not_cancelled_but_deleted(griffie, concept):
    response = griffie.post(CANCEL, data={"reason": "Toch niet"})

    assert response.status_code == 422
    assert "Verwijder het als de bijeenkomst niet doorgaat." in response.text
