"""Taking in what was sent: to disk, judged, scanned. Comes before the transaction that writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import FileStorage

from kwartaal import scanner
from kwartaal.domain.documents import StoredFile
from kwartaal.file_store import Batch, LongerThanAllowed
from kwartaal.translations import sentence
from kwartaal.uploads import UploadRefused, check
from kwartaal.uploads.names import shown_name
from kwartaal.uploads.refusals import NotScanned, TooLarge, VirusFound

MEGABYTE = 1024 * 1024

# What is better mended in a file, by the name that the check gives it.
WARNINGS: dict[str, LazyString] = {
    "untagged": lazy_gettext(
        "Deze pdf heeft geen tags. Wie met een voorleesprogramma leest, kan er weinig mee. "
        "Maak de pdf opnieuw vanuit Word of LibreOffice, met tags."
    ),
    "names_author": lazy_gettext(
        "In de eigenschappen van het bestand staat een naam. "
        "Haal die weg als dat niet de bedoeling is."
    ),
}
# The same in a line of a list.
SHORT_WARNINGS: dict[str, LazyString] = {
    "untagged": lazy_gettext("Pdf zonder tags"),
    "names_author": lazy_gettext("Naam in de eigenschappen"),
}


@dataclass(frozen=True)
class Received:
    """One file of a form: what is kept of it, or the sentence that says why nothing is."""

    name: str
    file: StoredFile | None
    refusal: str = ""

    @property
    def warnings(self) -> list[str]:
        """The names of what is better mended in the file; see WARNINGS."""
        return [name for name in (self.file.warnings if self.file else ()) if name in WARNINGS]


def receive(batch: Batch, sent: FileStorage) -> Received:
    """Take in one file. What is refused is gone from disk when this returns."""
    try:
        file = _judged(batch, sent)
    except UploadRefused as refusal:
        return Received(shown_name(sent.filename or ""), None, sentence(refusal))
    return Received(file.name, file)


def _judged(batch: Batch, sent: FileStorage) -> StoredFile:
    most = current_app.config["MAX_CONTENT_LENGTH"]
    name = batch.new_name()
    try:
        path = batch.write(name, sent.stream, most)
        checked = check(path, sent.filename or "")
        _scan(path)
    except LongerThanAllowed:
        batch.drop(name)
        raise TooLarge(megabytes=most // MEGABYTE) from None
    except UploadRefused:
        batch.drop(name)
        raise
    return StoredFile(
        name=checked.name,
        media_type=checked.kind.media_type,
        size=checked.size,
        sha256=checked.sha256,
        pages=checked.pages,
        warnings=checked.warnings,
        storage_name=name,
    )


def _scan(path: Path) -> None:
    url = current_app.config["CLAMD_URL"]
    if not url:
        return
    try:
        clean = scanner.is_clean(path, url)
    except scanner.ScannerSilent:
        raise NotScanned from None
    if not clean:
        raise VirusFound
