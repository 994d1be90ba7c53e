"""Files as they lie on disk, for documents that a test makes by itself."""

from __future__ import annotations

import hashlib

from flask import Flask

from kwartaal import file_store
from kwartaal.models.document import DocumentVersion


def store_file(app: Flask, version: DocumentVersion, data: bytes) -> None:
    """Put the content of a version where the application looks for it."""
    version.size, version.sha256 = len(data), hashlib.sha256(data).hexdigest()
    with app.app_context():
        path = file_store.path_of(version.storage_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
