#!/bin/sh
# Make .venv with pip and uv in it. Debian and Ubuntu ship python3 without the module that puts pip into a virtual
# environment; it is installed where that is allowed, and named where it is not.
set -eu
python=${1:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Nhịp Cầu cần Python 3.11 trở lên; máy này có $("$python" --version). / Python 3.11 or newer is needed." >&2
    exit 1
}
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    sh "$(dirname "$0")/system_packages.sh" python3-venv
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/bootstrap.lock
