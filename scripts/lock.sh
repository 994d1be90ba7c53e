#!/bin/sh
# Recreates requirements/*.txt from pyproject.toml; with an argument such as --upgrade
# every pin may move, without one only what pyproject.toml asks for.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --no-config --system-certs --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-annotate --no-header "$@"
}

compile requirements/pip.in -o requirements/pip.txt "$@"
compile requirements/uv.in -o requirements/uv.txt "$@"
compile pyproject.toml -o requirements/runtime.txt "$@"
compile pyproject.toml --extra production -c requirements/runtime.txt -o requirements/production.txt "$@"
compile pyproject.toml --extra dev -c requirements/production.txt -o requirements/dev.txt "$@"
