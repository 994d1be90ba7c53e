"""An address as a QR code to point a phone at, drawn on the server."""

from __future__ import annotations

import segno
from markupsafe import Markup

# Modules of white around it (ISO/IEC 18004 asks for four), inside the picture.
QUIET = 4


def qr_code(text: str) -> Markup:
    """The text as inline SVG in black on white, without a size or a style of its own.

    Its meaning stands beside it in words, so to a screen reader it is not there.
    """
    drawn = segno.make_qr(text, error="m").svg_inline(
        border=QUIET, dark="#000", light="#fff", svgclass="kw-qr", lineclass=None, omitsize=True
    )
    return Markup(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704
