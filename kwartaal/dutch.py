"""Sentences that are Dutch for everybody, whatever language a page has."""

from __future__ import annotations


def in_dutch(message: str, **values: object) -> str:
    """A sentence with its gaps filled, for what is kept or must be the same bytes for everyone.

    Feeds, files and texts that somebody finishes are Dutch. The sentence is extracted with those of
    the pages, so that everything people read is in one list.
    """
    return message % values if values else message
