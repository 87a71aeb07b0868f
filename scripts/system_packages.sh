#!/bin/sh
# Install the system packages named, where this user may; otherwise say exactly what to run. Nothing is done for those present.
set -eu
missing=""
for package in "$@"; do
    case "$package" in
        chromium) command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium" ;;
        gettext) command -v xgettext >/dev/null 2>&1 || missing="$missing gettext" ;;
        postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql" ;;
        python3-venv) python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv" ;;
        *) dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
    echo "Cần cài gói hệ thống / system packages are needed:  sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
exec 9>"${TMPDIR:-/tmp}/nhipcau-packages.lock"
flock 9 2>/dev/null || true # one at a time: apt does not wait for itself
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get -qq update >/dev/null
# shellcheck disable=SC2086
$as_root apt-get -qq install -y --no-install-recommends $missing >/dev/null || {
    echo "Không cài được / could not install:$missing" >&2
    exit 1
}
