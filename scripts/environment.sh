#!/bin/sh
# Makes .venv from a lock file, or finds that it is there already.
# Usage: scripts/environment.sh runtime|dev
# Needs a Python and nothing else; says what to install when even that is not enough.
set -eu
cd "$(dirname "$0")/.."

kind=$1
lock=requirements/$kind.txt
venv=.venv
python=$venv/bin/python
# A copy of the lock that was installed: equal files mean there is nothing to do.
stamp=$venv/installed-$kind.txt

say() { printf '%s\n' "$*" >&2; }

supported() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

has_pip() {
    supported "$python" && "$python" -c 'import pip' 2>/dev/null
}

is_up_to_date() {
    supported "$python" && cmp -s "$lock" "$stamp"
}

# Prints the best Python: one that can make a complete environment goes before one that cannot.
find_python() {
    incomplete=
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null 2>&1 && supported "$name" || continue
        if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$name"
            return
        fi
        incomplete=${incomplete:-$name}
    done
    echo "$incomplete"
}

# A Python without ensurepip (Debian ships it apart) still works when the system has its own pip.
make_venv() {
    system=$(find_python)
    if [ -z "$system" ]; then
        say "Kwartaal heeft Python 3.11, 3.12, 3.13 of 3.14 nodig, en op deze computer staat geen van die vier."
        exit 1
    fi
    rm -rf "$venv"
    if "$system" -c 'import ensurepip, venv' 2>/dev/null; then
        "$system" -m venv "$venv"
    elif "$system" -c 'import pip, venv' 2>/dev/null; then
        "$system" -m venv --without-pip "$venv"
        "$system" -m pip --python "$python" install --quiet --disable-pip-version-check \
            --require-hashes -r requirements/pip.txt
    else
        say "Python kan hier geen omgeving maken. Voer eenmalig uit: sudo apt install python3-venv"
        exit 1
    fi
}

pip_install() {
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
}

# uv does in seconds what takes pip a minute, but it does not read the settings of pip
# (a mirror, a certificate), so a failure of uv is no failure yet.
uv_install() {
    pip_install requirements/uv.txt 2>/dev/null &&
        UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1 "$python" -m uv pip install --quiet \
            --python "$python" --require-hashes -r "$lock" 2>/dev/null
}

if is_up_to_date; then
    exit 0
fi
has_pip || make_venv
say "De omgeving wordt gemaakt (.venv). Dat duurt ongeveer een minuut."
rm -f "$venv"/installed-*.txt
uv_install || pip_install "$lock"
# The development lock holds everything the runtime lock does, in the same versions.
cp requirements/runtime.txt "$venv/installed-runtime.txt"
cp "$lock" "$stamp"
