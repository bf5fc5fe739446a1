#!/usr/bin/env bash
# Set up .venv from the hashed locks in requirements/, then leave a stamp so that the next call returns at once.
#
#   tools/setup.sh run    what `caseaudit` needs (make demo)
#   tools/setup.sh dev    that, and the tools and tests (make test, make check)
#
# Only a missing Python or a failed installation stops it. Pango and fonts serve the PDF alone: they are installed
# when that needs no question (root with apt), otherwise named, and the program says "no PDF" where it would use them.
# Chromium and Java serve the tests alone and are installed in the same way.
# Written for bash 3.2, the one macOS has.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly WHAT=${1:-dev}
readonly LOG=.venv/setup.log
# What the PDF needs under the names of Debian and Ubuntu: the libraries, the one font that is always to be had, and
# the open face with tabular figures that the reports ask for first.
readonly PDF_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-inter"

say() { printf '%s\n' "$*"; }
stop() {
    printf 'Setup stopped: %s\n' "$*" >&2
    exit 1
}

# --- The environment we start from ---------------------------------------------------------------------------------

# Another environment's settings may send packages elsewhere or put foreign modules in front of ours. How this machine
# reaches its package index stays as its owner has set it.
forget_other_environments() {
    local name
    unset VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONUSERBASE PYTHONWARNINGS
    for name in $(compgen -e PIP_ || true); do
        case $name in
        PIP_INDEX_URL | PIP_EXTRA_INDEX_URL | PIP_FIND_LINKS | PIP_NO_INDEX | PIP_TRUSTED_HOST) ;;
        PIP_CERT | PIP_CLIENT_CERT | PIP_PROXY | PIP_KEYRING_PROVIDER | PIP_CONFIG_FILE) ;;
        PIP_TIMEOUT | PIP_DEFAULT_TIMEOUT | PIP_RETRIES | PIP_CACHE_DIR | PIP_NO_CACHE_DIR) ;;
        *) unset "$name" ;;
        esac
    done
}

# --- The stamp -----------------------------------------------------------------------------------------------------

# dev.lock holds all of the other two.
locks() {
    case $1 in
    run) echo requirements/build.lock requirements/run.lock ;;
    dev) echo requirements/dev.lock ;;
    esac
}

# By content, not by time: a git checkout that touches files sets nothing up again. The folder is part of it because
# the scripts in .venv/bin hold its full path, so that a moved or copied checkout has to be set up anew.
fingerprint() {
    # shellcheck disable=SC2046  # file names of our own, without blanks
    printf '%s %s\n' "$(cat $(locks "$1") pyproject.toml tools/setup.sh | cksum)" "$PWD"
}

is_set_up() {
    [ -x .venv/bin/python ] && [ "$(cat ".venv/$1.stamp" 2>/dev/null)" = "$(fingerprint "$1")" ]
}

# --- Python --------------------------------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
can_make_venvs() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# The first Python that can make a virtual environment, else the first that is new enough. Each candidate is run, not
# looked up: a version manager leaves commands behind for versions it does not have.
find_python() {
    local name first=""
    for name in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        is_new_enough "$name" || continue
        if can_make_venvs "$name"; then
            echo "$name"
            return
        fi
        first=${first:-$name}
    done
    echo "$first"
}

may_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_install() {
    local options="-q -y --no-install-recommends -o DPkg::Lock::Timeout=60"
    local network="-o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20"
    export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
    # Without package lists, or with lists gone stale, the first try fails and fresh lists are fetched.
    # shellcheck disable=SC2086  # options are words
    apt-get $options $network install "$@" >>"$LOG" 2>&1 </dev/null && return
    # shellcheck disable=SC2086
    apt-get -q $network update >>"$LOG" 2>&1 </dev/null || return 1
    # shellcheck disable=SC2086
    apt-get $options $network install "$@" >>"$LOG" 2>&1 </dev/null
}

make_venv() {
    local python version
    python=$(find_python)
    [ -n "$python" ] || stop "Python 3.11 or newer is needed and none was found." \
        "Install python3 (3.11+), or name one: make setup PYTHON=/path/to/python3.12"
    if ! can_make_venvs "$python"; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if may_apt; then
            say "Installing python$version-venv"
            apt_install "python$version-venv" ||
                stop "python$version-venv could not be installed with apt-get; details in $LOG"
        fi
        can_make_venvs "$python" || stop "$python cannot make virtual environments." \
            "Debian and Ubuntu: apt-get install python$version-venv, then run this again."
    fi
    find .venv -mindepth 1 -maxdepth 1 ! -name setup.log -exec rm -rf {} +
    "$python" -m venv .venv >>"$LOG" 2>&1 || stop "$python could not make .venv; details in $LOG"
}

