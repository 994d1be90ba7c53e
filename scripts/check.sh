#!/bin/sh
# Everything about the code that needs no running application. Goes on after a failure, so
# that one run tells all.
set -u
cd "$(dirname "$0")/.."

bin=.venv/bin
failed=
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() {
    name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed="$failed, $name"
}

translations_are_up_to_date() {
    pot=kwartaal/translations/messages.pot
    scripts/translations.sh "$scratch/messages.pot" || return 1
    diff -u "$pot" "$scratch/messages.pot" && return
    echo "$pot loopt achter: make translations"
    return 1
}

# Builds the schema from the migrations and asks Alembic what the models have more or less.
migrations_are_up_to_date() {
    export DATABASE_URL="sqlite:///$scratch/check.sqlite" SECRET_KEY=only-for-this-check-of-the-schema
    export KWARTAAL_ENV=development DEMO=0
    $bin/flask --app wsgi db upgrade >"$scratch/upgrade.log" 2>&1 || { cat "$scratch/upgrade.log"; return 1; }
    $bin/flask --app wsgi db check
}

# Only for who changes the stylesheets; a test compares the committed bundle with its checksums.
vendored_styles_are_reproducible() {
    if ! command -v npm >/dev/null 2>&1; then
        echo "Overgeslagen: zonder node worden de meegeleverde stijlen niet nagebouwd."
        return
    fi
    [ -d assets/node_modules ] || npm --prefix assets ci --silent --no-audit --no-fund || return 1
    npm --prefix assets run --silent check
}

step opmaak $bin/ruff format --check --quiet .
step lint $bin/ruff check --quiet .
step types $bin/mypy
step importlagen $bin/lint-imports
step afhankelijkheden $bin/deptry .
step vertalingen translations_are_up_to_date
step migraties migrations_are_up_to_date
step stijlen vendored_styles_are_reproducible

if [ -n "$failed" ]; then
    printf 'Niet in orde: %s\n' "${failed#, }"
    exit 1
fi
echo "Alles in orde."
