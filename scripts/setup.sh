#!/usr/bin/env bash
# A fresh checkout becomes one that runs. Quick when nothing changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."

# Asked each time: a screen may have come since, and it needs more libraries.
bash scripts/system.sh

stamp=.venv/set-up-for
wanted=$(cat requirements/dev.lock pyproject.toml <(python3 --version) <(pwd) | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

python3 - <<'PYTHON'
import sys
if sys.version_info < (3, 11):
    sys.exit(f"Wardstock needs Python 3.11 or newer; python3 here is {sys.version.split()[0]}.")
PYTHON
echo "Setting up .venv (some 300 MB, once)"
.venv/bin/python -c '' 2>/dev/null || python3 -m venv --clear .venv
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "$wanted" >"$stamp"
