#!/bin/sh
# Extracts every translatable sentence into the file named. The Dutch sentence is its own id, so
# Dutch needs no catalogue; without line numbers and dates the file changes only when a text does.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/pybabel --quiet extract --mapping-file pyproject.toml --keyword lazy_gettext \
    --keyword lazy_ngettext:1,2 --keyword in_dutch --no-location --omit-header --sort-output --output "$1" .
