# Sourced by the other scripts: makes the virtual environment and, where Debian packages are missing,
# installs them when it may, or prints the command and stops. Does nothing when all is there.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VENV="${VENV:-.venv}"
PY="$VENV/bin/python"

fail() {
    printf '%s\n' "$@" >&2
    exit 2
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.11 python3 python3.12 python3.13; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed; name it with PYTHON=/path/to/python"
}

# missing_packages LOCK: names of the Debian packages whose library or program is not there.
missing_packages() {
    local known package sign lists=(requirements/debian.txt)
    [ "$1" = dev ] && lists+=(requirements/debian-dev.txt)
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    while read -r package sign; do
        case "$package" in '' | '#'*) continue ;; esac
        case "$sign" in
        /*) compgen -G "$sign" >/dev/null || printf '%s ' "$package" ;;
        *) grep -qF "$sign " <<<"$known" || printf '%s ' "$package" ;;
        esac
    done < <(cat "${lists[@]}")
}

install_debian() {
    local packages="$1" command
    command="apt-get update && apt-get install -y --no-install-recommends $packages"
    if ! command -v apt-get >/dev/null; then
        fail "These libraries are missing: $packages" "Install them with your system's package manager."
    elif [ "$(id -u)" = 0 ]; then
        echo "installing Debian packages: $packages"
        sh -c "export DEBIAN_FRONTEND=noninteractive; $command" >/dev/null
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "installing Debian packages with sudo: $packages"
        sudo -n sh -c "export DEBIAN_FRONTEND=noninteractive; $command" >/dev/null
    else
        fail "Debian packages are missing. Run this once, then start again:" "" \
            "    sudo sh -c '$command'" ""
    fi
}

ensure_system() {
    local python="$1" packages
    packages=$(missing_packages "$2")
    "$python" -c 'import ensurepip, venv' 2>/dev/null || packages="$packages python3-venv"
    packages=$(echo "$packages" | xargs)
    [ -z "$packages" ] || install_debian "$packages"
}

# ensure_environment LOCK: the locked packages of requirements/LOCK.lock, and the project itself.
ensure_environment() {
    local lock="requirements/$1.lock" python wanted
    python=$(find_python)
    ensure_system "$python" "$1"
    wanted=$("$python" -c 'import sys; print(sys.version)' | cat - "$lock" pyproject.toml | sha256sum)
    [ "$(cat "$VENV/.made-from-$1" 2>/dev/null)" = "$wanted" ] && return
    if [ "$1" = run ] && [ -f "$VENV/.made-from-dev" ]; then
        # The development environment holds everything the terminal needs.
        ensure_environment dev
        return
    fi
    echo "making the virtual environment in $VENV"
    "$python" -m venv "$VENV"
    "$PY" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    "$PY" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    printf '%s\n' "$wanted" >"$VENV/.made-from-$1"
}
