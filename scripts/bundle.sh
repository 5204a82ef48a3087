#!/usr/bin/env bash
# dist/wardstock: the program with its own Python and Qt, made from the wheel as it would be installed.
set -euo pipefail
cd "$(dirname "$0")/.."

bash scripts/system.sh bundle
venv=build/bundle-venv
stamp=$venv/set-up-for
wanted=$(cat requirements/bundle.lock <(python3 --version) <(pwd) | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements/bundle.lock
    echo "$wanted" >"$stamp"
fi
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --force-reinstall .
"$venv/bin/pyinstaller" --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller build.spec
du -sh dist/wardstock
