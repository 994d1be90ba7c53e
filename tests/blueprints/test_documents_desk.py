"""Documents at the desk: sending files in, describing, replacing, withdrawing."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from tests.conftest import NOON
from tests.desk_pages import hidden, key, messages, problems
from tests.desk_pages import words as words_in
from tests.document_samples import a_pdf, a_pdf_of, a_png, a_zip, an_office_file
from tests.factories import a_council_member, a_meeting, an_agenda_item, an_item, staff
from tests.publishing import cancel, publish, store
from tests.reading import words

MEGABYTE = 1024 * 1024


@pytest.fixture
def desk(save, browser_of):
    person = staff(first_name="Griet", last_name="Griffie")
    save(person)
    return browser_of(person)


@pytest.fixture
def meeting(save):
    meeting = a_meeting(state=MeetingState.CONCEPT, slug="maart", title="Wonen")
    save(meeting, an_item(meeting), an_agenda_item(meeting, title="Opening", position=1))
    return meeting


PAGE = "/beheer/bijeenkomsten/maart/stukken/"


def files(*sent):
    return [(io.BytesIO(data), name) for name, data in sent]


def upload(browser, *sent, **changes):
    data = {"key": key(), "shelf": "", "kind": "", "openness": "openbaar", "files": files(*sent)}
    return browser.post(PAGE, data=data | changes, content_type="multipart/form-data")


def stored(app):
    with app.app_context():
        statement = sa.select(Document).order_by(Document.position)
        found = list(db.session.scalars(statement))
        for one in found:
            assert [version.file_name for version in one.versions]
            assert one.agenda_item is None or one.agenda_item.title
        return found


def on_disk(app):
    folder = app.config["FILES_DIR"]
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def one_document(app, browser, **changes):
    browser.get(upload(browser, ("Brief.pdf", a_pdf(2)), **changes).location)
    return stored(app)[0], f"{PAGE}{stored(app)[0].public_id}/"


def described(**changes):
    values = {"title": "Brief", "shelf": "", "kind": "", "reference": "", "dated_on": ""}
    return values | {"owner": "", "owner_name": "", "openness": "openbaar"} | changes


@pytest.mark.on_both
def test_several_files_come_in_at_once(app, desk, meeting):
    answer = upload(desk, ("Raadsvoorstel_wonen.pdf", a_pdf(3)), ("Foto.png", a_png()))

    page = desk.get(answer.location)
    assert answer.status_code == 303
    assert messages(page) == ["2 stukken zijn bewaard. Kijk de titels na."]
    assert [one.title for one in stored(app)] == ["Raadsvoorstel wonen", "Foto"]
    assert "pdf Raadsvoorstel wonen 3 pagina’s" in words(desk, PAGE)
    assert len(on_disk(app)) == 2


def test_what_is_kept_of_a_file(app, desk, meeting):
    data = a_pdf(2, tagged=False)
    upload(desk, ("Brief.pdf", data))

    version = stored(app)[0].latest

    path = app.config["FILES_DIR"] / version.storage_name[:2] / version.storage_name[2:4]
    assert (path / version.storage_name).read_bytes() == data
    assert (version.number, version.file_name, version.media_type) == (
        1,
        "Brief.pdf",
        "application/pdf",
    )
    assert (version.size, version.pages, version.warnings) == (len(data), 2, ["untagged"])
    assert version.uploaded_at == NOON


def test_a_form_sent_twice_makes_one_document(app, desk, meeting):
    again = {"key": key()}
    upload(desk, ("Brief.pdf", a_pdf()), **again)

    answer = upload(desk, ("Brief.pdf", a_pdf()), **again)

    assert (answer.status_code, len(stored(app)), len(on_disk(app))) == (303, 1, 1)


def test_other_files_with_the_same_form_are_other_documents(app, desk, meeting):
    again = {"key": key()}
    upload(desk, ("Brief.pdf", a_pdf()), **again)

    upload(desk, ("Andere.pdf", a_pdf(2)), **again)

    assert [one.title for one in stored(app)] == ["Brief", "Andere"]


def test_the_good_ones_go_in_and_the_others_say_why_not(app, desk, meeting):
    answer = upload(desk, ("Goed.pdf", a_pdf()), ("Fout.exe", b"MZ"), ("Leeg.pdf", b""))

    assert answer.status_code == 422
    assert problems(answer) == [
        "Bestanden: Niet alle bestanden zijn bewaard. In de lijst staat waarom."
    ]
    assert "Leeg.pdf" in answer.text
    assert "Het bestand is leeg." in answer.text
    assert [one.title for one in stored(app)] == ["Goed"]
    assert len(on_disk(app)) == 1


def test_when_nothing_was_good_it_says_so(app, desk, meeting):
    answer = upload(desk, ("Fout.exe", b"MZ"), ("Leeg.pdf", b""))

    assert problems(answer) == ["Bestanden: Er is niets bewaard. In de lijst staat waarom."]
    assert stored(app) == []


def test_what_is_better_mended_is_told_at_once_and_in_the_list(desk, meeting):
    files = [(f"{name}.pdf", a_pdf(pages, tagged=False)) for pages, name in enumerate("ab", 1)]
    page = desk.get(upload(desk, *files).location)

    told = messages(page)[1]
    assert told.startswith("a.pdf, b.pdf: Deze pdf heeft geen tags. Wie met een voorleesprogramma")
    assert len(messages(page)) == 2
    assert words(desk, PAGE).count("Pdf zonder tags") == 2


OTHER_KIND = "Dit soort bestand kan niet."
NOT_ITS_NAME = "De inhoud past niet bij de naam."
BROKEN = "Het bestand is beschadigd."
TWO = "Aan dit bestand zit een tweede bestand vast."
MACROS = "Er zitten macro's of scripts in."
REFUSED = [
    ("virus.exe", b"MZ\x90", "virus.exe", OTHER_KIND),
    ("hernoemd.pdf", b"MZ\x90", "hernoemd.pdf", NOT_ITS_NAME),
    ("pdf en zip.pdf", a_pdf() + a_zip({"a": b"x"}), "pdf en zip.pdf", TWO),
    ("foto en zip.png", a_png() + a_zip({"a": b"x"}), "foto en zip.png", TWO),
    (
        "bom.docx",
        an_office_file(parts={"a.xml": bytes(4 * MEGABYTE)}),
        "bom.docx",
        "Het bestand wordt te groot",
    ),
    ("leeg.pdf", b"", "leeg.pdf", "Het bestand is leeg."),
    ("groot.pdf", a_pdf_of(MEGABYTE + 1), "groot.pdf", "Het bestand is groter dan 1 MB."),
    ("kapot.pdf", b"%PDF-1.7 kapot", "kapot.pdf", BROKEN),
    ("half.pdf", a_pdf()[:-200] + b"%%EOF", "half.pdf", BROKEN),
    ("plaatje.svg", b"<svg/>", "plaatje.svg", OTHER_KIND),
    ("plaatje.png", b"<svg onload=alert(1)>", "plaatje.png", NOT_ITS_NAME),
    ("macro.docx", an_office_file(parts={"word/vbaProject.bin": b"x"}), "macro.docx", MACROS),
    ("script.pdf", a_pdf(script=True), "script.pdf", MACROS),
    ("../../../etc/cron.d/x", b"x", "x", OTHER_KIND),
    ("..\\..\\start.exe", b"MZ", "start.exe", OTHER_KIND),
    ("fdp.\u202eexe", b"MZ", "fdp.exe", OTHER_KIND),
    ("y" * 300 + ".exe", b"MZ", "y" * 146 + ".exe", OTHER_KIND),
    ("<script>alert(1)</script>.html", b"<script>", "script_.html", OTHER_KIND),
]


def test_of_every_refused_file_it_is_said_why_and_nothing_is_left(app, desk, meeting):
    app.config["MAX_CONTENT_LENGTH"] = MEGABYTE

    answer = upload(desk, *[(name, data) for name, data, _shown, _why in REFUSED])

    told = words_in(answer.text, "tr")[1:]
    wanted = [f"{shown}Geweigerd {why}" for _name, _data, shown, why in REFUSED]
    assert answer.status_code == 422
    assert [line[: len(one)] for line, one in zip(told, wanted, strict=True)] == wanted
    assert (stored(app), on_disk(app)) == ([], [])
    assert "<script>alert" not in answer.text
    assert "\u202e" not in answer.text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../brief.pdf", "brief.pdf"),
        ("brief\u202efdp.pdf", "brieffdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
    ids=["a path", "turned", "long"],
)
def test_a_good_file_under_a_bad_name_lies_where_all_files_lie(app, desk, meeting, name, shown):
    answer = upload(desk, (name, a_pdf()))

    [version] = [one.latest for one in stored(app)]
    assert (answer.status_code, version.file_name) == (303, shown)
    assert [path.name for path in on_disk(app)] == [version.storage_name]


def test_a_file_of_exactly_the_largest_size_comes_in(app, desk, meeting):
    app.config["MAX_CONTENT_LENGTH"] = MEGABYTE

    answer = upload(desk, ("precies.pdf", a_pdf_of(MEGABYTE)), ("net.pdf", a_pdf_of(MEGABYTE)))

    assert (answer.status_code, [one.latest.size for one in stored(app)]) == (303, [MEGABYTE] * 2)


def test_one_byte_more_is_said_to_be_too_large(app, desk, meeting):
    app.config["MAX_CONTENT_LENGTH"] = MEGABYTE

    answer = upload(desk, ("groot.pdf", a_pdf_of(MEGABYTE + 1)))

    assert "Het bestand is groter dan 1 MB. Maak het kleiner." in answer.text


@pytest.mark.on_both
def test_who_may_not_send_files_is_not_even_read(app, save, browser_of, meeting):
    app.config["MAX_CONTENT_LENGTH"] = MEGABYTE
    person = a_council_member()
    save(person)

    answer = upload(browser_of(person), *[(f"{n}.pdf", a_pdf_of(MEGABYTE)) for n in range(2)])

    assert answer.status_code in (404, 413)
    assert on_disk(app) == []


@pytest.mark.on_both
def test_more_files_than_one_goes_through_are_refused_at_once(app, desk, meeting):
    answer = upload(desk, *[(f"{n}.pdf", b"x") for n in range(26)])

    assert problems(answer) == ["Bestanden: Kies hoogstens 25 bestanden tegelijk."]


def test_without_a_file_nothing_happens(desk, meeting):
    assert problems(upload(desk)) == ["Bestanden: Kies een of meer bestanden."]


@pytest.mark.on_both
def test_when_the_database_refuses_the_files_go_too(app, desk, meeting):
    cancelled = MeetingState.CANCELLED
    with app.app_context():
        db.session.execute(sa.update(type(meeting)).values(state=cancelled, cancelled_at=NOON))
        db.session.commit()

    answer = upload(desk, ("Brief.pdf", a_pdf()))

    assert problems(answer) == ["De bijeenkomst is geannuleerd. Wijzigen kan niet meer."]
    assert (stored(app), on_disk(app)) == ([], [])


def test_secret_papers_and_the_scanner_are_spoken_of(app, desk, meeting):
    page = words(desk, PAGE)

    assert "Geheime stukken horen niet in Kwartaal." in page
    assert "Bestanden worden hier niet gecontroleerd op virussen." in page


@pytest.mark.on_both
def test_a_document_is_described(app, desk, meeting):
    _document, page = one_document(app, desk)
    item = an_id_of_the_item(app)

    answer = desk.post(
        page,
        data=described(
            title="Brief aan de raad",
            shelf=str(item),
            reference="2020-0148445",
            dated_on="2020-11-03",
            owner_name="Anna Jansen",
            openness="besloten",
        ),
    )

    now = stored(app)[0]
    assert answer.status_code == 303
    assert (now.title, now.agenda_item.title, now.reference) == (
        "Brief aan de raad",
        "Opening",
        "2020-0148445",
    )
    assert (now.dated_on.isoformat(), now.owner_name, now.openness) == (
        "2020-11-03",
        "Anna Jansen",
        Openness.BESLOTEN,
    )
    assert "Agendapunt 1: Opening" in words(desk, PAGE)


def an_id_of_the_item(app):
    with app.app_context():
        return db.session.scalar(sa.select(AgendaItem.public_id))


WRONG = [
    ({"title": ""}, "Titel: Vul een titel in."),
    ({"title": "x" * 161}, "Titel: Gebruik niet meer dan 160 tekens. Nu zijn het er 161."),
    ({"shelf": "elders"}, "Waarbij: Deze keuze bestaat niet. Kies uit de lijst."),
    ({"kind": "onbekend"}, "Soort stuk: Deze keuze bestaat niet. Kies uit de lijst."),
    ({"openness": ""}, "Wie mag dit lezen? Kies wie het stuk mag lezen."),
]


def test_what_is_wrong_with_a_description_is_said(app, desk, meeting):
    _document, page = one_document(app, desk)

    answers = [desk.post(page, data=described(**wrong)) for wrong, _sentence in WRONG]

    assert [problems(answer) for answer in answers] == [[sentence] for _w, sentence in WRONG]


def test_replacing_adds_a_version_and_keeps_the_old_one(app, desk, meeting):
    _document, page = one_document(app, desk)

    answer = desk.post(
        f"{page}vervangen",
        data={"replace-files": files(("Beter.pdf", a_pdf(3)))[0]},
        content_type="multipart/form-data",
    )

    versions = stored(app)[0].versions
    assert answer.status_code == 303
    assert [(one.number, one.file_name) for one in versions] == [(1, "Brief.pdf"), (2, "Beter.pdf")]
    assert "Versie 2" in words(desk, page)
    assert len(on_disk(app)) == 2


def test_replacing_with_the_same_file_keeps_one_version_and_says_so(app, desk, meeting):
    _document, page = one_document(app, desk)

    desk.post(
        f"{page}vervangen",
        data={"replace-files": files(("Brief.pdf", a_pdf(2)))[0]},
        content_type="multipart/form-data",
    )

    assert messages(desk.get(page)) == ["Dit bestand was er al."]
    assert len(stored(app)[0].versions) == 1


@pytest.mark.on_both
def test_replacing_with_what_is_refused_changes_nothing(app, desk, meeting):
    _document, page = one_document(app, desk)

    answer = desk.post(
        f"{page}vervangen",
        data={"replace-files": files(("Fout.pdf", b"MZ"))[0]},
        content_type="multipart/form-data",
    )

    assert problems(answer) == [
        "Nieuw bestand: De inhoud past niet bij de naam. Het bestand is niet bewaard. "
        "Open het niet, en vraag de maker om een nieuw bestand."
    ]
    assert (len(stored(app)[0].versions), len(on_disk(app))) == (1, 1)


@pytest.mark.on_both
def test_a_draft_is_removed_with_its_file(app, desk, meeting):
    _document, page = one_document(app, desk)

    answer = desk.post(f"{page}verwijderen", follow_redirects=True)

    assert messages(answer) == ["Het stuk is verwijderd."]
    assert (stored(app), on_disk(app)) == ([], [])


def test_what_was_published_is_not_removed(app, desk, meeting):
    _document, page = one_document(app, desk)
    publish(app, meeting)

    answer = desk.post(f"{page}verwijderen", follow_redirects=True)

    assert messages(answer) == [
        "‘Brief’ stond al online. Trek het stuk in. Verwijderen kan niet meer."
    ]
    assert len(on_disk(app)) == 1


@pytest.mark.on_both
def test_what_stood_in_a_retracted_version_can_be_withdrawn(app, desk, meeting):
    _document, page = one_document(app, desk)
    publish(app, meeting)
    desk.post("/beheer/bijeenkomsten/maart/publiceren/intrekken/", data={"number": "1"})

    text = words(desk, page)

    assert ("Trek dit stuk in" in text, "Verwijder dit stuk" in text) == (True, False)


@pytest.mark.on_both
def test_a_concept_goes_with_its_files(app, desk, meeting):
    upload(desk, ("Brief.pdf", a_pdf()))

    desk.post("/beheer/bijeenkomsten/maart/verwijderen")

    assert (stored(app), on_disk(app)) == ([], [])


def test_withdrawn_documents_stay_in_the_list_and_come_back(app, desk, meeting):
    _document, page = one_document(app, desk)
    desk.post(f"{page}intrekken")
    withdrawn = words(desk, PAGE)

    desk.post(f"{page}terugzetten")

    assert "ingetrokken" in withdrawn
    assert not stored(app)[0].is_withdrawn


@pytest.mark.parametrize("act", ["intrekken", "terugzetten"])
def test_what_readers_know_is_withdrawn_and_put_back_by_who_publishes(
    app, save, desk, browser_of, meeting, act
):
    _document, page = one_document(app, desk)
    clerk = staff(Role.ORGANISATOR)
    save(clerk)
    organiser = browser_of(clerk)
    before = [organiser.post(page + one).status_code for one in ("intrekken", "terugzetten")]
    publish(app, meeting)
    if act == "terugzetten":
        desk.post(f"{page}intrekken")

    assert before == [303, 303]
    assert organiser.post(page + act).status_code == 404
    assert stored(app)[0].is_withdrawn is (act == "terugzetten")
    assert [page + act in browser.get(page).text for browser in (organiser, desk)] == [False, True]


@pytest.mark.on_both
def test_move_changes_the_order_once(app, desk, meeting):
    upload(desk, ("Een.pdf", a_pdf(1)), ("Twee.pdf", a_pdf(2)))
    second = stored(app)[1]
    data = {"to": "earlier", "from": "1"}

    for _click in range(2):
        desk.post(f"{PAGE}{second.public_id}/verplaatsen", data=data)

    assert [one.title for one in stored(app)] == ["Twee", "Een"]


def test_what_lay_under_a_point_that_is_thrown_away_stands_nowhere(app, desk, meeting):
    item = an_id_of_the_item(app)
    _document, page = one_document(app, desk, shelf=str(item))
    desk.post(f"/beheer/bijeenkomsten/maart/agenda/{item}/verwijderen")

    assert "Nergens: het agendapunt is weg pdf Brief" in words(desk, PAGE)
    assert hidden(desk.get(page), "title") == "Brief"
    desk.post(page, data=described(shelf="nergens"))
    assert stored(app)[0].under_item


@pytest.mark.on_both
def test_two_clerks_see_each_other(app, desk, meeting):
    _document, page = one_document(app, desk)
    seen = hidden(desk.get(page), "seen")
    desk.post(page, data=described(title="Een", seen=seen))

    answer = desk.post(page, data=described(title="Twee", seen=seen))

    assert problems(answer) == [
        "Titel: Iemand anders maakte hiervan: ‘Een’. Kies wat het moet zijn en bewaar opnieuw."
    ]


def test_an_organiser_does_not_open_what_is_published(app, save, browser_of, desk, meeting):
    _document, page = one_document(app, desk, openness="besloten")
    publish(app, meeting)
    organiser = staff(Role.ORGANISATOR)
    save(organiser)

    browser_of(organiser).post(page, data=described())

    assert stored(app)[0].openness == Openness.BESLOTEN


def test_a_cancelled_meeting_keeps_its_documents_but_they_can_be_withdrawn(app, desk, meeting):
    _document, page = one_document(app, desk)
    publish(app, meeting)
    cancel(app, meeting, "Storm")

    changed = desk.post(page, data=described(title="Anders"))
    desk.post(f"{page}intrekken")

    assert changed.status_code == 422
    assert (stored(app)[0].title, stored(app)[0].is_withdrawn) == ("Brief", True)


def test_documents_of_another_meeting_are_not_there(app, save, desk, meeting):
    document, _page = one_document(app, desk)
    other = a_meeting(slug="juni")
    save(other)

    assert desk.get(f"/beheer/bijeenkomsten/juni/stukken/{document.public_id}/").status_code == 404


@pytest.mark.on_both
def test_the_list_asks_as_much_of_the_database_for_many(app, desk, meeting, count_queries):
    upload(desk, *[(f"{n}.png", a_png()) for n in range(2)])
    few = count_queries(lambda: desk.get(PAGE))
    upload(desk, *[(f"{n}.png", a_png()) for n in range(9)])

    assert count_queries(lambda: desk.get(PAGE)) == few


def test_a_published_meeting_with_new_documents_is_said_to_have_changed(app, save, desk):
    meeting = a_meeting(slug="maart")
    store(app, meeting, an_item(meeting))

    upload(desk, ("Brief.pdf", a_pdf()))

    assert "Er zijn wijzigingen die nog niet gepubliceerd zijn." in words(desk, PAGE)
