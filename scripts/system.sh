#!/usr/bin/env bash
# What Python packages cannot bring: as root it is installed, otherwise the one line to run is printed.
# Usage: system.sh [bundle]   (bundle: also what PyInstaller needs)
set -euo pipefail

# shared library, Debian package that has it
OFFSCREEN="
libglib-2.0.so.0 libglib2.0-0
libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libdbus-1.so.3 libdbus-1-3
libgssapi_krb5.so.2 libgssapi-krb5-2
"
SCREEN="
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-shape.so.0 libxcb-shape0
"
[ "$(uname)" = Linux ] || exit 0 # elsewhere the wheels bring all they need
PATH="$PATH:/usr/sbin:/sbin"     # ldconfig
known=$(ldconfig -p)

missing_libraries() {
    while read -r library package; do
        [ -z "$library" ] || grep -q "^[[:space:]]*$library " <<<"$known" || echo "$package"
    done
}

missing() {
    missing_libraries <<<"$OFFSCREEN"
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "${1:-}" = bundle ]; then missing_libraries <<<"$SCREEN"; fi
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    if [ "${1:-}" = bundle ]; then missing_for_bundle; fi
}

# PyInstaller reads libraries with objdump and ships Python's own shared library.
missing_for_bundle() {
    command -v objdump >/dev/null || echo binutils
    python3 - <<'PYTHON'
import pathlib, sysconfig
value = sysconfig.get_config_var
folder = pathlib.Path(value("LIBDIR"))
folders = (folder, folder / (value("MULTIARCH") or ""))
if value("Py_ENABLE_SHARED") and not any((each / value("INSTSONAME")).exists() for each in folders):
    print("libpython" + value("py_version_short"))
PYTHON
}

# Tests with a real window press keys through it, one asks zbar. Nobody has to have it: without it they are skipped, and
# say so.
missing_for_tests() {
    missing_libraries <<<"$SCREEN"
    missing_libraries <<<"libXtst.so.6 libxtst6"
    missing_libraries <<<"libzbar.so.0 libzbar0"
    command -v Xvfb >/dev/null || echo xvfb
    command -v setxkbmap >/dev/null || echo x11-xkb-utils
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
installing() { echo "apt-get update && apt-get install -y --no-install-recommends $1"; }
export DEBIAN_FRONTEND=noninteractive

packages=$(missing "$@" | sort -u | tr '\n' ' ')
if [ -n "$packages" ] && can_install; then
    echo "Installing what this system lacks: $packages"
    eval "$(installing "$packages")"
elif [ -n "$packages" ]; then
    echo "This system lacks: $packages" >&2
    echo "Please run this line (on Debian or Ubuntu), then try again:" >&2
    echo "  sudo sh -c '$(installing "$packages")'" >&2
    exit 1
fi

[ "${1:-}" != bundle ] && can_install || exit 0
packages=$(missing_for_tests | sort -u | tr '\n' ' ')
if [ -n "$packages" ]; then
    echo "Installing what some tests use: $packages"
    eval "$(installing "$packages")" || echo "Not installed; those tests will be skipped." >&2
fi
