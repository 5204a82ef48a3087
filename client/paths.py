"""Where files are: what ships with the program, and a device's own folder."""

from pathlib import Path

import platformdirs

HERE = Path(__file__).parent
# Installed or bundled the resources lie inside `client`; in a checkout they stand at the top (pyproject.toml).
RESOURCES = HERE / "resources" if (HERE / "resources").is_dir() else HERE.parent / "resources"
QML = HERE / "qml"


def resource(name: str) -> Path:
    """A file or folder of `resources`, as `fonts` or `sounds/ok.wav`; raises FileNotFoundError where it is missing."""
    path = RESOURCES / name
    if not path.exists():
        raise FileNotFoundError(f"{name} is not among the program's resources")
    return path


def default_profile() -> Path:
    """Where a device keeps its database and settings unless told by --profile; not created here."""
    return Path(platformdirs.user_data_dir("wardstock", appauthor=False))
