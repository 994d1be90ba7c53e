"""What an import will do, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kwartaal.domain.people_import.matching import Matching
from kwartaal.domain.people_import.region import Region
from kwartaal.domain.people_import.rows import Change, Fact, ForecastRow, ImportRow, Outcome
from kwartaal.domain.people_import.subjects import Subject, is_initials
from kwartaal.domain.people_import.tenures import TakeOffice, Tenures
from kwartaal.domain.people_refusals import (
    AddressOfSomebodyElse,
    AddressTwiceInFile,
    NameMissing,
    RowsDisagree,
)
from kwartaal.domain.refusals import AddressChangeNotAllowed, Refused

OF_OFFICES = (Fact.OFFICE, Fact.LAST_DAY)
COMPARED = (Fact.FIRST_NAME, Fact.PREFIX, Fact.LAST_NAME, Fact.PHONE)


@dataclass(frozen=True)
class Forecast:
    """The rows with what comes of each, and the people as they will be."""

    rows: list[ForecastRow]
    subjects: list[Subject]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(expected.outcome for expected in self.rows)

    @property
    def can_be_carried_out(self) -> bool:
        """Something is new and nothing is refused."""
        counts = self.counts
        return not counts[Outcome.REFUSED] and bool(counts[Outcome.NEW] + counts[Outcome.CHANGED])


def forecast(rows: Iterable[ImportRow], region: Region, contact_only: Collection[int]) -> Forecast:
    """Compare rows with the region; `contact_only` are the numbers of rows whose address, another
    person's sign-in, is for contact alone. The region's subjects are changed on the way."""
    forecaster = Forecaster(region, frozenset(contact_only))
    return Forecast([forecaster.forecast_row(row) for row in rows], forecaster.subjects)


class Forecaster:
    """Looks at row after row; a refused row leaves no trace."""

    def __init__(self, region: Region, contact_only: frozenset[int]) -> None:
        self.subjects = list(region.subjects)
        self._matching = Matching(self.subjects)
        self._tenures = Tenures(region)
        self._contact_only = contact_only

    def forecast_row(self, row: ImportRow) -> ForecastRow:
        """What comes of one row."""
        if row.mistakes:
            return ForecastRow(row, Outcome.REFUSED, mistakes=row.mistakes)
        holder = self._matching.holder(row)
        chosen = row.number in self._contact_only if holder else None
        try:
            return self._accepted(row, holder, chosen)
        except Refused as refusal:
            return ForecastRow(row, Outcome.REFUSED, mistakes=(refusal,), contact_only=chosen)

    def _accepted(self, row: ImportRow, holder: Subject | None, chosen: bool | None) -> ForecastRow:
        if not row.first_name or not row.last_name:
            raise NameMissing
        wanted = self._tenures.wanted(row)
        found = self._matching.find(row, wanted)
        if holder is not None:
            chosen = _check_holder(holder, found, row, bool(chosen))
        namesake = found is None and self._matching.has_namesake(row)
        subject = found or Subject(row.first_name, row.prefix, row.last_name)
        changes = _compare(subject, row, for_contact=holder is not None)
        office = TakeOffice(subject, wanted, row.number) if wanted else None
        changes += office.check() if office else []
        self._write(subject, row, changes, office)
        if found is None:
            self._matching.add(subject)
            self.subjects.append(subject)
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
        if found is None:
            outcome = Outcome.NEW
        return ForecastRow(row, outcome, tuple(changes), contact_only=chosen, has_namesake=namesake)

    def _write(
        self, subject: Subject, row: ImportRow, changes: list[Change], office: TakeOffice | None
    ) -> None:
        """Nothing was said against it: make the person as the row says."""
        subject.row = subject.row or row.number
        for fact in COMPARED:
            if getattr(row, fact):
                subject.said.setdefault(fact, getattr(row, fact))
        for change in changes:
            if change.fact not in OF_OFFICES:
                setattr(subject, change.fact, change.new)
                subject.is_changed = True
        self._matching.note_addresses(subject)
        if office:
            office.do()


def _check_holder(
    holder: Subject, found: Subject | None, row: ImportRow, chosen: bool
) -> bool | None:
    """Somebody else signs in with the row's address: then it must be for contact alone.

    None when it is known for contact already and there is nothing to choose. Raises
    AddressOfSomebodyElse or AddressTwiceInFile.
    """
    if found is not None and found.contact_email == row.email:
        return None
    if not chosen:
        raise AddressTwiceInFile(row=holder.row) if holder.id is None else AddressOfSomebodyElse()
    return True


def _compare(subject: Subject, row: ImportRow, for_contact: bool) -> list[Change]:
    """What the row says of the person that is not known yet.

    Raises RowsDisagree when an earlier row of the file said something else, or
    AddressChangeNotAllowed when the person would get a first sign-in address but has duties.
    """
    changes = []
    for fact in COMPARED:
        old, new = getattr(subject, fact) or "", getattr(row, fact) or ""
        if (
            not new
            or new.casefold() == old.casefold()
            or (fact == Fact.FIRST_NAME and is_initials(new))
        ):
            continue
        written_out = fact == Fact.FIRST_NAME and is_initials(old)
        if fact in subject.said and not written_out:
            raise RowsDisagree(row=subject.row)
        changes.append(Change(fact, old, new))
    return changes + _compare_address(subject, row, for_contact)


def _compare_address(subject: Subject, row: ImportRow, for_contact: bool) -> list[Change]:
    if not row.email or row.email in (subject.email, subject.contact_email):
        return []
    if for_contact:
        return [Change(Fact.CONTACT_EMAIL, subject.contact_email, row.email)]
    if subject.has_duties:
        raise AddressChangeNotAllowed
    return [Change(Fact.EMAIL, subject.email, row.email)]
