#!/usr/bin/env bash
# Writes requirements/*.lock anew: the newest versions pyproject.toml allows, for each platform, each with its hashes.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
        --generate-hashes --no-header --no-annotate --quiet "$@"
}

compile --output-file requirements/run.lock
compile --extra bundle --constraint requirements/run.lock --output-file requirements/bundle.lock
compile --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock
