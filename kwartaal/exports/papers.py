"""What the lists on paper are called, by the name under which the log keeps them."""

from __future__ import annotations

from flask_babel import lazy_gettext

PAPER_NAMES = {
    "signing_list": lazy_gettext("Tekenlijst voor de deur"),
    "workshop_lists": lazy_gettext("Tekenlijst per workshop"),
    "workshop_list": lazy_gettext("Tekenlijst van één workshop"),
    "name_list": lazy_gettext("Namenlijst"),
}
