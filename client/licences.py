"""Whose work ships with Wardstock, and under which licence. A test holds it against what pyproject.toml asks for."""

from importlib import metadata
from typing import Final

LICENCES: Final = {
    "PySide6-Essentials": "LGPL-3.0-only",
    "argon2-cffi": "MIT",
    "click": "BSD-3-Clause",
    "cryptography": "Apache-2.0 OR BSD-3-Clause",
    "httpx2": "BSD-3-Clause",
    "keyring": "MIT",
    "miniaudio": "MIT",
    "msgspec": "BSD-3-Clause",
    "numpy": "BSD-3-Clause",
    "opencv-python-headless": "Apache-2.0",
    "platformdirs": "MIT",
    "pyserial": "BSD-3-Clause",
    "pyzbar": "MIT",
    "sqlcipher3": "Zlib",
    "sqlite-utils": "Apache-2.0",
    "tzdata": "Apache-2.0",
    "zxing-cpp": "Apache-2.0",
    "DejaVu Sans": "Bitstream Vera",
}
"""By the name it is known by."""


def own_version() -> str:
    """Of this program; "checkout" where it runs from its sources without being installed."""
    return version("wardstock") or "checkout"


def version(name: str) -> str:
    """Of that library here; empty where it has none, or the bundle does not say."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
