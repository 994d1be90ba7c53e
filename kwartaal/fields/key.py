"""The key of something new, made with the page, so that a form sent twice makes one thing."""

from __future__ import annotations

import uuid
from typing import Any

from wtforms import HiddenField


class KeyField(HiddenField):
    """A UUID in a hidden input. What is no UUID is replaced by a new one: nobody typed it."""

    def __init__(self, label: Any = "", **kwargs: Any) -> None:
        super().__init__(label, default=uuid.uuid4, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = uuid.uuid4()
        if valuelist:
            try:
                self.data = uuid.UUID(str(valuelist[0]))
            except ValueError:
                return
