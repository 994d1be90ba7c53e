"""Whom a version is told to, seen and chosen at the desk; and publishing at a set moment."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from kwartaal import worker
from kwartaal.domain import moving
from kwartaal.domain.meetings import TimeAndPlace
from kwartaal.models.person import Role
from kwartaal.models.planned_publication import PlannedPublication
from tests.conftest import NOON
from tests.desk_pages import hidden, moment, press_publish, problems
from tests.factories import staff
from tests.reading import words
from tests.telling_region import Region

DESK = "/beheer/bijeenkomsten/wonen-energie-2027-03-23/publiceren/"
LATER = DESK + "later/"
HELD = "UPDATE meeting SET next_seq"  # how a meeting's row is taken
AT = NOON + timedelta(minutes=20)


@pytest.fixture
def region(app, save, clock) -> Region:
    region = Region(app, save, clock)
    region.change(region.meeting, slug="wonen-energie-2027-03-23")
    region.change(region.one, title="Warmte uit water")
    return region


@pytest.fixture
def griffie(region, browser_of) -> FlaskClient:
    return browser_of(region.clerk)


def test_the_page_shows_how_many_mails_go(griffie):
    shown = words(griffie, DESK)

    assert "2 mails gaan dan weg." in shown
    assert "Vertel het: stuur een mail Niet versturen" in shown


def test_the_page_counts_who_has_no_address(region, griffie):
    region.change(region.people[0], email=None)

    shown = words(griffie, DESK)

    assert "1 mail gaat dan weg." in shown
    assert "1 persoon krijgt geen mail, bijvoorbeeld zonder e-mailadres." in shown


@pytest.mark.on_both
def test_the_page_counts_who_reads_it_in_the_daily_mail(region, griffie):
    region.change(region.people[0], wants_digest=True)

    before = words(griffie, DESK)
    press_publish(griffie, DESK)

    assert "1 mail gaat dan weg. 1 persoon leest het in de dagelijkse mail van 17.00 uur." in before
    after = words(griffie, DESK)
    assert "1 mail gaat nu weg." in after
    assert "1 persoon leest het in de dagelijkse mail." in after


@pytest.mark.on_both
def test_every_mail_can_be_read_beforehand_with_who_gets_it(region, griffie):
    region.change(region.opening, title="Welkom")

    shown = words(griffie, DESK + "mail/")

    assert "Er gaan 4 mails weg." in shown
    mails = shown.split("Mail ")[1:]
    assert [mail.split(" Gewijzigd: ")[0] for mail in mails] == [
        "1 gaat naar 2 mensen Anna Şen, Bram Şen",
        "2 gaat naar 2 mensen Cem Şen, Dirk Şen",
    ]
    titles = "Titel: ‘Warmte uit water’ (was ‘Warmte zonder aardgas’)"
    assert [titles in mail for mail in mails] == [True, False]
    assert region.mails() == []


def test_who_gets_no_mail_is_listed_beforehand(region, griffie):
    region.change(region.people[0], email=None, phone="+31612345678")

    assert "Mensen zonder mail Naam Telefoon Şen, Anna" in words(griffie, DESK + "mail/")


def test_after_publishing_it_says_whom_to_call(region, griffie):
    region.change(region.people[0], email=None, phone="+31612345678")
    before = words(griffie, DESK)
    press_publish(griffie, DESK)

    after = words(griffie, DESK)
    assert "Wie u kunt bellen" not in before
    assert "Wie u kunt bellen over versie 2 Deze mensen kregen geen mail" in after
    assert "Mensen zonder mail Naam Telefoon Şen, Anna" in after


@pytest.mark.parametrize(
    ("to", "page"),
    [("voorbeeld", "../voorbeeld/"), ("mails", "mail/"), ("later", "later/")],
)
def test_what_is_typed_is_there_again_after_looking(griffie, to, page):
    typed = {"naar": to, "note": "Let op.", "tells": "niet"}

    answer = griffie.post(DESK + "bekijken/", data=typed)

    assert answer.location == urljoin(DESK, page)
    form = griffie.get(DESK).text
    radios = re.findall(r'<input[^>]*name="tells"[^>]*>', form)
    assert "Let op.</textarea>" in form
    assert ["checked" in radio for radio in radios] == [False, True]


def test_what_was_typed_is_gone_once_it_is_published(griffie):
    griffie.post(DESK + "bekijken/", data={"naar": "mails", "note": "Let op.", "tells": "niet"})
    read = words(griffie, DESK + "mail/")
    press_publish(griffie, DESK)

    assert "De griffie zegt hierover: Let op." in read
    assert "Let op.</textarea>" not in griffie.get(DESK).text


def test_without_mails_there_is_none_to_read(region, griffie):
    region.publish()

    assert griffie.get(DESK + "mail/").status_code == 404


def test_telling_is_the_rule(region, griffie):
    press_publish(griffie, DESK)

    assert region.mails() == [("Anna", "changed", "pending"), ("Bram", "changed", "pending")]
    shown = words(griffie, DESK)
    assert "2 mails gaan nu weg." in shown
    assert "2 mails klaargezet" in shown


def test_mails_of_a_retracted_version_are_not_counted(region, griffie):
    griffie.post(DESK)
    griffie.post(DESK + "intrekken/", data={"number": "2"})

    assert "klaargezet" not in words(griffie, DESK)


def test_the_page_about_retracting_counts_the_mails_beforehand(region, griffie):
    press_publish(griffie, DESK)
    region.mark_sent("Anna")

    shown = words(griffie, DESK + "intrekken/")

    assert "1 mail is nog niet weg en gaat niet meer weg." in shown
    assert "1 persoon kreeg al een mail en krijgt een mail met wat weer is" in shown


def test_after_retracting_the_mails_that_went_are_counted(region, griffie):
    press_publish(griffie, DESK)
    region.mark_sent("Anna")
    griffie.post(DESK + "intrekken/", data={"number": "2"})

    shown = words(griffie, DESK)
    assert "1 mail was al weg" in shown
    assert "1 mail met een correctie klaargezet" in shown


def test_what_moved_the_meeting_is_not_offered_for_retracting(region, griffie):
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        day = timedelta(days=1)
        to = TimeAndPlace(meeting.starts_at + day, meeting.ends_at + day, meeting.venue)
        moving.move(meeting, to, clerk, region.clock())
        desk = f"/beheer/bijeenkomsten/{meeting.slug}/publiceren/"

    page, refusal = griffie.get(desk).text, griffie.get(desk + "intrekken/").text

    assert "Versie 2 kunt u niet intrekken. Met deze versie is de bijeenkomst verplaatst." in page
    assert "Trek de versie in" not in page
    assert ("/verplaatsen/" in refusal, "Bezoekers zien weer" in refusal) == (True, False)


def test_keeping_quiet_is_shown_with_who_and_when(region, griffie):
    press_publish(griffie, DESK, tells="niet")

    assert region.mails() == []
    shown = words(griffie, DESK)
    assert "Versie 2 woensdag 10 maart 2027, 12.00 uur Griet Griffie" in shown
    assert "Niet verstuurd: 2 mensen weten het niet" in shown


def test_something_else_is_refused(region, griffie):
    answer = press_publish(griffie, DESK, tells="misschien")

    assert (answer.status_code, region.latest().number) == (422, 1)


def a_plan(griffie, at=AT, **fields: str) -> dict[str, str]:
    return moment("publish_at", at) | {"seen": hidden(griffie.get(LATER), "seen")} | fields


@pytest.mark.on_both
def test_plan_publishes_what_was_on_the_page(region, griffie):
    answer = griffie.post(LATER, data=a_plan(griffie, note="Let op.", tells="niet"))
    planned = words(griffie, DESK)
    region.clock.moment = AT
    worker.run_once(region.app)

    assert (answer.status_code, answer.location) == (303, DESK)
    assert "Publiceren is gepland op woensdag 10 maart 2027, 12.20 uur" in planned
    assert "Er gaan geen mails weg." in planned
    version = region.latest()
    assert (version.number, version.note, version.untold) == (2, "Let op.", 2)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (NOON, "Dit moment is al voorbij. Kies een later moment."),
        ("", "Vul in wanneer u wilt publiceren."),
        ("2027-03-28 2:30", "Deze tijd bestaat niet"),
        ("2027-03-32 12:00", "Deze datum bestaat niet."),
    ],
)
def test_a_moment_that_is_not_right_is_refused(region, griffie, at, sentence):
    answer = griffie.post(LATER, data=a_plan(griffie, at))

    assert answer.status_code == 422
    assert sentence in problems(answer)[0]
    assert "gepland op" not in words(griffie, DESK)


@pytest.mark.on_both
def test_a_plan_for_a_draft_that_changed_is_refused(region, griffie):
    data = a_plan(griffie)
    region.change(region.two, title="Iets anders")

    answer = griffie.post(LATER, data=data)

    assert (answer.status_code, "Het concept is net veranderd." in answer.text) == (422, True)


def test_a_plan_for_a_draft_that_was_not_seen_is_refused(region, griffie):
    answer = griffie.post(LATER, data=a_plan(griffie) | {"seen": ""})

    assert (answer.status_code, "Het concept is net veranderd." in answer.text) == (422, True)


@pytest.mark.on_both
def test_the_desk_warns_and_then_says_why_nothing_was_published(region, griffie):
    griffie.post(LATER, data=a_plan(griffie))
    region.change(region.two, title="Iets anders")
    before = words(griffie, DESK)
    region.clock.moment = AT
    worker.run_once(region.app)

    after = words(griffie, DESK)

    assert "Het concept is daarna veranderd. Zo wordt er niets gepubliceerd." in before
    assert "Publiceert u nu zelf? Dan vervalt dit plan." in before
    assert "Het geplande publiceren ging niet door" in after
    assert "Het concept is net veranderd." in after
    assert region.latest().number == 1


@pytest.mark.parametrize(
    ("stored", "values"),
    [
        ("‘%(title)s’ heeft nog geen workshops.", {"title": "50% Ş"}),
        ("‘50% Ş’ heeft nog geen workshops.", {}),  # from before the values were kept apart
    ],
)
def test_the_desk_fills_the_gaps_of_a_stored_refusal(save, region, griffie, stored, values):
    about = {"publish_at": NOON, "planned_at": NOON, "finished_at": NOON, "draft_hash": ""}
    save(
        PlannedPublication(
            meeting_id=region.meeting.id,
            planned_by_id=region.clerk.id,
            refusal=stored,
            refusal_values=values,
            **about,
        )
    )

    assert "‘50% Ş’ heeft nog geen workshops." in words(griffie, DESK)


PLANNED = "Publiceren is gepland op woensdag 10 maart 2027, 12.20 uur."
FAILS = "Zoals het concept nu is, wordt er dan niets gepubliceerd."


def alerts(browser, path):
    """What stands above the page about planned publishing."""
    text = words(browser, path)
    said = (PLANNED, FAILS, "Het geplande publiceren ging niet door.")
    return [one for one in said if one in text]


@pytest.mark.parametrize(
    ("title", "later", "on_meeting", "on_desk"),
    [
        ("Jeugdhulp dichtbij", False, [PLANNED], []),
        ("Iets anders", False, [PLANNED, FAILS], [PLANNED, FAILS]),
        ("Iets anders", True, *[["Het geplande publiceren ging niet door."]] * 2),
    ],
)
def test_every_page_of_the_meeting_tells_of_a_plan_and_the_desk_when_it_fails(
    region, griffie, title, later, on_meeting, on_desk
):
    griffie.post(LATER, data=a_plan(griffie), follow_redirects=True)
    region.change(region.two, title=title)
    if later:
        region.clock.moment = AT
        worker.run_once(region.app)

    pages = [DESK.replace("publiceren/", page) for page in ("", "programma/")]

    assert [alerts(griffie, page) for page in pages] == [on_meeting] * 2
    assert alerts(griffie, "/beheer/") == on_desk


def test_publishing_by_hand_says_that_the_plan_is_off(region, griffie):
    griffie.post(LATER, data=a_plan(griffie))

    press_publish(griffie, DESK)

    said = "Het plan om te publiceren op woensdag 10 maart 2027, 12.20 uur is vervallen."
    assert said in words(griffie, DESK)


@pytest.mark.on_both
def test_a_plan_can_be_stopped(region, griffie):
    griffie.post(LATER, data=a_plan(griffie))

    griffie.post(LATER + "stoppen/")
    once = words(griffie, DESK)
    griffie.post(LATER + "stoppen/")

    assert "Er wordt niets meer vanzelf gepubliceerd." in once
    assert "Er is niets meer gepland." in words(griffie, DESK)


@pytest.mark.on_both
def test_an_organiser_tells_and_plans_nothing(region, save, browser_of):
    organiser = staff(Role.ORGANISATOR)
    save(organiser)
    browser = browser_of(organiser)

    paths = (LATER, DESK + "mail/")
    assert [browser.get(path).status_code for path in paths] == [404, 404]
    assert [browser.post(path).status_code for path in (LATER, LATER + "stoppen/")] == [404, 404]


@pytest.mark.on_both
def test_the_log_names_what_was_chosen(region, griffie, save, browser_of):
    griffie.post(LATER, data=a_plan(griffie))
    press_publish(griffie, DESK, tells="niet")
    griffie.post(DESK + "intrekken/", data={"number": "2"})

    shown = words(griffie, "/beheer/logboek/")

    assert "Publiceren gepland" in shown and "op woensdag 10 maart 2027, 12.20 uur" in shown
    assert "Wijzigingen niet verteld" in shown and "versie 2, 2 personen" in shown
    assert "Versie ingetrokken" in shown


def test_each_act_takes_the_row_of_the_meeting_once(region, griffie, statements_of):
    acts = {
        LATER: a_plan(griffie),
        LATER + "stoppen/": {},
        DESK: {"seen": hidden(griffie.get(DESK), "seen")},
        DESK + "intrekken/": {"number": "2"},
    }

    made = [statements_of(partial(griffie.post, path, data=sent)) for path, sent in acts.items()]

    assert [sum(HELD in one for one in statements) for statements in made] == [1] * 4
    assert region.versions() == [(1, False, None), (2, True, None), (3, False, 1)]


def test_worker_takes_the_row_of_the_meeting_once(region, griffie, statements_of):
    griffie.post(LATER, data=a_plan(griffie))
    region.clock.moment = AT

    statements = statements_of(lambda: worker.run_once(region.app))

    assert (sum(HELD in one for one in statements), region.latest().number) == (1, 2)


def refuse_a_plan(region, griffie):
    griffie.post(LATER, data=a_plan(griffie))
    region.change(region.two, title="Iets anders")
    region.clock.moment = AT
    worker.run_once(region.app)


@pytest.mark.on_both
def test_a_refusal_that_was_seen_is_told_only_where_one_publishes(region, griffie):
    refuse_a_plan(region, griffie)

    shown = shown_plan(griffie)
    answers = [
        griffie.post(LATER + "gezien/", data=shown, follow_redirects=True).text
        for _press in range(2)
    ]

    assert ["waarschuwt hier niet meer voor" in text for text in answers] == [True, False]
    pages = ("/beheer/", DESK.replace("publiceren/", ""), DESK.replace("publiceren/", "programma/"))
    assert [alerts(griffie, page) for page in pages] == [[], [], []]
    assert "Het concept is net veranderd. Kijk wat er nu staat" in words(griffie, DESK)
    assert "Gezien op woensdag 10 maart 2027, 12.20 uur." in words(griffie, DESK)


def shown_plan(griffie):
    """What the button sends of the refused plan that is on the page."""
    return {"plan": hidden(griffie.get(DESK), "plan")}


def refuse_another(region, griffie):
    data = a_plan(griffie) | moment("publish_at", AT + timedelta(minutes=20))
    griffie.post(LATER, data=data)
    region.change(region.two, title="Weer iets anders")
    region.clock.moment = AT + timedelta(minutes=20)
    worker.run_once(region.app)


@pytest.mark.on_both
def test_a_refusal_that_came_after_the_page_was_shown_stays(region, griffie):
    refuse_a_plan(region, griffie)
    shown = shown_plan(griffie)
    refuse_another(region, griffie)

    griffie.post(LATER + "gezien/", data=shown)

    assert alerts(griffie, "/beheer/") == ["Het geplande publiceren ging niet door."]


def test_a_plan_after_a_refusal_that_was_seen_is_warned_of_again(region, griffie):
    refuse_a_plan(region, griffie)
    griffie.post(LATER + "gezien/", data=shown_plan(griffie))
    refuse_another(region, griffie)

    assert alerts(griffie, "/beheer/") == ["Het geplande publiceren ging niet door."]


@pytest.mark.parametrize("typed", [("2027-03-11", "09:30"), ("2027-03-11", ""), ("morgen", "9 u")])
def test_the_moment_typed_is_there_again_after_reading_the_mails(griffie, typed):
    named = {"publish_at-date": typed[0], "publish_at-time": typed[1]}

    answer = griffie.post(DESK + "bekijken/", data={"naar": "mails", "note": "Let op."} | named)

    back = f'href="{LATER}">Terug</a>'
    assert back in griffie.get(answer.location).text.replace(" ", " ")
    form = griffie.get(LATER).text
    assert [re.search(f'name="{name}"[^>]* value="([^"]*)"', form)[1] for name in named] == list(
        typed
    )
    assert "Let op.</textarea>" in form
    assert "Er gaat nog iets mis" not in form


def test_the_moment_typed_outlives_a_look_from_the_page_of_publishing(griffie):
    named = {"publish_at-date": "2027-03-11", "publish_at-time": "09:30"}
    griffie.post(DESK + "bekijken/", data={"naar": "publiceren", "note": "Let op."} | named)

    griffie.post(DESK + "bekijken/", data={"naar": "later", "note": "Let goed op."})

    form = griffie.get(LATER).text
    assert "Let goed op.</textarea>" in form
    assert 'value="2027-03-11"' in form
