"""Files that somebody sends in: what is let in, under what name, and what is said otherwise."""

from kwartaal.uploads.checking import Checked, check
from kwartaal.uploads.file_types import ACCEPTED, FileType, type_of
from kwartaal.uploads.refusals import UploadRefused

__all__ = ["ACCEPTED", "Checked", "FileType", "UploadRefused", "check", "type_of"]
