#!/usr/bin/env bash
# Write requirements/*.lock anew from pyproject.toml, with uv in an environment of its own that is thrown away.
# Pins that still fit are kept; `tools/lock.sh --upgrade` takes the newest versions instead.
#
#   build.lock  what builds the program, also for an editable install
#   run.lock    what the program needs
#   dev.lock    both, and the tools and tests
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset VIRTUAL_ENV PYTHONPATH PYTHONHOME

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -x .venv/bin/python ]; then python=.venv/bin/python; else python=python3; fi
"$python" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv

lock() {
    local name=$1
    shift
    echo "requirements/$name.lock"
    "$scratch/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --output-file "requirements/$name.lock" "${upgrade[@]+"${upgrade[@]}"}" "$@"
}

upgrade=("$@")
lock build --group build
lock run pyproject.toml
lock dev pyproject.toml --group dev