# .venv/bin/python may be missing, belong to a Python since removed, or (moved checkout) come with scripts of another
# folder; a .venv without any stamp was made by hand and is kept.
venv_is_sound() {
    local stamp
    .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || return 1
    for stamp in .venv/*.stamp; do
        case $(cat "$stamp" 2>/dev/null) in "" | *" $PWD") ;; *) return 1 ;; esac
    done
}

# --- Packages ------------------------------------------------------------------------------------------------------

why_pip_failed() {
    local last
    last=$(tail -n 60 "$LOG")
    case $last in
    *"No space left on device"*) echo "the disk is full" ;;
    *"DO NOT MATCH THE HASHES"*) echo "a package differs from the one in the lock, so it was refused" ;;
    *"Permission denied"*) echo "a file could not be written (no permission)" ;;
    *NewConnectionError* | *ConnectTimeout* | *"Read timed out"* | *"name resolution"* | *ProxyError* | *SSLError*)
        echo "the package index could not be reached" ;;
    *"No matching distribution"*) echo "the package index does not hold a package of the lock for this machine" ;;
    *) echo "pip failed" ;;
    esac
}

pip_install() {
    .venv/bin/python -m pip --disable-pip-version-check --no-input install --no-user --no-deps --progress-bar off \
        "$@" >>"$LOG" 2>&1 </dev/null || stop "$(why_pip_failed); details in $LOG"
}

install_packages() {
    local lock requirements=()
    for lock in $(locks "$WHAT"); do
        requirements+=(-r "$lock")
    done
    pip_install --require-hashes "${requirements[@]}"
    pip_install --no-build-isolation --no-index --editable .
}

# --- What the PDF needs --------------------------------------------------------------------------------------------

install_for_pdf() {
    local name missing=""
    may_apt && command -v dpkg-query >/dev/null 2>&1 || return 0
    for name in $PDF_PACKAGES; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing="$missing $name"
    done
    [ -n "$missing" ] || return 0
    say "Installing for PDF reports:$missing"
    # One name this release does not know would keep the others out, hence the second, single round.
    # shellcheck disable=SC2086  # package names are words
    apt_install $missing && return
    for name in $missing; do
        apt-cache show "$name" >/dev/null 2>&1 || continue
        apt_install "$name" || true
    done
}

# --- What the browser tests need -----------------------------------------------------------------------------------

# A missing browser does not stop the setup: the tests that need one fail, and say what to install.
install_browser() {
    local name missing="chromium-headless-shell"
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable chrome; do
        command -v "$name" >/dev/null 2>&1 && missing=""
    done
    # What drives the browser is a program of its own, and needs this library.
    .venv/bin/python -m playwright --version >>"$LOG" 2>&1 </dev/null || missing="$missing libatomic1"
    [ -n "$missing" ] && may_apt || return 0
    say "Installing for the browser tests: ${missing# }"
    # shellcheck disable=SC2086  # package names are words
    apt_install $missing || apt_install chromium libatomic1 || true
}

# --- What checks the PDFs in the tests ----------------------------------------------------------------------------

# Java for the engine of veraPDF. If it is missing, the tests that need it fail, and say what to install.
install_java() {
    local name missing=""
    may_apt && command -v dpkg-query >/dev/null 2>&1 || return 0
    command -v java >/dev/null 2>&1 || missing="default-jre-headless"
    for name in libjaxb-java libactivation-java; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing="$missing $name"
    done
    [ -n "$missing" ] || return 0
    say "Installing for the tests of PDFs: ${missing# }"
    # shellcheck disable=SC2086  # package names are words
    apt_install $missing || true
}

# --- In order ------------------------------------------------------------------------------------------------------

case $WHAT in run | dev) ;; *) stop "say what to set up: run or dev" ;; esac
is_set_up "$WHAT" && exit 0

forget_other_environments
{ mkdir -p .venv && : >"$LOG"; } 2>/dev/null || stop "this folder cannot be written to: $PWD"
if venv_is_sound; then
    say "Bringing .venv up to date"
else
    say "Setting up in .venv (first time: about a minute)"
    make_venv
fi
rm -f .venv/*.stamp
install_packages
install_for_pdf
.venv/bin/python tools/pdf_needs.py
if [ "$WHAT" = dev ]; then
    install_browser
    install_java
fi

fingerprint run >.venv/run.stamp
[ "$WHAT" = run ] || fingerprint dev >.venv/dev.stamp
