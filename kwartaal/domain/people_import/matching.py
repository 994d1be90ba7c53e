"""Which known person a row is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kwartaal.domain.people_import.rows import ImportRow
from kwartaal.domain.people_import.subjects import Subject, letters, same_first_name
from kwartaal.domain.people_import.tenures import Wanted
from kwartaal.domain.people_refusals import SeveralPeopleFit


class Matching:
    """People by address and by name."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._by_email: dict[str, Subject] = {}
        self._by_contact: defaultdict[str, list[Subject]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str], list[Subject]] = defaultdict(list)
        for subject in subjects:
            self.add(subject)

    def add(self, subject: Subject) -> None:
        """Know a person from now on."""
        self._by_name[_name(subject)].append(subject)
        self.note_addresses(subject)

    def note_addresses(self, subject: Subject) -> None:
        """Know a person by new addresses as well."""
        if subject.email:
            self._by_email[subject.email] = subject
        if subject.contact_email and subject not in self._by_contact[subject.contact_email]:
            self._by_contact[subject.contact_email].append(subject)

    def find(self, row: ImportRow, wanted: Wanted | None) -> Subject | None:
        """The person a row is about; None when it is somebody new. Raises SeveralPeopleFit."""
        return self._with_address(row) or _only(self._with_name(row, wanted))

    def holder(self, row: ImportRow) -> Subject | None:
        """Who signs in with the row's address and is somebody else."""
        subject = self._by_email.get(row.email or "")
        return None if subject is None or _same_person(subject, row) else subject

    def has_namesake(self, row: ImportRow) -> bool:
        return bool(self._by_name.get(_name(row)))

    def _with_address(self, row: ImportRow) -> Subject | None:
        if not row.email:
            return None
        subject = self._by_email.get(row.email)
        if subject is not None and _same_person(subject, row):
            return subject
        return _only([s for s in self._by_contact.get(row.email, []) if _same_person(s, row)])

    def _with_name(self, row: ImportRow, wanted: Wanted | None) -> list[Subject]:
        """Those of the same name whom the row can be about, as far as it says.

        With an address: only who has none yet. With an organisation: only who serves it.
        """
        found = self._by_name.get(_name(row), [])
        if row.email:
            found = [subject for subject in found if not subject.has_address]
        if wanted is not None:
            found = [subject for subject in found if subject.serves(wanted.organisation.id)]
        return found


def _only(found: list[Subject]) -> Subject | None:
    if len(found) > 1:
        raise SeveralPeopleFit
    return found[0] if found else None


def _name(one: Subject | ImportRow) -> tuple[str, str]:
    return letters(one.first_name), letters(one.last_name)


def _same_person(subject: Subject, row: ImportRow) -> bool:
    """With the same address: the same last name, and the first names do not contradict."""
    same_last_name = letters(subject.last_name) == letters(row.last_name)
    return same_last_name and same_first_name(subject.first_name, row.first_name)
