#!/usr/bin/env bash
# `make check`: run every step, show what the failed ones said, count them.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

steps=0
failed=()

step() {
    local name=$1 said
    shift
    steps=$((steps + 1))
    if said=$("$@" 2>&1); then
        printf '  %-22s ok\n' "$name"
    else
        printf '  %-22s FAILED: %s\n' "$name" "$*"
        printf '%s\n' "$said" | sed 's/^/    /'
        failed+=("$name")
    fi
}

readonly BIN=.venv/bin
step "style (ruff)" $BIN/ruff check
step "format (ruff)" $BIN/ruff format --check
step "types (mypy)" $BIN/mypy
step "layers (import-linter)" $BIN/lint-imports
step "generated docs" $BIN/python tools/docs.py --check
step "no machine names" $BIN/python tools/hygiene.py
step "installed as locked" $BIN/python -m pip check

if [ ${#failed[@]} -gt 0 ]; then
    echo "make check: ${#failed[@]} of $steps steps failed"
    exit 1
fi
echo "make check: all $steps steps passed"
