"""What is written down around meetings and people: reports, lists, accounts, the log, mails."""

from __future__ import annotations

import uuid
from datetime import timedelta

from kwartaal.blueprints.people.import_packing import packed, packed_rows
from kwartaal.db import db
from kwartaal.domain import (
    attendance,
    calendar_feeds,
    email_changes,
    meeting_reports,
    recaps,
    sign_in,
)
from kwartaal.domain.attendance import ComingAs, Mark
from kwartaal.domain.people_import import ImportRow
from kwartaal.models.account import UserSession
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.meeting import MeetingSlug
from kwartaal.models.meeting_report import Recording
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.people_import import keep_import
from kwartaal.models.planned_publication import PlannedPublication
from kwartaal.models.recap import Recap
from kwartaal.models.registration import Registration
from kwartaal.spreadsheets.reading import Row, Table
from tests.canaries.meetings import PaintedMeeting
from tests.canaries.region import Region
from tests.canaries.viewers import ALL, CLERKS, NOBODY, PREPARERS, SECRETARY
from tests.canaries.words import Readers
from tests.factories import a_person

GUESTS = PREPARERS  # who has the list of those who come
ACCOUNTS = frozenset({"beheerder"})


def write_records(region: Region) -> None:
    """Everything that is not the meeting itself."""
    for write in (
        _after_the_meetings,
        _attendance,
        _account_of_own,
        _feed_of_participant,
        _import_of_people,
        _refused_plan,
        _log_and_mail,
    ):
        with region.at_work():
            write(region)


def _after_the_meetings(region: Region) -> None:
    word, now = region.words.word, region.clock()
    held, past = region.load(region.held.meeting), region.load(region.past.meeting)
    text = word("meeting_report.text final", ALL)
    meeting_reports.write(held, 1, text, "", now)
    meeting_reports.make_final(held, meeting_reports.content_hash(text), region.clerk, now)
    next_, why = (word(f"meeting_report.{one} next", PREPARERS) for one in ("text", "correction"))
    meeting_reports.write(held, 2, next_, why, now)
    meeting_reports.write(past, 1, word("meeting_report.text draft", PREPARERS), "", now)
    _recap(region, region.past, PREPARERS)
    recap = _recap(region, region.held, ALL)
    recaps.publish(held, recaps.fingerprint(recap), region.clerk, now)
    _recording(region, region.held, ALL)
    _recording(region, region.open, CLERKS)  # before it was held


def _recap(region: Region, one: PaintedMeeting, readers: Readers) -> Recap:
    recap = Recap(meeting_id=one.meeting.id)
    one.paint(recap, "", readers)
    db.session.add(recap)
    db.session.flush()
    return recap


def _recording(region: Region, one: PaintedMeeting, readers: Readers) -> None:
    about = {"added_at": region.clock(), "added_by_id": region.clerk.id}
    recording = Recording(meeting_id=one.meeting.id, **about)
    one.paint(recording, "", readers)
    db.session.add(recording)


def _attendance(region: Region) -> None:
    meeting, now = region.load(region.held.meeting), region.clock()
    own = {"meeting_id": meeting.id, "person_id": region.own.id}
    registration = db.session.query(Registration).filter_by(**own).one()
    region.words.paint(registration, "own", GUESTS | {"griffier"})
    device = region.words.word("attendance_mark.device", GUESTS)
    attendance.mark(registration, Mark(uuid.uuid4(), region.clerk, device=device), now)
    person, names = (
        a_person(),
        dict.fromkeys(("first_name", "prefix", "last_name"), GUESTS | ACCOUNTS),
    )
    region.words.paint(person, "walk-in", GUESTS, email=None, sort_key=NOBODY, **names)
    db.session.add(person)
    db.session.flush()
    coming_as = ComingAs(region.words.word("registration.office_name walk-in", GUESTS))
    attendance.let_in(meeting, person, coming_as, Mark(uuid.uuid4(), region.clerk), now)


def _account_of_own(region: Region) -> None:
    word, now, own = region.words.word, region.clock(), region.load(region.own)
    address = f"{word('email_change.new_email', ACCOUNTS | {'own'})}@canarie.example"
    region.guests[address] = "own"
    change = email_changes.start_email_change(own, address, own, now, now.date())
    change.old_email = f"{word('email_change.old_email', NOBODY)}@canarie.example"
    sign_in.new_link(own, now, f"/mijn/?{word('sign_in_link.leads_to', NOBODY)}")
    session = UserSession(token_hash="0" * 64, person_id=own.id, created_at=now, last_seen_at=now)
    region.words.paint(session, "own", ACCOUNTS, device_name=NOBODY)
    db.session.add(session)


def _feed_of_participant(region: Region) -> None:
    """With everything in it that one can choose."""
    name = region.words.word("calendar_feed.name", frozenset({"participant"}))
    wish = calendar_feeds.Wish(name, per_item=True, with_deadlines=True)
    calendar_feeds.add(region.viewers["participant"].id, wish, region.clock())


def _import_of_people(region: Region) -> None:
    """Only who uploaded the file sees what is in it."""
    uploader = frozenset({"griffie"})
    name, heading, cell, value = (
        region.words.word(f"people_import {part}", uploader)
        for part in ("filename", "heading", "cell", "value")
    )
    table = packed(Table((heading,), [Row(2, (cell,))]))
    kept = keep_import(region.load(region.viewers["griffie"]), name, table, region.clock())
    kept.columns = {"last_name": 0}
    kept.packed_rows = packed_rows([ImportRow(2, last_name=value)])


def _refused_plan(region: Region) -> None:
    now = region.clock()
    plan = PlannedPublication(
        meeting_id=region.private.meeting.id,
        publish_at=now - timedelta(hours=1),
        draft_hash="0" * 64,
        planned_by=region.clerk,
        planned_at=now - timedelta(hours=2),
        finished_at=now,
    )
    region.private.paint(plan, "", SECRETARY)
    plan.draft_hash = "0" * 64
    filled = region.words.word("planned_publication.refusal_values", SECRETARY)
    plan.refusal, plan.refusal_values = f"{plan.refusal} %(title)s", {"title": filled}
    db.session.add(plan)


def _log_and_mail(region: Region) -> None:
    word, now = region.words.word, region.clock()
    about = f"meeting:{region.secret.meeting.slug}"
    record(AuditAction.PUBLISHED, now, region.clerk, about, about=word("audit detail", NOBODY))
    record(AuditAction.PUBLISHED, now, region.clerk, word("audit subject", NOBODY))
    mail = db.session.query(OutboxMail).filter_by(sent_at=None).order_by(OutboxMail.id).first()
    assert mail is not None
    region.words.paint(mail, "", NOBODY)
    mail.failed_at = now
    former = word("meeting_slug.slug", NOBODY)
    db.session.add(MeetingSlug(slug=former, meeting_id=region.private.meeting.id))
