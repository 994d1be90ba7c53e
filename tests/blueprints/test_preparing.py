"""The desk's pages about meetings: list, new, data, registering, delete."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingSlug, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Role
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from tests.desk_pages import hidden, key, messages, moment, problems, shown
from tests.factories import (
    START,
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_round,
    a_series,
    a_venue,
    a_workshop,
    an_item,
    staff,
)
from tests.publishing import cancel, change, publish, store

LIST = "/beheer/bijeenkomsten/"
NEW = f"{LIST}nieuw/"


@pytest.fixture
def clerk(save):
    person = staff()
    save(person)
    return person


@pytest.fixture
def desk(clerk, browser_of):
    return browser_of(clerk)


@pytest.fixture
def organiser(save, browser_of):
    person = staff(Role.ORGANISATOR)
    save(person)
    return browser_of(person)


@pytest.fixture
def region(save):
    """The one series, and a venue."""
    series, venue = a_series(name="Kwartaalbijeenkomsten"), a_venue(slug="gemeentehuis")
    save(series, venue)
    return series


@pytest.fixture
def concept(save):
    meeting = a_meeting(
        state=MeetingState.CONCEPT,
        title="Wonen",
        slug="wonen-2027-03-23",
        venue=a_venue(slug="hier"),
    )
    save(meeting, a_venue(slug="elders"))
    return meeting


def page_of(meeting, part=""):
    return f"{LIST}{meeting.slug}/{part}"


def typed(**changes):
    """A form that is right, for a meeting of six hours in June."""
    values = {
        "key": key(),
        "title": "Wonen aan het water",
        **moment("starts_at", "2027-06-15 12:00"),
        **moment("ends_at", "2027-06-15 18:00"),
        "venue": "gemeentehuis",
        "introduction": "",
        "note": "",
        "organiser_email": "",
    }
    return values | changes


def data_of(meeting, **changes):
    """What the page of a concept shows, as the browser sends it back."""
    values = {
        "title": meeting.title,
        **moment("starts_at", meeting.starts_at),
        **moment("ends_at", meeting.ends_at),
        "venue": "hier",
        "introduction": meeting.introduction,
        "note": meeting.note,
        "organiser_email": meeting.organiser_email or "",
    }
    return values | changes


def stored(app, meeting=None):
    """The meeting as the database has it now; without one, the only one."""
    with app.app_context():
        wanted = sa.select(Meeting)
        if meeting is not None:
            wanted = wanted.where(Meeting.id == meeting.id)
        found = db.session.scalars(wanted).one_or_none()
        if found is not None:
            assert found.series and found.audiences is not None
            assert found.venue is None or found.venue.slug
        return found


def count(app):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Meeting))


def test_new_makes_a_concept_with_the_usual_terms(app, desk, region):
    answer = desk.post(NEW, data=typed())

    meeting = stored(app)
    noon = datetime(2027, 6, 14, 10, tzinfo=UTC)
    assert (answer.status_code, answer.location) == (303, page_of(meeting))
    assert (meeting.state, meeting.slug) == (MeetingState.CONCEPT, "wonen-aan-het-water-2027-06-15")
    assert meeting.starts_at == datetime(2027, 6, 15, 10, tzinfo=UTC)
    assert meeting.openness == Openness.OPENBAAR
    assert meeting.admitted == frozenset(Audience)
    assert (meeting.registration_opens_at, meeting.registration_closes_at) == (None, noon)
    assert meeting.promotes_until == noon


@pytest.mark.on_both
def test_new_sent_twice_is_one_meeting(app, desk, region):
    form = typed()
    first = desk.post(NEW, data=form)

    second = desk.post(NEW, data=form)

    assert (second.status_code, second.location) == (303, first.location)
    assert count(app) == 1


def test_new_with_a_title_and_day_that_exist_gets_a_number(app, desk, region):
    desk.post(NEW, data=typed())

    answer = desk.post(NEW, data=typed())

    assert answer.location == f"{LIST}wonen-aan-het-water-2027-06-15-2/"


WRONG = [
    ({"title": " "}, "Titel: Vul een titel in."),
    (
        {"title": "a" * 161},
        "Titel: Gebruik niet meer dan 160 tekens. Nu zijn het er 161.",
    ),
    ({"title": "a\nb"}, "Titel: Gebruik hier één regel, zonder enters."),
    (moment("starts_at", ""), "Begin: Vul in wanneer de bijeenkomst begint."),
    (moment("starts_at", "2027-06-31 12:00"), "Begin: Deze datum bestaat niet."),
    (
        moment("starts_at", "2027-03-28 02:30"),
        "Begin: Deze tijd bestaat niet: op zondag 28 maart 2027 gaat de klok van 2.00 naar"
        " 3.00 uur.",
    ),
    (moment("ends_at", "2027-06-15 12:00"), "Einde: Het einde moet na het begin liggen."),
    (
        moment("ends_at", "2027-06-25 12:00"),
        "Einde: Een bijeenkomst duurt hoogstens 7 dagen. Kijk de datums na.",
    ),
    ({"venue": "nergens"}, "Locatie: Deze keuze bestaat niet. Kies uit de lijst."),
    (
        {"note": "a" * 401},
        "Opmerking bij de datum: Gebruik niet meer dan 400 tekens. Nu zijn het er 401.",
    ),
]


def test_new_says_what_is_wrong_with_each_field_and_stores_nothing(app, desk, region):
    answers = [desk.post(NEW, data=typed(**changes)) for changes, _sentence in WRONG]

    assert [problems(answer) for answer in answers] == [[sentence] for _changes, sentence in WRONG]
    assert {answer.status_code for answer in answers} == {422}
    assert count(app) == 0


@pytest.mark.on_both
def test_a_day_that_is_over_is_refused_once_it_is_chosen(
    app, clock, clerk, desk, browser_of, region
):
    past = {**moment("starts_at", "2026-06-15 12:00"), **moment("ends_at", "2026-06-15 18:00")}
    refused = desk.post(NEW, data=typed(**past))
    desk.post(NEW, data=typed())
    meeting = stored(app)
    to_past = desk.post(page_of(meeting, "gegevens/"), data=typed(**past))
    clock.pass_(days=300)
    later = browser_of(clerk)
    kept = later.post(page_of(meeting, "gegevens/"), data=typed(note="Het ging niet door."))

    said = ["Begin: Dit tijdstip is al voorbij. Kies een later begin."]
    assert (problems(refused), problems(to_past)) == (said, said)
    assert (kept.status_code, stored(app).note) == (303, "Het ging niet door.")


@pytest.mark.on_both
def test_new_keeps_strange_titles_as_they_were_typed(app, desk, region):
    strange = ["🎉 Feest", "=1+1", "<script>alert(1)</script>", "a" * 160]

    for title in strange:
        desk.post(NEW, data=typed(title=title))

    with app.app_context():
        kept = db.session.scalars(sa.select(Meeting).order_by(Meeting.id)).all()
    assert [meeting.title for meeting in kept] == strange
    assert [shown(desk.get(page_of(m, "gegevens/")), "title") for m in kept] == strange


def test_new_keeps_what_was_typed_after_a_mistake(desk, region):
    answer = desk.post(NEW, data=typed(title="", introduction="Voor <iedereen>"))

    assert shown(answer, "introduction") == "Voor <iedereen>"


def test_new_of_a_body_is_as_closed_as_its_series(app, save, clerk, desk):
    body = a_body(name="Bestuurlijke spiegelgroep")
    save(
        a_membership(clerk, body),
        a_series(slug="spiegelgroep", body=body, openness=Openness.BESLOTEN),
        a_venue(slug="gemeentehuis"),
    )

    desk.post(f"{NEW}?reeks=spiegelgroep", data=typed(openness="besloten"))

    meeting = stored(app)
    assert (meeting.openness, meeting.slug) == (
        Openness.BESLOTEN,
        "bestuurlijke-spiegelgroep-2027-06-15",
    )
    assert (meeting.admitted, meeting.registration_closes_at) == (frozenset(), None)


@pytest.mark.on_both
def test_new_of_a_body_one_is_no_member_of_does_not_exist(save, desk, region):
    save(a_series(slug="spiegelgroep", name="Geheime reeks", body=a_body()))

    page = desk.get(f"{NEW}?reeks=spiegelgroep")

    assert "Geheime reeks" not in page.text


def test_an_openness_without_a_body_cannot_be_smuggled_in(app, desk, region):
    desk.post(NEW, data=typed(openness="besloten"))

    assert stored(app).openness == Openness.OPENBAAR


def test_edit_of_a_concept_changes_title_and_address(app, desk, concept):
    answer = desk.post(page_of(concept, "gegevens/"), data=data_of(concept, title="Werken"))

    meeting = stored(app, concept)
    assert answer.location == f"{LIST}werken-2027-03-23/gegevens/"
    assert (meeting.title, meeting.slug) == ("Werken", "werken-2027-03-23")


def test_page_that_another_clerk_has_open_leads_on_after_a_new_title(app, desk, concept):
    desk.post(page_of(concept, "gegevens/"), data=data_of(concept, title="Werken"))

    answer = desk.get(page_of(concept), follow_redirects=True)

    assert (answer.status_code, "Werken" in answer.text) == (200, True)


@pytest.mark.on_both
def test_edit_of_a_concept_to_another_day_takes_the_programme_along(app, save, desk, concept):
    item = an_item(concept, starts_at=START + timedelta(hours=1))
    save(item)
    later = {
        **moment("starts_at", "2027-03-30 12:00"),
        **moment("ends_at", "2027-03-30 18:00"),
    }

    desk.post(page_of(concept, "gegevens/"), data=data_of(concept, **later))

    page = desk.get(f"{LIST}wonen-2027-03-30/programma/")
    assert "13.00–14.00" in page.text


def test_edit_that_leaves_an_item_outside_says_which(app, save, desk, concept):
    save(an_item(concept, title="Borrel", starts_at=START + timedelta(hours=5)))

    answer = desk.post(
        page_of(concept, "gegevens/"),
        data=data_of(concept, **moment("ends_at", START + timedelta(hours=5))),
    )

    assert problems(answer) == ["Einde: ‘Borrel’ valt buiten de tijd van de bijeenkomst."]
    assert stored(app, concept).ends_at == concept.ends_at


def test_edit_to_another_venue_says_how_many_rooms_are_lost(app, save, desk):
    here = a_venue(slug="hier")
    meeting = a_meeting(state=MeetingState.CONCEPT, slug="wonen-2027-03-23", venue=here)
    save(a_venue(slug="elders"), an_item(meeting, room=here.rooms[0]))

    answer = desk.post(
        page_of(meeting, "gegevens/"), data=data_of(meeting, venue="elders"), follow_redirects=True
    )

    assert messages(answer) == [
        "De gegevens zijn bewaard.",
        "1 onderdeel heeft nu geen zaal meer.",
    ]
    assert stored(app, meeting).venue.slug == "elders"


def test_date_and_place_of_a_published_meeting_are_not_asked_and_not_taken(app, desk):
    meeting = store(app, a_meeting(title="Wonen"))

    page = desk.get(page_of(meeting, "gegevens/"))
    desk.post(
        page_of(meeting, "gegevens/"),
        data=typed(title="Wonen", openness="openbaar"),
    )

    assert 'name="starts_at-date"' not in page.text
    assert stored(app, meeting).starts_at == meeting.starts_at


STREAM = "https://stream.example.org/wonen"


def test_an_online_address_is_on_the_page_once_it_is_published(app, desk, client):
    meeting = store(app, a_meeting(title="Wonen", slug="wonen"))
    data = {"title": "Wonen", "introduction": "", "note": "", "online_address": STREAM}

    desk.post(page_of(meeting, "gegevens/"), data=data)
    before = client.get("/bijeenkomsten/wonen/").text
    publish(app, meeting)
    after = client.get("/bijeenkomsten/wonen/").text

    assert (STREAM in before, f'href="{STREAM}"' in after) == (False, True)
    assert shown(desk.get(page_of(meeting, "gegevens/")), "online_address") == STREAM


def test_an_online_address_that_is_none_is_refused(app, desk, concept):
    answer = desk.post(
        page_of(concept, "gegevens/"), data=data_of(concept, online_address="http://x.example")
    )

    assert problems(answer) == [
        "Adres om online mee te doen of te kijken: Dit adres klopt niet. "
        "Bijvoorbeeld: https://www.voorbeeld.nl/uitzending"
    ]


def test_the_database_keeps_no_address_but_https(app, concept):
    with app.app_context(), pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.update(Meeting).values(online_address="javascript:alert(1)"))


@pytest.mark.on_both
def test_the_organiser_of_a_meeting_has_an_address(app, desk, concept):
    data = data_of(concept, organiser_email="Organisator@X.example")

    desk.post(page_of(concept, "gegevens/"), data=data)

    assert stored(app, concept).organiser_email == "organisator@x.example"
    assert "organisator@x.example" in desk.get(page_of(concept)).text


def test_the_address_of_the_organiser_stays_once_somebody_is_registered(app, desk):
    meeting = store(app, a_meeting(title="Wonen", taken=1, organiser_email="een@x.example"))
    data = {"title": "Wonen", "introduction": "", "note": "", "organiser_email": "twee@x.example"}

    answer = desk.post(page_of(meeting, "gegevens/"), data=data)

    assert (answer.status_code, problems(answer)) == (
        422,
        [
            "E-mailadres van de organisator: Er zijn al mensen aangemeld. Dit adres staat bij de "
            "afspraak in hun agenda en kan niet meer veranderen."
        ],
    )
    assert stored(app, meeting).organiser_email == "een@x.example"


def test_a_new_title_of_a_published_meeting_waits_for_the_next_version(app, desk, client):
    meeting = store(app, a_meeting(title="Wonen", slug="wonen"))

    answer = desk.post(
        page_of(meeting, "gegevens/"),
        data={"title": "Geheim plan", "introduction": "", "note": ""},
        follow_redirects=True,
    )

    assert messages(answer) == [
        "De gegevens zijn bewaard.",
        "Bezoekers zien dit pas als u opnieuw publiceert.",
    ]
    assert "Er zijn wijzigingen die nog niet gepubliceerd zijn." in answer.text
    assert stored(app, meeting).slug == "wonen"
    assert "Geheim plan" not in client.get("/bijeenkomsten/wonen/").text


@pytest.mark.on_both
def test_publishing_a_new_title_moves_the_address_and_the_old_one_leads_there(app, desk, client):
    meeting = store(app, a_meeting(title="Wonen", slug="wonen"))
    desk.post(
        page_of(meeting, "gegevens/"), data={"title": "Werken", "introduction": "", "note": ""}
    )

    publish(app, meeting)

    new = "/bijeenkomsten/werken-2027-03-23/"
    old = client.get("/bijeenkomsten/wonen/")
    assert (old.status_code, old.location) == (308, new)
    assert client.get(new).status_code == 200
    assert desk.get(f"{LIST}wonen/").status_code == 200


@pytest.mark.on_both
def test_a_published_meeting_that_closes_loses_the_title_from_its_address(app, save, clerk, desk):
    body = a_body(name="Spiegelgroep")
    save(a_membership(clerk, body))
    series = a_series(body=body, openness=Openness.BESLOTEN)
    meeting = store(app, a_meeting(title="Geheim plan", slug="geheim-plan", series=series))
    revision = stored(app, meeting).calendar_revision

    desk.post(
        page_of(meeting, "gegevens/"),
        data={"title": "Geheim plan", "introduction": "", "note": "", "openness": "besloten"},
    )

    now = stored(app, meeting)
    assert (now.slug, now.openness) == ("spiegelgroep-2027-03-23", Openness.BESLOTEN)
    assert now.calendar_revision == revision + 1
    with app.app_context():
        assert db.session.get(MeetingSlug, "geheim-plan").meeting_id == meeting.id


def test_only_the_griffie_opens_what_is_announced(app, save, organiser):
    meeting = store(app, a_meeting(series=a_series(body=a_body())))

    page = organiser.get(page_of(meeting, "gegevens/"))
    organiser.post(
        page_of(meeting, "gegevens/"),
        data={"title": "Titel", "introduction": "", "note": "", "openness": "besloten"},
    )

    assert 'name="openness"' not in page.text
    assert stored(app, meeting).openness == Openness.OPENBAAR


def test_a_cancelled_meeting_stays_as_it_was(app, desk):
    meeting = store(app, a_meeting(title="Wonen"))
    cancel(app, meeting, "Storm")

    answer = desk.post(
        page_of(meeting, "gegevens/"), data={"title": "Anders", "introduction": "", "note": ""}
    )

    assert problems(answer) == ["De bijeenkomst is geannuleerd. Wijzigen kan niet meer."]
    assert stored(app, meeting).title == "Wonen"


def test_two_clerks_who_change_different_fields_both_win(app, desk, concept):
    seen = hidden(desk.get(page_of(concept, "gegevens/")), "seen")
    desk.post(page_of(concept, "gegevens/"), data=data_of(concept, note="Van Anna", seen=seen))

    desk.post(
        page_of(concept, "gegevens/"), data=data_of(concept, introduction="Van Bert", seen=seen)
    )

    meeting = stored(app, concept)
    assert (meeting.note, meeting.introduction) == ("Van Anna", "Van Bert")


def test_the_second_of_two_clerks_sees_both_values_and_chooses(app, desk, concept):
    seen = hidden(desk.get(page_of(concept, "gegevens/")), "seen")
    desk.post(page_of(concept, "gegevens/"), data=data_of(concept, note="Van Anna", seen=seen))

    second = data_of(concept, note="Van Bert", seen=seen)
    answer = desk.post(page_of(concept, "gegevens/"), data=second)
    again = desk.post(page_of(concept, "gegevens/"), data=second | {"seen": hidden(answer, "seen")})

    assert (answer.status_code, problems(answer)) == (
        422,
        [
            "Opmerking bij de datum: Iemand anders maakte hiervan: ‘Van Anna’."
            " Kies wat het moet zijn en bewaar opnieuw."
        ],
    )
    assert shown(answer, "note") == "Van Bert"
    assert (again.status_code, stored(app, concept).note) == (303, "Van Bert")


def terms(**changes):
    values = {
        "audiences": ["raad", "college"],
        "maximum": "80",
        **moment("registration_opens_at", "2027-03-01 09:00"),
        **moment("registration_closes_at", "2027-03-20 12:00"),
        **moment("promotes_until", "2027-03-22 12:00"),
    }
    return values | changes


def test_terms_are_kept(app, desk, concept):
    answer = desk.post(page_of(concept, "aanmelden/"), data=terms())

    meeting = stored(app, concept)
    assert (answer.status_code, meeting.maximum) == (303, 80)
    assert meeting.admitted == {Audience.RAAD, Audience.COLLEGE}
    assert meeting.registration_opens_at == datetime(2027, 3, 1, 8, tzinfo=UTC)


WRONG_TERMS = [
    (
        {"audiences": []},
        "Wie mogen zich aanmelden? Mensen kunnen zich aanmelden, maar er is nog geen"
        " doelgroep gekozen.",
    ),
    (
        {"audiences": ["iedereen"]},
        "Wie mogen zich aanmelden? Deze keuze bestaat niet. Kies uit de lijst.",
    ),
    ({"maximum": "0"}, "Plekken in totaal: Vul een getal in van 1 tot en met 100.000."),
    ({"maximum": "veel"}, "Plekken in totaal: Vul een heel getal in. Bijvoorbeeld: 30"),
    (
        moment("registration_closes_at", "2027-03-01 09:00"),
        "Aanmelden sluit: Aanmelden moet sluiten nadat het opengaat.",
    ),
    (
        moment("registration_closes_at", "2027-03-23 12:01"),
        "Aanmelden sluit: Aanmelden sluit op zijn laatst als de bijeenkomst begint.",
    ),
    (
        moment("registration_closes_at", ""),
        "Aanmelden sluit: Mensen kunnen zich aanmelden, maar nog niet tot wanneer. Vul dat in.",
    ),
    (
        moment("promotes_until", "2027-03-23 12:01"),
        "Doorschuiven van de wachtlijst stopt: Doorschuiven stopt op zijn laatst als de"
        " bijeenkomst begint.",
    ),
]


def test_terms_say_what_is_wrong_with_each_and_change_nothing(app, desk, concept):
    page = page_of(concept, "aanmelden/")
    answers = [desk.post(page, data=terms(**changes)) for changes, _sentence in WRONG_TERMS]

    expected = [[sentence] for _changes, sentence in WRONG_TERMS]
    assert [problems(answer) for answer in answers] == expected
    assert {answer.status_code for answer in answers} == {422}
    assert stored(app, concept).registration_closes_at == concept.registration_closes_at


def a_full_meeting(app, save):
    """One place, taken; a second person waits with a wish."""
    meeting = a_meeting(maximum=1)
    workshop = a_workshop(a_round(meeting), 5)
    first, second = a_council_member(), a_council_member()
    store(app, meeting, workshop, first, second)
    now = START - timedelta(days=14)
    placed = Registration(
        meeting_id=meeting.id,
        person_id=first.id,
        state=RegistrationState.PLACED,
        changed_at=now,
        created_at=now,
    )
    waiting = Registration(
        meeting_id=meeting.id,
        person_id=second.id,
        state=RegistrationState.WAITING,
        seq=1,
        changed_at=now,
        created_at=now,
    )
    save(placed, waiting)
    wish = Choice(
        registration_id=waiting.id,
        meeting_id=meeting.id,
        item_id=workshop.id,
        round_id=workshop.round_id,
        state=ChoiceState.WISH,
        changed_at=now,
    )
    save(wish)
    change(app, Meeting, meeting.id, taken=1, waiting=1, next_seq=1)
    return meeting


@pytest.mark.on_both
def test_a_higher_maximum_gives_who_waits_a_place(app, save, desk):
    meeting = a_full_meeting(app, save)

    desk.post(page_of(meeting, "aanmelden/"), data=terms(maximum="2"))

    now = stored(app, meeting)
    assert (now.maximum, now.taken, now.waiting) == (2, 2, 0)
    with app.app_context():
        assert db.session.scalars(sa.select(Choice.state)).all() == [ChoiceState.PLACED]


@pytest.mark.on_both
def test_a_maximum_below_who_is_placed_is_refused(app, save, desk):
    meeting = a_full_meeting(app, save)
    change(app, Meeting, meeting.id, maximum=3, taken=2)

    answer = desk.post(page_of(meeting, "aanmelden/"), data=terms(maximum="1"))

    assert problems(answer) == [
        "Plekken in totaal: Er zijn al 2 plekken bezet. Kies een maximum van 2 of meer."
    ]
    assert stored(app, meeting).maximum == 3


@pytest.mark.on_both
def test_delete_takes_a_concept_with_everything_in_it(app, save, desk, concept):
    round_ = a_round(concept)
    save(round_, a_workshop(round_))

    answer = desk.post(page_of(concept, "verwijderen"), follow_redirects=True)

    assert messages(answer) == ["Het concept is verwijderd."]
    assert stored(app, concept) is None
    assert desk.post(page_of(concept, "gegevens/"), data=typed()).status_code == 404


def test_delete_of_what_is_published_says_why_not(app, desk):
    meeting = store(app, a_meeting())

    answer = desk.post(page_of(meeting, "verwijderen"), follow_redirects=True)

    assert messages(answer) == ["De bijeenkomst is geen concept meer."]
    assert stored(app, meeting) is not None


def titles(answer):
    return re.findall(r'class="kw-table__name"><a[^>]*>([^<]*)</a>', answer.text)


@pytest.mark.on_both
def test_index_shows_what_comes_and_what_was(save, desk):
    day = timedelta(days=1)
    save(
        a_meeting(title="Later", starts_at=START + 30 * day, state=MeetingState.CONCEPT),
        a_meeting(title="Eerst"),
        a_meeting(title="Toen", starts_at=START - 60 * day),
        a_meeting(title="Eerder", starts_at=START - 90 * day),
    )

    assert titles(desk.get(LIST)) == ["Eerst", "Later"]
    assert titles(desk.get(f"{LIST}?toon=concept")) == ["Later"]
    assert titles(desk.get(f"{LIST}?toon=geweest")) == ["Toen", "Eerder"]
    assert titles(desk.get(f"{LIST}?toon=onzin&pagina=x")) == ["Eerst", "Later"]
    assert titles(desk.get(f"{LIST}?pagina={9**40}")) == []


def test_a_clerk_sees_closed_meetings_of_the_own_bodies_only(save, clerk, desk):
    own, other = a_body(), a_body()
    closed = {"openness": Openness.BESLOTEN}
    mine = a_meeting(title="Van ons", series=a_series(body=own), **closed)
    theirs = a_meeting(title="Van hen", series=a_series(body=other), **closed)
    save(a_membership(clerk, own), mine, theirs)

    assert titles(desk.get(LIST)) == ["Van ons"]
    assert desk.get(page_of(mine)).status_code == 200
    for part in ("", "gegevens/", "programma/", "agenda/", "aanmelden/"):
        assert desk.get(page_of(theirs, part)).status_code == 404


@pytest.mark.on_both
@pytest.mark.parametrize("role", [Role.BEHEERDER, None])
def test_without_the_permission_there_are_no_such_pages(save, browser_of, concept, role):
    person = staff(role) if role else a_council_member()
    save(person)
    browser = browser_of(person)

    for path in (LIST, NEW, page_of(concept), page_of(concept, "gegevens/")):
        assert browser.get(path).status_code == 404
    assert browser.post(page_of(concept, "verwijderen")).status_code == 404


def test_signed_out_one_is_led_to_sign_in(client):
    answer = client.get(LIST)

    assert answer.location.startswith("/inloggen")


@pytest.mark.on_both
def test_a_form_without_the_token_is_refused(make_app, concept):
    browser = make_app().test_client()

    assert browser.post(page_of(concept, "gegevens/"), data=data_of(concept)).status_code == 400


@pytest.mark.on_both
def test_index_asks_as_much_of_the_database_for_one_meeting_as_for_many(save, desk, count_queries):
    save(a_meeting())
    desk.get(LIST)
    few = count_queries(lambda: desk.get(LIST))
    save(*(a_meeting() for _ in range(6)))

    assert count_queries(lambda: desk.get(LIST)) == few


@pytest.mark.on_both
def test_pages_ask_as_much_of_the_database_for_a_long_programme(save, desk, concept, count_queries):
    pages = [page_of(concept, part) for part in ("", "gegevens/", "aanmelden/")]
    round_ = a_round(concept)
    save(round_, a_workshop(round_))
    few = [count_queries(lambda path=path: desk.get(path)) for path in pages]
    another = a_round(concept, 3)
    save(another, *(a_workshop(another) for _ in range(6)))

    assert [count_queries(lambda path=path: desk.get(path)) for path in pages] == few
