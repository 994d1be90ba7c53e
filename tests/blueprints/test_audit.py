"""The log: who may read it, what it tells to whom, and that it only grows."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from kwartaal.models.publication import Publication
from tests.conftest import NOON
from tests.factories import (
    a_body,
    a_meeting,
    a_membership,
    a_person,
    a_series,
    an_organisation,
    staff,
)


@pytest.fixture
def clerk(save):
    person = staff(Role.GRIFFIE, first_name="Gré", last_name="Griffie")
    save(person)
    return person


def an_entry(action=AuditAction.SIGNED_IN, subject="", actor=None, minutes=0, **detail):
    return AuditEntry(
        at=NOON - timedelta(minutes=minutes),
        action=action,
        subject=subject,
        actor_id=actor.id if actor else None,
        detail=detail,
    )


def a_version(meeting, publisher, title):
    return Publication(
        meeting=meeting,
        number=1,
        published_at=NOON,
        publisher_id=publisher.id,
        content={"title": title},
        content_hash="0" * 64,
    )


def test_beheerder_and_griffie_read_it_and_nobody_else(save, browser_of, client):
    people = [staff(role) for role in (Role.BEHEERDER, Role.GRIFFIE, Role.ORGANISATOR)]
    people.append(a_person())
    save(*people)

    read = [browser_of(person).get("/beheer/logboek/").status_code for person in people]

    assert read == [200, 200, 404, 404]
    assert client.get("/beheer/logboek/").status_code == 303


def test_lines_are_in_dutch_newest_first(save, clerk, browser_of):
    person = a_person("Anna", "Jansen")
    save(person)
    me = f"person:{person.public_id}"
    save(
        an_entry(AuditAction.SIGNED_IN, me, person, 2, how="code"),
        an_entry(
            AuditAction.ROLE_GRANTED, me, clerk, 1, role="griffier", organisation="Sliedrecht"
        ),
        an_entry(AuditAction.SIGN_IN_FAILED, "", None, 0, how="password"),
    )

    page = browser_of(clerk).get("/beheer/logboek/").text
    rows = page.split("<tbody")[1].split("</tbody>")[0].split("</tr>")[:3]

    assert ["Inloggen mislukt" in rows[0], "met een wachtwoord" in rows[0]] == [True, True]
    for words in ("Rol gegeven", "griffier van Sliedrecht", "Anna Jansen", "Gré Griffie"):
        assert words in rows[1]
    for words in ("Ingelogd", "met een code", "11.58"):
        assert words in rows[2]


@pytest.mark.on_both
def test_every_kind_has_a_dutch_word(save, clerk, browser_of):
    save(*(an_entry(action) for action in AuditAction))
    browser = browser_of(clerk)

    for action in AuditAction:
        page = browser.get("/beheer/logboek/", query_string={"soort": action.value}).text
        body = page.split("<tbody")[1].split("</tbody>")[0]
        assert body.count("</tr>") == 1
        assert action.value not in body


def test_details_are_told_in_words(save, clerk, browser_of):
    town = an_organisation("Papendrecht")
    save(town)
    save(
        an_entry(
            AuditAction.COUNCIL_TERM_ENDED,
            f"organisation:{town.slug}",
            clerk,
            last_day="2027-03-30",
            offices=27,
        ),
        an_entry(AuditAction.EXPORTED, "people", clerk, people=250, columns=["naam", "email"]),
        an_entry(AuditAction.IMPORTED, "people", clerk, new=12, changed=1, unchanged=4),
        an_entry(AuditAction.INVITED, "", clerk, people=1, format="xlsx"),
        an_entry(AuditAction.EXPORTED, "", clerk, people=9, format="pdf", paper="name_list"),
        an_entry(AuditAction.EXPORTED, "", clerk, people=8, format="csv", with_withdrawn=True),
        an_entry(AuditAction.OPENNESS_CHANGED, "", clerk, before="openbaar", after="datum"),
    )

    page = browser_of(clerk).get("/beheer/logboek/").text.replace("\u00a0", " ")

    for words in (
        "tot en met 30 maart 2027, 27 ambten",
        "Papendrecht",
        "de lijst van personen",
        "250 personen",
        "12 nieuw, 1 gewijzigd",
        "XLSX, 1 persoon",
        "PDF, Namenlijst, 9 personen",
        "CSV, ook wie zich zelf afmeldde, 8 personen",
        "van ‘openbaar’ naar ‘alleen de datum openbaar’",
    ):
        assert words in page


def test_unknown_kind_shows_everything(save, clerk, browser_of):
    save(an_entry(), an_entry())

    page = browser_of(clerk).get("/beheer/logboek/?soort=%3Cscript%3E").text

    assert page.split("<tbody")[1].count("</tr>") == 2
    assert "<script>" not in page.split("<tbody")[1]


def test_long_log_is_shown_in_pages(save, clerk, browser_of):
    save(*(an_entry(minutes=n) for n in range(60)))
    browser = browser_of(clerk)

    first = browser.get("/beheer/logboek/").text
    second = browser.get("/beheer/logboek/?pagina=2").text

    assert first.split("<tbody")[1].count("</tr>") == 50
    assert second.split("<tbody")[1].count("</tr>") == 10
    assert browser.get(f"/beheer/logboek/?pagina={9**40}").status_code == 404


@pytest.mark.on_both
def test_meeting_is_named_only_to_who_may_see_it(save, clerk, browser_of):
    beheerder, member = staff(Role.BEHEERDER), staff(Role.GRIFFIE)
    body = a_body(name="Spiegelgroep")
    open_meeting = a_meeting(slug="voorjaar")
    closed = a_meeting(
        slug="spiegelgroep-2027-03-23",
        series=a_series(body=body),
        openness=Openness.BESLOTEN,
    )
    save(beheerder, a_membership(member, body), open_meeting, closed)
    save(
        a_version(open_meeting, clerk, "Voorjaarsbijeenkomst"),
        a_version(closed, clerk, "Het geheime plan"),
        an_entry(AuditAction.PUBLISHED, "meeting:voorjaar", clerk, version=3),
        an_entry(AuditAction.CANCELLED, "meeting:spiegelgroep-2027-03-23", clerk, registered=17),
    )

    for reader in (beheerder, clerk):
        page = browser_of(reader).get("/beheer/logboek/").text
        assert "Voorjaarsbijeenkomst" in page and "versie 3" in page
        assert "een bijeenkomst die u niet kunt zien" in page
        assert "geheime" not in page and "piegelgroep" not in page and "17 aanmeld" not in page
    page = browser_of(member).get("/beheer/logboek/").text
    assert "Het geheime plan" in page and "17 aanmeldingen" in page


def test_meeting_of_which_only_the_date_is_public_has_no_title_here(save, clerk, browser_of):
    meeting = a_meeting(
        slug="groep-2027-03-23", series=a_series(body=a_body()), openness=Openness.DATUM
    )
    save(meeting)
    save(
        a_version(meeting, clerk, "Het geheime plan"),
        an_entry(AuditAction.PUBLISHED, "meeting:groep-2027-03-23", clerk),
    )

    assert "geheime" not in browser_of(clerk).get("/beheer/logboek/").text


@pytest.mark.on_both
def test_log_takes_the_same_statements_however_long(save, clerk, browser_of, count_queries):
    browser = browser_of(clerk)

    def lines(count):
        people = [a_person() for _ in range(count)]
        meetings = [a_meeting() for _ in range(count)]
        towns = [an_organisation() for _ in range(count)]
        save(*people, *meetings, *towns)
        save(*(an_entry(subject=f"person:{p.public_id}", actor=p) for p in people))
        save(*(an_entry(subject=f"meeting:{m.slug}", actor=clerk) for m in meetings))
        save(*(an_entry(subject=f"organisation:{o.slug}") for o in towns))

    lines(1)
    few = count_queries(lambda: browser.get("/beheer/logboek/"))
    lines(6)

    assert count_queries(lambda: browser.get("/beheer/logboek/")) == few


@pytest.mark.on_both
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET action = 'signed_out'", "DELETE FROM audit_entry"],
)
def test_the_database_refuses_to_change_or_delete_a_line(app, save, statement):
    save(an_entry())

    with app.app_context():
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            db.session.execute(sa.text(statement))
        db.session.rollback()
        assert db.session.scalars(sa.select(AuditEntry.action)).all() == [AuditAction.SIGNED_IN]
